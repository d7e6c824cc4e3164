"""Learns a model from examples. Needs scikit-learn, which no running service does."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import softmax

from shared.city.spelling import plain
from shared.classifier.alarm import NO_DANGER
from shared.classifier.calibrating import (
    Folds,
    by_source,
    in_turn,
    regression,
    temperature_of,
    unseen_scores,
)
from shared.classifier.examples import RAREST, Example, Lessons, Lexicon
from shared.classifier.model import Floats, Head, Model
from shared.classifier.pieces import (
    Codes,
    codes_of,
    pairs_of,
    pieces_of,
    words_of,
)

BALANCE = 0.35
FALSE_ALARMS = 0.003
"""The share of ordinary reports that may be taken for a danger."""


@dataclass(frozen=True)
class _Fitted:
    """A head, and what it said of examples that it had not seen."""

    head: Head
    unseen: npt.NDArray[np.float64]


def learn(
    lessons: Lessons,
    lexicon: Lexicon,
    signals: Sequence[str],
    *,
    version: str,
    card: Mapping[str, Any],
    rarest: int = RAREST,
) -> Model:
    """A calibrated model; the same examples give the same model."""
    texts = (example.text for example in (*lessons.services, *lessons.dangers))
    known, idf = vocabulary_of(texts, rarest)
    blank = Head((), np.zeros((0, 0), np.float16), *_nothing(), 1.0)
    model = Model(
        version=version,
        known=known,
        idf=idf,
        signals=tuple(signals),
        services=blank,
        dangers=blank,
        danger_from=1.0,
        card=dict(card),
    )
    services = _head(model, lessons.services, lexicon, by_source(lessons.services))
    dangers = _head(model, lessons.dangers, lexicon, in_turn(lessons.dangers))
    return replace(
        model,
        services=services.head,
        dangers=dangers.head,
        danger_from=_danger_from(dangers, lessons.dangers),
    )


def vocabulary_of(texts: Iterable[str], rarest: int = RAREST) -> tuple[Codes, Floats]:
    """Every piece that stands in enough texts, and how telling it is (smooth idf)."""
    seen: Counter[int] = Counter()
    count = 0
    for text in texts:
        words = words_of(plain(text))
        found = set(codes_of(pairs_of(words)))
        for word in set(words):
            found.update(codes_of(pieces_of(word)))
        seen.update(found)
        count += 1
    kept = sorted(code for code, times in seen.items() if times >= rarest)
    idf = np.array([np.log((1 + count) / (1 + seen[code])) + 1 for code in kept])
    return np.array(kept, dtype=np.uint32), idf.astype(np.float32)


def encoded(model: Model, examples: Sequence[Example], lexicon: Lexicon) -> Any:
    """Texts as sparse rows: the weight of each piece, then of each service's words."""
    texts = [model.encode(plain(e.text), lexicon(e.text)) for e in examples]
    ends = np.cumsum([0] + [len(text.pieces) for text in texts])
    left = sparse.csr_matrix(
        (
            np.concatenate([text.values for text in texts]),
            np.concatenate([text.pieces for text in texts]),
            ends,
        ),
        shape=(len(texts), len(model.known)),
    )
    right = sparse.csr_matrix(np.array([text.signals for text in texts]))
    return sparse.hstack([left, right]).tocsr()


def balanced(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """
    The examples' weights, with rare answers somewhat heavier.

    Cities differ in how often a thing is reported: frequency is only half believed.
    """
    totals: defaultdict[str, float] = defaultdict(float)
    for example in examples:
        totals[example.answer] += example.weight
    mean = sum(totals.values()) / len(totals)
    return np.array([e.weight * (mean / totals[e.answer]) ** BALANCE for e in examples])


def _head(
    model: Model, examples: Sequence[Example], lexicon: Lexicon, folds: Folds
) -> _Fitted:
    rows = encoded(model, examples, lexicon)
    answers = np.array([example.answer for example in examples])
    weights = balanced(examples)
    fitted = regression(rows, answers, weights)
    unseen = unseen_scores(rows, answers, weights, folds)
    asked = folds >= 0
    places = np.searchsorted(fitted.classes_, answers[asked])
    temperature = temperature_of(unseen[asked], places)
    pieces, pack = np.split(fitted.coef_.T, [len(model.known)])
    head = Head(
        answers=tuple(str(answer) for answer in fitted.classes_),
        weights=pieces.astype(np.float16),
        signals=pack.astype(np.float32),
        bias=fitted.intercept_.astype(np.float32),
        temperature=temperature,
    )
    return _Fitted(head, softmax(unseen / temperature, axis=1))


def _danger_from(fitted: _Fitted, examples: Sequence[Example]) -> float:
    """The lowest probability of danger that hardly any ordinary report reaches."""
    column = fitted.head.answers.index(NO_DANGER)
    danger = 1 - fitted.unseen[:, column]
    ordinary = np.array([example.answer == NO_DANGER for example in examples])
    real = ordinary & np.array([example.source == "reports" for example in examples])
    quiet = danger[real if real.any() else ordinary]
    return float(np.quantile(quiet, 1 - FALSE_ALARMS))


def _nothing() -> tuple[Floats, Floats]:
    return np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
