"""The whole chain on one machine as an object: for `up`, the demo and the tests."""

import asyncio
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from deploy.local.credentials import Credentials, credentials, keys_are_due, write
from deploy.local.crew import Crew, Settings
from deploy.local.parts import backing_parts, service_part
from deploy.local.places import places
from deploy.local.plan import (
    ALL,
    BACKING,
    Plan,
    common_environment,
    machine_environment,
    names_of,
    ports_needed,
)
from deploy.local.ports import choose
from deploy.local.process import run_module
from deploy.local.record import Lock, Pids, stack_record

Say = Callable[[str], None]


class Stack:
    """
    Starts the parts, keeps them alive, and stops them.

    *parts* takes some of the parts only; one whose address is in *outside* (the
    environment) is used and not started. *env* adds settings per process
    (``{"router": {…}}``), ``"*"`` for all. *kafka* adds lines to the broker's
    properties.
    """

    def __init__(
        self,
        directory: Path | None = None,
        *,
        parts: Sequence[str] = ALL,
        env: Settings | None = None,
        routers: int | None = None,
        outside: Mapping[str, str] | None = None,
        kafka: str = "",
        say: Say = lambda _sentence: None,
    ) -> None:
        self.places = places(directory)
        self._outside = os.environ if outside is None else outside
        count = routers or int(self._outside.get("ROUTERS") or 1)
        self._names = names_of(parts, self._outside, count)
        self._env = env or {}
        self._kafka = kafka
        self._say = say
        self._lock = Lock(self.places.lock)
        self._pids = Pids(self.places)
        self._plan: Plan | None = None
        self._crew: Crew | None = None
        self._secrets: Credentials | None = None
        self.is_up = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def info(self) -> dict[str, Any]:
        """What ``stack.json`` says: addresses, tokens, process numbers."""
        if self._plan is None or self._secrets is None:
            raise RuntimeError("the stack has not been started")
        return stack_record(self._plan, self._secrets, self._pids.running)

    @property
    def crew(self) -> Crew:
        """The running processes."""
        if self._crew is None:
            raise RuntimeError("the stack has not been started")
        return self._crew

    async def start(self) -> None:
        """Start everything; returns when all are ready."""
        self._lock.take()
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop the services, then what they lean on. The data stays."""
        self.is_up = False
        self.places.record.unlink(missing_ok=True)
        if self._crew is not None:
            names = self._crew.names
            await self._crew.stop(name for name in names if name not in BACKING)
            await self._crew.stop(name for name in names if name in BACKING)
        self._lock.release()

    def kill(self, name: str, sign: signal.Signals = signal.SIGKILL) -> None:
        """Send a process a signal; when it dies of it, it is started again."""
        self.crew.kill(name, sign)

    def kill_all(self) -> None:
        """End everything at once, for the impatient."""
        if self._crew is not None:
            self._crew.kill_all()

    async def restart(self, name: str, env: Mapping[str, str] | None = None) -> None:
        """Stop a process in order and start it again, perhaps with other settings."""
        await self.stop_part(name)
        await self.start_part(name, env)

    async def stop_part(self, name: str) -> None:
        """Stop one process until `start_part`."""
        await self.crew.stop([name])

    async def start_part(self, name: str, env: Mapping[str, str] | None = None) -> None:
        """Start one process that was stopped; returns when it is ready."""
        await self.crew.start(name, env)

    async def ready(self, *names: str, timeout: float | None = None) -> None:
        """Wait until these (else all) answer. Raises NotReadyError."""
        await self.crew.ready(names or self.crew.names, timeout)

    async def _start(self) -> None:
        self.places.record.unlink(missing_ok=True)
        if orphans := await asyncio.to_thread(self._pids.end_orphans):
            self._say(f"Ended what was left over: {', '.join(orphans)}.")
        ports = choose(ports_needed(self._names), self.places.home / "ports.json")
        plan = Plan(self.places, self._names, ports, self._outside)
        common = {**machine_environment(), **common_environment(plan)}
        self._plan = plan
        self._crew = Crew(
            self.places.logs,
            common=common,
            env=self._env,
            changed=self._changed,
            say=self._say,
        )
        await asyncio.gather(self._start_backing(plan), self._make_keys(plan))
        self._secrets = credentials(self.places)
        await self._start_services(plan, self._secrets)
        self.is_up = True
        write(self.places.record, self.info)

    async def _make_keys(self, plan: Plan) -> None:
        if plan.services and keys_are_due(plan.home, plan.pack):
            await self._operate("keys", "generate", "--directory", str(plan.home.keys))

    async def _start_services(self, plan: Plan, secrets: Credentials) -> None:
        if plan.services:
            await self._operate("topics", "apply")
            self._say(f"Starting {', '.join(plan.services)} …")
        parts = [service_part(plan, name, secrets) for name in plan.services]
        await self.crew.bring_up(parts)

    async def _start_backing(self, plan: Plan) -> None:
        self._say(f"Starting {', '.join(plan.backing) or 'nothing of our own'} …")
        parts = await asyncio.to_thread(backing_parts, plan, self._kafka)
        await self.crew.bring_up(parts)

    async def _operate(self, *words: str) -> None:
        """An operator's command, as an operator would give it."""
        environment = {**self.crew.common, **self._env.get("*", {})}
        await run_module("services.cli", *words, environment=environment)

    def _changed(self, name: str, pid: int | None) -> None:
        self._pids.note(name, pid)
        if self.is_up:
            write(self.places.record, self.info)
