"""How the notifier is put together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from services.notifier.breaker import Breaker
from services.notifier.channels.mail import MailSender
from services.notifier.courier import Courier
from services.notifier.handlers import Handlers
from services.notifier.letter import Letters, Office
from services.notifier.news import News
from services.notifier.outbox import Outbox
from services.notifier.rebuild import complete
from services.notifier.settings import Settings
from services.notifier.telling import Teller
from services.notifier.works import Works
from shared.city.pack import load_city
from shared.contracts.contacts import CONTACTS
from shared.contracts.status import STATUS
from shared.contracts.vocabulary import Channel
from shared.kafka.publisher import Publisher, open_publisher
from shared.kafka.worker import Worker
from shared.redis.client import AWAY, open_redis
from shared.sealing import Opener
from shared.web.health import Check, broker_check, health_routes, worker_check

SERVICE = "notifier"
LEASE_TIMEOUTS = 8
"""A mail in hand waits for the server this many times at most."""


@dataclass(frozen=True, kw_only=True)
class Notifier:
    """A notifier that is ready to start: its probes, and what works beside them."""

    web: Starlette
    worker: Works
    checks: Mapping[str, Check]


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Notifier]:
    """A notifier that is ready to start."""
    async with (
        open_publisher(settings, source=SERVICE) as publisher,
        open_redis(settings.redis_url) as redis,
    ):
        outbox = Outbox(
            redis,
            instance=settings.instance or SERVICE,
            lease=LEASE_TIMEOUTS * settings.mail_timeout,
        )
        breaker = Breaker()
        courier = _courier(settings, outbox, publisher, breaker)
        worker = _worker(
            settings, Handlers(outbox=outbox, wake=courier.wake), publisher
        )
        works = Works(
            worker=worker, courier=courier, fill=partial(complete, redis, settings)
        )
        checks = _checks(worker, publisher, outbox, breaker)
        probes = health_routes(alive=lambda: works.alive, checks=checks)
        yield Notifier(web=Starlette(routes=probes), worker=works, checks=checks)


def _courier(
    settings: Settings, outbox: Outbox, publisher: Publisher, breaker: Breaker
) -> Courier:
    """The senders. A new channel is one more entry here."""
    letters = Letters(
        office=_office(settings),
        mail_from=settings.mail_from,
        public_url=settings.public_url,
    )
    mail = partial(MailSender, server=settings.smtp(), letters=letters)
    teller = Teller(
        outbox=outbox,
        opener=Opener(settings.private_keys_dir),
        news=News(publisher),
        first_retry=timedelta(seconds=settings.retry_seconds),
    )
    return Courier(
        outbox=outbox,
        teller=teller,
        channels={Channel.MAIL: mail},
        breaker=breaker,
        senders=settings.senders,
    )


def _worker(settings: Settings, handlers: Handlers, publisher: Publisher) -> Worker:
    worker = Worker(SERVICE, settings)
    worker.subscribe(
        [STATUS], handlers.on_status_changed, publisher=publisher, away=AWAY
    )
    worker.subscribe(
        [CONTACTS],
        handlers.on_contact_given,
        forget=handlers.on_contact_forgotten,
        publisher=publisher,
        away=AWAY,
    )
    return worker


def _office(settings: Settings) -> Office:
    """Of the city pack only what mails say."""
    city = load_city(settings.city_pack)
    return Office(
        sender=city.mail.sender_name,
        timezone=ZoneInfo(city.timezone),
        departments={d.id: dict(d.name) for d in city.departments.values()},
    )


def _checks(
    worker: Worker, publisher: Publisher, outbox: Outbox, breaker: Breaker
) -> dict[str, Check]:
    async def redis() -> str | None:
        filled = await outbox.is_complete()
        return None if filled else "Redis was emptied: run `meldekette views rebuild`"

    async def mail() -> str | None:
        return breaker.trouble

    return {
        "reader": worker_check(worker),
        "kafka": broker_check(publisher),
        "redis": redis,
        "mail": mail,
    }
