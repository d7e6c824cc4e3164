"""The chain as a person sees it in a terminal, or line by line where there is none."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deploy.demo.ledger import STEPS, Ledger, p95
from deploy.demo.mailbox import Mailbox

LIVE_SECONDS = 0.5
LINE_SECONDS = 3.0
NEWEST = 6
ROWS = 19
"""What the picture needs besides the newest messages."""


class Screen:
    """Shows the ledger and the newest mails until it is cancelled."""

    def __init__(
        self,
        ledger: Ledger,
        mailbox: Mailbox,
        departments: Mapping[str, str],
        console: Console,
    ) -> None:
        self._ledger = ledger
        self._mailbox = mailbox
        self._departments = departments
        self._console = console

    async def show(self) -> None:
        """Live on a terminal, else a line every few seconds."""
        if not self._console.is_terminal:
            return await self._lines()
        with Live(self._picture(), console=self._console, auto_refresh=False) as live:
            try:
                while True:
                    await asyncio.sleep(LIVE_SECONDS)
                    live.update(self._picture(), refresh=True)
            finally:
                live.update(self._picture(), refresh=True)

    async def _lines(self) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(LINE_SECONDS)
                self._console.print(self.line(), soft_wrap=True)
        self._console.print(self.line(), soft_wrap=True)

    def line(self) -> str:
        """Everything in one line."""
        parts = [f"{name} {count}" for name, count in self._ledger.counts().items()]
        return f"{' → '.join(parts)}   {self._slowest()}".rstrip()

    def _picture(self) -> Group:
        self._mailbox.look()
        return Group(
            Panel(self._chain(), title="Meldekette", border_style="cyan"),
            self._table(),
            self._times(),
            self._newest(),
        )

    def _chain(self) -> Text:
        chain = Text(justify="center")
        for name, count in self._ledger.counts().items():
            if chain.plain:
                chain.append("   →   ", style="dim")
            chain.append(f"{name} ").append(str(count), style="bold green")
        return chain

    def _table(self) -> Table:
        table = Table(expand=True, box=None, header_style="bold")
        table.add_column("department")
        for column in ("cases", "danger", "confidential", "in progress", "done"):
            table.add_column(column, justify="right")
        found = self._ledger.by_department()
        for department in sorted(found, key=lambda name: -found[name]["all"]):
            counted = found[department]
            shown = ("all", "danger", "confidential", "in_progress", "done")
            table.add_row(
                self._departments.get(department, department),
                *(str(counted[key] or "·") for key in shown),
            )
        return table

    def _times(self) -> Text:
        slowest = self._ledger.slowest()
        text = Text("p95  ", style="dim")
        for step in STEPS:
            value = p95(self._ledger.seconds(step))
            style = "bold yellow" if slowest and slowest[0] == step else ""
            shown = "–" if value is None else f"{value * 1000:.0f} ms"
            text.append(f"{step} {shown}   ", style=style)
        return text

    def _newest(self) -> Text:
        text = Text("\nnewest messages\n", style="bold")
        room = max(1, min(NEWEST, self._console.size.height - ROWS))
        for mail in self._mailbox.mails[: -room - 1 : -1]:
            text.append(f"{mail.at:%H:%M:%S}  {mail.subject}  ", style="")
            text.append(f"(version {mail.version})\n", style="dim")
        return text

    def _slowest(self) -> str:
        slowest = self._ledger.slowest()
        if slowest is None:
            return ""
        return f"(slowest: {slowest[0]}, p95 {slowest[1] * 1000:.0f} ms)"
