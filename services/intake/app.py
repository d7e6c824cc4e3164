"""How intake is put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.types import ASGIApp

from services.intake.earlier import Earlier
from services.intake.endpoints import Counter, build_router
from services.intake.handlers import Handlers
from services.intake.headers import HEADERS
from services.intake.lookup import Lookup
from services.intake.memory import Memory
from services.intake.openapi import documented
from services.intake.page_endpoints import PageEndpoints
from services.intake.pages import Pages
from services.intake.photos import Darkroom
from services.intake.reception import Reception
from services.intake.refusals import answer_refusals
from services.intake.replies import Replies
from services.intake.settings import Settings
from services.intake.view import View, keep_complete
from shared.classifier.reader import Reader, open_reader
from shared.classifier.watching import ModelWatch
from shared.contracts.status import STATUS
from shared.kafka.publisher import Publisher, open_publisher
from shared.kafka.worker import Worker
from shared.photos import PhotoStore
from shared.redis.client import AWAY, open_redis
from shared.sealing import Opener, Sealer
from shared.web.headers import SafeHeaders
from shared.web.health import Check, broker_check, health_routes, worker_check


@dataclass(frozen=True)
class Intake:
    """A service that is ready to be served."""

    web: ASGIApp
    worker: Worker


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Intake]:
    """Intake with its connections, for as long as the block lasts."""
    reader = open_reader(settings.city_pack, settings.model_dir, locate=True)
    watch = ModelWatch(reader, settings.model_dir, seconds=settings.model_look_seconds)
    async with (
        open_publisher(settings, source="intake") as publisher,
        open_redis(settings.redis_url) as redis,
        watch.watching(),
    ):
        view = View(redis)
        worker = Worker("intake", settings)
        worker.subscribe(
            [STATUS],
            Handlers(view=view).on_status_changed,
            publisher=publisher,
            away=AWAY,
        )
        counter = _counter(settings, reader, publisher, redis, view)
        web = _web(counter, worker, _checks(worker, publisher, redis, view))
        keeper = asyncio.create_task(keep_complete(redis, settings))
        try:
            yield Intake(web, worker)
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper


def _counter(
    settings: Settings,
    reader: Reader,
    publisher: Publisher,
    redis: Redis,
    view: View,
) -> Counter:
    """The parts that answer people."""
    city = reader.city
    sealer = Sealer(settings.public_keys_dir)
    secret = settings.secret
    earlier = Earlier(view=view, reader=reader)
    reception = Reception(
        publisher=publisher,
        sealer=sealer,
        darkroom=Darkroom(store=PhotoStore(settings.photo_store_url), secret=secret),
        view=view,
        earlier=earlier,
        memory=Memory(redis, secret=secret),
        reader=reader,
        secret=secret,
    )
    opener = Opener(settings.private_keys_dir)
    return Counter(
        reception=reception,
        earlier=earlier,
        replies=Replies(publisher=publisher, sealer=sealer, secret=secret),
        lookup=Lookup(view=view, opener=opener, city=city),
        view=view,
        city=city,
        public_url=settings.public_url,
    )


def _web(counter: Counter, worker: Worker, checks: dict[str, Check]) -> ASGIApp:
    app = FastAPI(
        title="Meldekette: intake",
        version="1",
        description="Reports in, tracking out. Nobody needs an account.",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(build_router(counter))
    app.router.routes.extend(health_routes(alive=lambda: worker.alive, checks=checks))
    app.router.routes.extend(PageEndpoints(counter, Pages(counter.city)).routes())
    app.openapi = documented(app)  # type: ignore[method-assign]
    answer_refusals(app)
    return SafeHeaders(app, HEADERS)


def _checks(
    worker: Worker, publisher: Publisher, redis: Redis, view: View
) -> dict[str, Check]:
    """What must answer before intake is ready."""

    async def store() -> str | None:
        await redis.ping()
        return None if await view.complete() else "the view is being rebuilt"

    return {
        "reader": worker_check(worker),
        "kafka": broker_check(publisher),
        "redis": store,
    }
