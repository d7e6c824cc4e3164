"""A service's process: readers and web server together, until it is asked to stop."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from typing import Any, Protocol, TypeVar

import structlog
import uvicorn
import uvloop
from starlette.types import ASGIApp

from shared.logging import configure_logging
from shared.settings import ServiceSettings

log = structlog.get_logger()

GRACE_SECONDS = 8
SWITCH_SECONDS = 0.0005
"""
How long one thread may keep the others waiting. Kafka and SQLite answer from threads of
their own; with Python's 5 ms each of their answers waited that long for its turn.
"""


class Works(Protocol):
    """Something that runs beside the web server: a reader of Kafka."""

    def running(self) -> AbstractAsyncContextManager[Any]:
        """Work while the block lasts."""

    async def until(self, asked_to_stop: asyncio.Event) -> None:
        """Wait; raise what it crashed of."""


class Service(Protocol):
    """What a service's ``build`` yields: all that its process runs."""

    @property
    def web(self) -> ASGIApp:
        """What answers HTTP; its probes at the least."""

    @property
    def worker(self) -> Works:
        """What works beside it."""


S = TypeVar("S", bound=ServiceSettings)
Build = Callable[[S], AbstractAsyncContextManager[Service]]


def start(settings_type: type[S], build: Build[S]) -> None:
    """
    Be the process of a service, until it is asked to stop.

    uvloop runs it; Faust's reading thread uses it too.
    """
    settings = settings_type()
    configure_logging(settings.log_level)
    sys.setswitchinterval(SWITCH_SECONDS)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    with asyncio.Runner() as runner:
        runner.run(_serve(settings, build))


async def _serve(settings: S, build: Build[S]) -> None:
    """
    Run until SIGTERM or SIGINT, or raise what the worker crashed of.

    The web server stops first, finishing the requests it has; then the worker
    finishes what is in work.
    """
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(build(settings))
        asked_to_stop = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, asked_to_stop.set)
        await stack.enter_async_context(service.worker.running())
        await stack.enter_async_context(_web(service.web, settings, asked_to_stop))
        _settle()
        log.info("service.started", port=settings.http_port)
        await service.worker.until(asked_to_stop)
        log.info("service.stopping")


def _settle() -> None:
    """
    Take what is there now out of the garbage collector's sight.

    Modules, the city and compiled patterns live as long as the process; walking them
    at every full collection cost a fifth of the notifier's time.
    """
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _web(
    app: ASGIApp, settings: ServiceSettings, asked_to_stop: asyncio.Event
) -> AsyncIterator[None]:
    config = uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="off",
    )
    server = _Server(config)
    task = asyncio.get_running_loop().create_task(server.serve())
    task.add_done_callback(lambda _: asked_to_stop.set())
    try:
        yield
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """Uvicorn that leaves the signals to the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None: _serve() above listens to them."""
        yield
