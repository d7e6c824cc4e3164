"""What intake does when a report's public state changes."""

import structlog

from services.intake.view import View
from shared.contracts.status import StatusChanged

log = structlog.get_logger()


class Handlers:
    """Intake's answers to events."""

    def __init__(self, *, view: View) -> None:
        self._view = view

    async def on_status_changed(self, state: StatusChanged) -> None:
        """Keep the newest state where reporters look."""
        if await self._view.put(state):
            log.debug(
                "view.updated", report_id=str(state.report_id), version=state.version
            )
