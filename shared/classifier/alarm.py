"""Whether a text tells of a danger: the model's word against the pack's."""

from collections.abc import Mapping
from dataclasses import dataclass

NO_DANGER = "none"

NEEDS = {
    "child": "child-protection",
    "violence-at-home": "violence-at-home",
    "elder": "elder-in-need",
}
"""Dangers behind a door, and the confidential service that each belongs to."""
NEED_OF = {service: kind for kind, service in NEEDS.items()}

DOUBT = 0.4
"""This much of what makes a danger makes a doubt: a person reads it first."""

BELIEF = 0.15
"""The pack's words of danger count when the model holds this much of one possible."""

FEW_WORDS, VERY_SURE = 2, 0.9
"""
So few words are a danger only if the pack names it, or the model is this sure; so is a
text in which the pack knows a harmless phrase.
"""

SURELY_ORDINARY, SURE_BESIDE = 0.9, 0.65
"""Where the matter is surely an ordinary one, a danger must be surer too."""

BEHIND_A_DOOR = 0.95
"""Where the pack names a danger that all may see, a need must be this probable."""


@dataclass(frozen=True)
class Alarm:
    """
    What was seen: ``kind`` by the model (None: too little), ``named`` by the pack.

    ``probability`` is that of any danger; ``doubtful`` if it might be one.
    """

    kind: str | None
    named: bool
    probability: float
    doubtful: bool

    @property
    def urgent(self) -> bool:
        """Whether somebody must act at once."""
        return self.named or self.kind is not None

    @property
    def need(self) -> str | None:
        """The confidential service that this danger belongs to."""
        return NEEDS.get(self.kind or "")


def sounded(
    kinds: Mapping[str, float],
    *,
    named: bool,
    harmless: bool,
    words: int,
    ordinary: float,
    danger_from: float,
) -> Alarm:
    """
    Weigh the probability of each danger.

    ``named``: the pack's words name one; ``harmless``: they only sound like one.
    ``words``: how many the text has.
    ``ordinary``: how probable the best ordinary service is. ``danger_from``: from
    where the model's own word is enough.
    """
    danger = 1 - kinds[NO_DANGER]
    believed = named and danger >= BELIEF * danger_from
    least = danger_from
    if not believed and (harmless or words <= FEW_WORDS):
        least = max(least, VERY_SURE)
    elif not believed and ordinary >= SURELY_ORDINARY:
        least = max(least, SURE_BESIDE)
    kind = _kind(kinds, believed=believed) if danger >= least else None
    doubtful = not believed and kind is None and danger >= DOUBT * danger_from
    return Alarm(kind, believed, danger, doubtful)


def _kind(kinds: Mapping[str, float], *, believed: bool) -> str:
    dangers = {kind: share for kind, share in kinds.items() if kind != NO_DANGER}
    in_need = sum(dangers[need] for need in NEEDS)
    if believed and in_need < BEHIND_A_DOOR:
        dangers = {kind: dangers[kind] for kind in dangers if kind not in NEEDS}
    return max(dangers, key=lambda kind: dangers[kind])
