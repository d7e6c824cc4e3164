"""How the router is put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette

from services.router.handlers import Handlers
from services.router.settings import Settings
from shared.classifier.reader import open_reader
from shared.classifier.watching import ModelWatch
from shared.contracts.reports import REPORTS
from shared.contracts.returns import RETURNS
from shared.kafka.publisher import Publisher, open_publisher
from shared.kafka.worker import Worker
from shared.sealing import Opener, Sealer
from shared.web.health import broker_check, health_routes, worker_check


@dataclass(frozen=True)
class Router:
    """A router that is ready to start."""

    worker: Worker
    web: Starlette


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Router]:
    """A router with its connections open."""
    reader = open_reader(settings.city_pack, settings.model_dir)
    watch = ModelWatch(reader, settings.model_dir, seconds=settings.model_look_seconds)
    async with (
        open_publisher(settings, source="router") as publisher,
        watch.watching(),
    ):
        handlers = Handlers(
            reader=reader,
            publisher=publisher,
            sealer=Sealer(settings.public_keys_dir),
            opener=Opener(settings.private_keys_dir),
        )
        worker = Worker("router", settings)
        worker.subscribe([REPORTS], handlers.on_report_received, publisher=publisher)
        worker.subscribe([RETURNS], handlers.on_returned, publisher=publisher)
        yield Router(worker, _web(worker, publisher))


def _web(worker: Worker, publisher: Publisher) -> Starlette:
    checks = {"reader": worker_check(worker), "kafka": broker_check(publisher)}
    return Starlette(routes=health_routes(alive=lambda: worker.alive, checks=checks))
