"""The running parts of a stack, by name."""

import asyncio
import signal
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from deploy.local.keeper import Keeper, Part

Settings = Mapping[str, Mapping[str, str]]
Changed = Callable[[str, int | None], None]


class Crew:
    """Brings parts up together, and does to one what is asked."""

    def __init__(
        self,
        logs: Path,
        *,
        common: Mapping[str, str],
        env: Settings,
        changed: Changed,
        say: Callable[[str], None],
    ) -> None:
        self._logs = logs
        self.common = common
        self._env = env
        self._changed = changed
        self._say = say
        self._keepers: dict[str, Keeper] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Who has been brought up."""
        return tuple(self._keepers)

    @property
    def deaths(self) -> dict[str, int]:
        """How often each has died unasked."""
        return {name: keeper.deaths for name, keeper in self._keepers.items()}

    def environment(self, name: str) -> dict[str, str]:
        """All settings that a process gets."""
        keeper = self._keepers[name]
        return {**self.common, **keeper.part.environment, **keeper.extra}

    async def bring_up(self, parts: Iterable[Part]) -> None:
        """Start all, then wait until each is ready. Raises NotReadyError."""
        keepers = [self._keeper(part) for part in parts]
        await asyncio.gather(*(keeper.start() for keeper in keepers))
        await asyncio.gather(*(keeper.ready() for keeper in keepers))

    async def stop(self, names: Iterable[str]) -> None:
        """Stop these side by side."""
        known = [self._keepers[name] for name in names if name in self._keepers]
        await asyncio.gather(*(keeper.stop() for keeper in known))

    async def start(self, name: str, env: Mapping[str, str] | None) -> None:
        """Start one that was stopped; returns when it is ready."""
        keeper = self._keepers[name]
        if env is not None:
            keeper.extra = {**self._extra(name), **env}
        await keeper.start()
        await keeper.ready()

    async def ready(self, names: Iterable[str], timeout: float | None) -> None:
        """Wait until these answer. Raises NotReadyError."""
        chosen = [self._keepers[name] for name in names]
        await asyncio.gather(*(keeper.ready(timeout) for keeper in chosen))

    def kill(self, name: str, sign: signal.Signals) -> None:
        """Send a process a signal; when it dies of it, it is started again."""
        self._keepers[name].send(sign)

    def kill_all(self) -> None:
        """End everything at once, for the impatient."""
        for keeper in self._keepers.values():
            if keeper.pid is not None:
                keeper.send(signal.SIGKILL)

    def _keeper(self, part: Part) -> Keeper:
        keeper = Keeper(
            part,
            logs=self._logs,
            environment=self.common,
            changed=self._changed,
            say=self._say,
        )
        keeper.extra = self._extra(part.name)
        self._keepers[part.name] = keeper
        return keeper

    def _extra(self, name: str) -> dict[str, str]:
        return {**self._env.get("*", {}), **self._env.get(name, {})}
