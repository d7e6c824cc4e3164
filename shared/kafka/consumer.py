"""
A repair of Faust's consumer: it commits what was worked, and nothing else.

faust-streaming 0.15.3 can commit past a message that is still in work (its issue 606)
and drops its book-keeping before the last commit of a rebalance. This touches private
methods: the version is pinned, and tests show the faults without it.
"""

from typing import Any

import faust
from faust.transport.drivers import aiokafka as driver


class SafeConsumer(driver.Consumer):
    """Commits only below the oldest message in work."""

    def _new_offset(self, tp: Any) -> int | None:
        acked = self._acked[tp]
        if not acked:
            return None
        in_work = (
            message.offset
            for message in list(self._unacked_messages)
            if message.tp == tp and not message.acked
        )
        low = min(in_work, default=None)
        if low is None or low > max(acked):
            return self._upstream_offset(tp)
        ready = [offset for offset in acked if offset < low]
        if not ready:
            return None
        held = [offset for offset in acked if offset >= low]
        self._acked[tp] = ready
        try:
            return self._upstream_offset(tp)
        finally:
            self._acked[tp] = self._acked[tp] + held

    def _upstream_offset(self, tp: Any) -> int | None:
        offset: int | None = super()._new_offset(tp)
        return offset

    async def verify_all_partitions_active(self) -> None:
        """Nothing: Faust would look at each of 150 partitions every second."""

    async def on_partitions_revoked(self, revoked: Any) -> None:
        """Finish and commit what is in work before the partitions go."""
        if revoked and not self.should_stop and not self.app.should_stop:
            self.stop_flow()
            self.app.flow_control.suspend()
            self.app.flow_control.clear()
            if self.app.conf.stream_wait_empty:
                await self.wait_empty()
            else:
                await self.commit()
        await super().on_partitions_revoked(revoked)


class SafeTransport(driver.Transport):
    """Faust's aiokafka transport with the repaired consumer."""

    Consumer = SafeConsumer


def install(app: faust.App) -> None:
    """Let an app read with the repaired consumer. Call before it starts."""
    app.transport = SafeTransport(app.conf.broker_consumer, app)
