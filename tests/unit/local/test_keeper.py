import asyncio
import signal
import sys

import pytest

from deploy.local.keeper import Keeper, NotReadyError, Part, next_delay

FOREVER = (
    sys.executable,
    "-c",
    "import signal; print('up', flush=True); signal.pause()",
)
HOPELESS = (sys.executable, "-c", "print('no such street'); raise SystemExit(3)")
STUBBORN = (
    sys.executable,
    "-c",
    """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
while True:
    signal.pause()
""",
)


class Watch:
    """Keeps what a keeper tells."""

    def __init__(self):
        self.pids = asyncio.Queue()
        self.said = []

    def changed(self, name, pid):
        if pid is not None:
            self.pids.put_nowait(pid)

    async def next_pid(self):
        return await asyncio.wait_for(self.pids.get(), 10)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def keep(tmp_path, watch):
    def build(command, **changes):
        async def probe():
            return "up" in (tmp_path / "it.log").read_text()

        part = Part("it", command, probe, patience=0.5, **changes)
        return Keeper(
            part,
            logs=tmp_path,
            environment={},
            changed=watch.changed,
            say=watch.said.append,
        )

    return build


async def test_what_is_killed_is_there_again_within_a_second(keep, watch):
    keeper = keep(FOREVER)
    await keeper.start()
    first = await watch.next_pid()
    await keeper.ready()

    keeper.send(signal.SIGKILL)

    assert await asyncio.wait_for(watch.next_pid(), 1) != first
    assert watch.said == ["it has ended (signal 9); it is started again."]
    await keeper.stop()


async def test_what_is_stopped_stays_stopped(keep, watch):
    keeper = keep(FOREVER)
    await keeper.start()
    await keeper.ready()

    await keeper.stop()

    assert keeper.pid is None
    assert keeper.deaths == 0


async def test_what_was_stopped_can_be_started_again(keep):
    keeper = keep(FOREVER)
    await keeper.start()
    await keeper.ready()
    await keeper.stop()

    await keeper.start()

    assert keeper.pid is not None
    await keeper.stop()


async def test_what_does_not_listen_is_killed_when_patience_has_run_out(keep):
    keeper = keep(STUBBORN)
    await keeper.start()
    await keeper.ready()

    async with asyncio.timeout(3):
        await keeper.stop()

    assert keeper.pid is None


async def test_what_always_ends_is_given_up_with_its_last_words(keep):
    keeper = keep(HOPELESS)
    await keeper.start()

    with pytest.raises(NotReadyError, match=r"(?s)again and again.*no such street"):
        await keeper.ready()

    await keeper.stop()


async def test_what_is_never_ready_is_said_so(keep, tmp_path):
    keeper = keep((sys.executable, "-c", "import signal; signal.pause()"))
    await keeper.start()

    with pytest.raises(NotReadyError, match="it is not ready after"):
        await keeper.ready(timeout=0.2)

    await keeper.stop()


def test_the_pause_grows_for_what_dies_young_and_is_forgotten_for_the_steady():
    assert next_delay(0.0, lived=0.1) == 0.25
    assert next_delay(0.25, lived=0.1) == 0.5
    assert next_delay(4.0, lived=0.1) == 5.0
    assert next_delay(4.0, lived=60.0) == 0.0
