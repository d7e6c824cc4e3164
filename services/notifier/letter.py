"""Mails as they are written: text and HTML, in the reporter's language."""

from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime, tzinfo
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr, parseaddr
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


@dataclass(frozen=True)
class Mail:
    """A mail that is ready to go."""

    recipient: str
    content: bytes


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
        name, self._bounces = parseaddr(mail_from)
        self._sender = formataddr((name or office.sender, self._bounces))
        self._domain = self._bounces.rpartition("@")[2]
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
        return self._bounces

    def write(self, telling: Telling) -> Mail:
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
        recipient = _address(telling.contact.email or "")
        boundary = f"={_message_uuid(telling.report_id, notice).hex}"
        mail = MIMEMultipart("alternative", boundary)
        self._head(mail, telling, recipient, subject)
        mail.attach(_body("plain", self._text.render(context)))
        mail.attach(_body("html", self._html.render(context)))
        return Mail(recipient=recipient, content=mail.as_bytes())

    def _head(
        self, mail: MIMEMultipart, telling: Telling, recipient: str, subject: str
    ) -> None:
        """The headers; later mails about a report answer its first one."""
        notice, report_id = telling.notice, telling.report_id
        mail["From"] = self._sender
        # Letters that are not ASCII go out as they are (RFC 6532), not encoded.
        mail["To"] = recipient.encode().decode("ascii", "surrogateescape")
        mail["Subject"] = Header(subject, "utf-8", header_name="Subject").encode()
        mail["Date"] = format_datetime(notice.at)
        mail["Message-ID"] = self._message_id(report_id, notice)
        if notice.version > 1:
            first = notice.model_copy(update={"version": 1})
            mail["References"] = self._message_id(report_id, first)
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Meldekette-Version"] = str(notice.version)

    def _message_id(self, report_id: UUID, notice: Notice) -> str:
        return f"<{_message_uuid(report_id, notice)}@{self._domain}>"

    def _part(self, telling: Telling, language: str, words: Words) -> Part:
        over = telling.notice.status in _OVER
        return Part(
            language=language,
            greeting=words.greeting,
            sentence=words.status[telling.notice.status],
            facts=tuple(self._facts(telling.notice, language, words)),
            message=words.message,
            words=telling.words,
            link=words.link,
            code=words.code,
            not_me=words.not_me_over if over else words.not_me,
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
        locale = "en_GB" if language == "en" else language
        return format_date(local.date(), format="full", locale=locale)


_OVER = frozenset({Status.DONE, Status.REJECTED, Status.DUPLICATE})


def _body(kind: str, text: str) -> MIMENonMultipart:
    """Quoted-printable by C; the email package's own takes most of a mail's time."""
    body = MIMENonMultipart("text", kind, charset="utf-8")
    body["Content-Transfer-Encoding"] = "quoted-printable"
    body.set_payload(b2a_qp(text.encode()).decode())
    return body


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


def _address(email: str) -> str:
    """The address with its domain in ASCII (IDNA). Raises ValueError."""
    name, _, domain = email.rpartition("@")
    usable = name and domain and "@" not in name and email.isprintable()
    if not usable or set(email) & set(' <>,;:"()[]\\'):
        raise ValueError("not an address")
    return f"{name}@{domain.encode('idna').decode()}"
