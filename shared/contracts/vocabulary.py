"""The words that all events share."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

DepartmentId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
"""A department of the city pack, for example ``cleaning``; part of a topic name."""

ServiceCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
"""A service of the city pack in Open311's sense, for example ``street-light``."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""A language as in ISO 639-1."""

Quarter = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]{1,60}$")]
"""The name of a Stadtteil, for example ``Altendorf``."""

Sealed = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+=*$", max_length=262_144)
]
"""A libsodium sealed box in base64: only the holder of one key can read it."""

Version = Annotated[int, Field(ge=1, le=1_000_000)]
"""Counts the public states of a report: 1, 2, 3 …"""


class Lane(StrEnum):
    """How a report travels."""

    NORMAL = "normal"
    DANGER = "danger"
    CONFIDENTIAL = "confidential"


class Status(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    QUESTION = "question"
    DONE = "done"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    RETURNED = "returned"
    REOPENED = "reopened"


class ReplyKind(StrEnum):
    """What a reporter can say after the report."""

    ANSWER = "answer"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    FOLLOW = "follow"


class Channel(StrEnum):
    """How a reporter is told."""

    MAIL = "mail"
    WEBHOOK = "webhook"
