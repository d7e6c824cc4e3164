"""How the desk is put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from services.desk import endpoints, pages, problems
from services.desk.changing import Changing
from services.desk.clerks import load_clerks
from services.desk.database import AWAY, Database, open_database
from services.desk.desk import Desk
from services.desk.guard import Guard
from services.desk.handlers import Handlers
from services.desk.headers import HEADERS
from services.desk.outbox import Relay
from services.desk.reading import Reading
from services.desk.settings import Settings
from shared.city.city import City
from shared.city.pack import load_city
from shared.contracts.deliveries import DELIVERIES
from shared.contracts.replies import REPLIES
from shared.contracts.tasks import tasks
from shared.errors import DependencyAway
from shared.kafka.publisher import Publisher, open_publisher
from shared.kafka.worker import Worker
from shared.kafka.workers import Workers
from shared.photos import PhotoStore
from shared.sealing import Opener, Sealer
from shared.web.headers import SafeHeaders
from shared.web.health import broker_check, health_routes, worker_check

STATIC = Path(__file__).parent / "web" / "static"
SESSION_SECONDS = 8 * 3600


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What several of the desk's parts lean on."""

    database: Database
    sealer: Sealer
    opener: Opener
    photos: PhotoStore


@dataclass(frozen=True)
class Built:
    """A desk that is ready to start."""

    worker: Workers
    web: ASGIApp


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Built]:
    """A desk with its connections open; its outbox is being published."""
    async with (
        open_database(settings.database_url) as database,
        open_publisher(settings, source="desk") as publisher,
    ):
        city = _lean(load_city(settings.city_pack))
        parts = Parts(
            database=database,
            sealer=Sealer(settings.public_keys_dir),
            opener=Opener(settings.private_keys_dir),
            photos=PhotoStore(settings.photo_store_url),
        )
        worker = _workers(settings, parts, publisher, city)
        relay = Relay(database, publisher)
        async with relay.running():
            app = _web(settings, _desk(settings, parts, city))
            app.router.routes.extend(_health(worker, publisher, database, relay))
            yield Built(worker, SafeHeaders(app, HEADERS))


def _lean(city: City) -> City:
    """The pack without words and outlines, which the desk never asks for."""
    return city.model_copy(update={"vocabularies": {}, "outlines": (), "spots": ()})


def _desk(settings: Settings, parts: Parts, city: City) -> Desk:
    return Desk(
        clerks=load_clerks(settings.desk_tokens_file),
        reading=Reading(
            database=parts.database, opener=parts.opener, photos=parts.photos
        ),
        changing=Changing(
            database=parts.database,
            sealer=parts.sealer,
            opener=parts.opener,
            departments=frozenset(city.departments),
            services=frozenset(city.ordinary_services),
        ),
        city=city,
        demo_login=settings.demo_login,
    )


def _workers(
    settings: Settings, parts: Parts, publisher: Publisher, city: City
) -> Workers:
    """Tasks have 12 partitions for each department: they are read apart."""
    handlers = Handlers(
        database=parts.database,
        sealer=parts.sealer,
        opener=parts.opener,
        photos=parts.photos,
    )
    every = [tasks(department) for department in city.departments]
    work, news = Worker("desk", settings), Worker("desk.news", settings)
    work.subscribe(every, handlers.on_task_assigned, publisher=publisher, away=AWAY)
    news.subscribe(
        [REPLIES], handlers.on_reply_received, publisher=publisher, away=AWAY
    )
    news.subscribe([DELIVERIES], handlers.on_delivery, publisher=publisher, away=AWAY)
    return Workers(work, news)


def _web(settings: Settings, desk: Desk) -> FastAPI:
    app = FastAPI(
        title="Meldekette: the desk",
        description="What a department does with the reports it was given.",
        version="1",
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk
    app.include_router(endpoints.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app, (*AWAY, DependencyAway, OSError))
    app.add_middleware(
        SessionMiddleware,
        secret_key=settings.desk_secret.get_secret_value(),
        session_cookie="desk",
        max_age=SESSION_SECONDS,
        same_site="strict",
        https_only=settings.cookie_secure and not settings.is_loopback,
    )
    app.add_middleware(Guard)
    return app


def _health(
    worker: Workers, publisher: Publisher, database: Database, relay: Relay
) -> list[Route]:
    async def outbox() -> str | None:
        return relay.trouble

    return health_routes(
        alive=lambda: worker.alive and relay.alive,
        checks={
            "reader": worker_check(worker),
            "kafka": broker_check(publisher),
            "database": database.ping,
            "outbox": outbox,
        },
    )
