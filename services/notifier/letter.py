"""Mails as they are written: text and HTML, in the reporter's language."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid5

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notifier.channels.channel import Telling
from services.notifier.rules import Notice, cause
from services.notifier.texts import Words, languages
from shared.contracts.vocabulary import Channel, Status
from shared.identity import NotACode, read_tracking_code, shown

WEB = Path(__file__).parent / "web"


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who writes: the city, as it signs, and its departments' names by language."""

    sender: str
    timezone: tzinfo
    departments: dict[str, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A mail's words in one language."""

    language: str
    greeting: str
    sentence: str
    facts: tuple[str, ...]
    message: str
    words: str | None
    link: str
    code: str
    not_me: str
    automatic: str


class Letters:
    """Writes the mails of one city. The same notice gives the same bytes each time."""

    def __init__(self, *, office: Office, mail_from: str, public_url: str) -> None:
        name, self._address = parseaddr(mail_from)
        self._sender = Address(name or office.sender, addr_spec=self._address)
        self._office = office
        self._public_url = public_url
        pages = Environment(
            loader=FileSystemLoader(WEB),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._text = pages.get_template("mail.txt")
        self._html = pages.get_template("mail.html")

    @property
    def envelope_sender(self) -> str:
        """The bare address that bounces go to."""
        return self._address

    def write(self, telling: Telling) -> EmailMessage:
        """The mail of a telling. Raises ValueError when the address cannot be used."""
        notice = telling.notice
        spoken = languages(telling.contact.language)
        subject = _subject(notice, spoken[0][1])
        code = _in_groups(telling.contact.tracking_code)
        context = {
            "subject": subject,
            "parts": [self._part(telling, *pair) for pair in spoken],
            "code": code,
            "url": f"{self._public_url}/track#{quote(code)}",
            "signature": self._office.sender,
        }
        mail = self._envelope(telling)
        mail["Subject"] = subject
        mail.set_content(self._text.render(context), cte="quoted-printable")
        mail.add_alternative(
            self._html.render(context), subtype="html", cte="quoted-printable"
        )
        mail.set_boundary(f"={_message_uuid(telling.report_id, notice).hex}")
        return mail

    def _envelope(self, telling: Telling) -> EmailMessage:
        """The headers; later mails about a report answer its first one."""
        notice, report_id = telling.notice, telling.report_id
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self._sender
        mail["To"] = _address(telling.contact.email or "")
        mail["Date"] = format_datetime(notice.at)
        mail["Message-ID"] = self._message_id(report_id, notice)
        if notice.version > 1:
            first = notice.model_copy(update={"version": 1})
            mail["References"] = self._message_id(report_id, first)
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Meldekette-Version"] = str(notice.version)
        return mail

    def _message_id(self, report_id: UUID, notice: Notice) -> str:
        return f"<{_message_uuid(report_id, notice)}@{self._sender.domain}>"

    def _part(self, telling: Telling, language: str, words: Words) -> Part:
        return Part(
            language=language,
            greeting=words.greeting,
            sentence=words.status[telling.notice.status],
            facts=tuple(self._facts(telling.notice, language, words)),
            message=words.message,
            words=telling.words,
            link=words.link,
            code=words.code,
            not_me=words.not_me,
            automatic=words.automatic,
        )

    def _facts(self, notice: Notice, language: str, words: Words) -> list[str]:
        """Who, and until when."""
        facts = []
        if notice.department is not None:
            names = self._office.departments.get(notice.department, {})
            name = names.get(language) or names.get("de") or notice.department
            facts.append(words.department.format(name=name))
        if notice.expected_at is not None and notice.status not in _OVER:
            day = self._day(notice.expected_at, language)
            facts.append(words.expected.format(date=day))
        return facts

    def _day(self, moment: datetime, language: str) -> str:
        local = moment.astimezone(self._office.timezone)
        return format_date(local.date(), format="full", locale=language)


_OVER = frozenset({Status.DONE, Status.REJECTED, Status.DUPLICATE})


def _subject(notice: Notice, words: Words) -> str:
    received = notice.status is Status.RECEIVED
    return words.subject_received if received else words.subject_news


def _message_uuid(report_id: UUID, notice: Notice) -> UUID:
    return uuid5(report_id, cause(notice.version, Channel.MAIL))


def _in_groups(tracking_code: str) -> str:
    try:
        return shown(read_tracking_code(tracking_code))
    except NotACode:
        return tracking_code


def _address(email: str) -> Address:
    """The domain in ASCII (IDNA); the name before it stays. Raises ValueError."""
    name, _, domain = email.rpartition("@")
    if not name or not domain or "@" in name:
        raise ValueError("not an address")
    return Address(username=name, domain=domain.encode("idna").decode())
