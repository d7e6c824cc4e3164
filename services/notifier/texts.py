"""What mails say, in German and English. They name nothing that was reported."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.vocabulary import Status


@dataclass(frozen=True, kw_only=True)
class Words:
    """The sentences of one language."""

    greeting: str
    subject_received: str
    subject_news: str
    status: Mapping[Status, str]
    department: str
    expected: str
    message: str
    link: str
    code: str
    not_me: str
    not_me_over: str
    automatic: str


GERMAN = Words(
    greeting="Guten Tag,",
    subject_received="Ihre Meldung ist eingegangen",
    subject_news="Ihre Meldung: Neuigkeit",
    status={
        Status.RECEIVED: "vielen Dank. Ihre Meldung ist bei uns eingegangen.",
        Status.ASSIGNED: "Ihre Meldung ist jetzt bei der Stelle, die zuständig ist.",
        Status.IN_PROGRESS: "an Ihrer Meldung wird jetzt gearbeitet.",
        Status.QUESTION: "wir haben eine Frage zu Ihrer Meldung. Bitte antworten Sie "
        "auf der Seite Ihrer Meldung.",
        Status.DONE: "Ihre Meldung ist erledigt. Stimmt das nicht? Auf der Seite Ihrer "
        "Meldung können Sie uns das 14 Tage lang sagen.",
        Status.REJECTED: "Ihrer Meldung können wir leider nicht nachgehen.",
        Status.DUPLICATE: "das hat uns schon jemand gemeldet. Ihre Meldung gehört "
        "jetzt dazu.",
        Status.REOPENED: "Ihre Meldung ist wieder offen. Wir sehen noch einmal nach.",
    },
    department="Zuständig: {name}",
    expected="Voraussichtlich bis: {date}",
    message="Nachricht an Sie:",
    link="Zur Seite Ihrer Meldung",
    code="Ihr Code:",
    not_me="Das waren nicht Sie? Auf der Seite der Meldung können Sie sie mit einem "
    "Klick zurückziehen; dann bekommen Sie keine Mails mehr.",
    not_me_over="Das waren nicht Sie? Die Meldung ist abgeschlossen. Solange das so "
    "bleibt, bekommen Sie dazu keine Mails mehr.",
    automatic="Diese Mail kommt von einem Programm. Antworten an diese Adresse liest "
    "niemand.",
)

ENGLISH = Words(
    greeting="Hello,",
    subject_received="We have received your report",
    subject_news="Your report: news",
    status={
        Status.RECEIVED: "Thank you. We have received your report.",
        Status.ASSIGNED: "Your report is now with the office that is responsible.",
        Status.IN_PROGRESS: "Work on your report has begun.",
        Status.QUESTION: "We have a question about your report. Please answer on the "
        "page of your report.",
        Status.DONE: "Your report is settled. Is that not so? You can tell us on the "
        "page of your report for 14 days.",
        Status.REJECTED: "Unfortunately we cannot follow up your report.",
        Status.DUPLICATE: "Somebody has told us this before. Your report now belongs "
        "to that one.",
        Status.REOPENED: "Your report is open again. We will take another look.",
    },
    department="Responsible: {name}",
    expected="Expected by: {date}",
    message="A message for you:",
    link="To the page of your report",
    code="Your code:",
    not_me="That was not you? On the page of the report you can withdraw it with one "
    "click; then you will get no more mails.",
    not_me_over="That was not you? The report is closed. As long as it stays so, you "
    "will get no more mails about it.",
    automatic="A program sends this mail. Nobody reads answers to this address.",
)

_BOTH = (("de", GERMAN), ("en", ENGLISH))


def languages(language: str) -> tuple[tuple[str, Words], ...]:
    """The languages to write to a reporter in: theirs, or German and English."""
    theirs = tuple(pair for pair in _BOTH if pair[0] == language)
    return theirs or _BOTH
