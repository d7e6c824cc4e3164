"""``meldekette model misrouted``: which departments get what is not theirs."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from services.cli.corrections import returns
from shared.city.city import City
from shared.city.pack import load_city
from shared.contracts.event import UnreadableEvent
from shared.contracts.returns import TaskReturned
from shared.contracts.tasks import TaskAssigned, tasks
from shared.contracts.vocabulary import Lane
from shared.errors import DependencyAway
from shared.kafka.replay import NoSuchTopic, replay
from shared.settings import KafkaSettings

CREATE = "`meldekette topics apply` creates it"


@dataclass(frozen=True)
class Week:
    """A department's tasks of one ISO week, and how many of them it gave back."""

    department: str
    week: str
    assigned: int
    returned: int

    @property
    def share(self) -> float:
        """The misrouted ones among all."""
        return self.returned / self.assigned


def misrouted(
    city: Annotated[Path, typer.Option(envvar="CITY_PACK", help="A city pack.")] = Path(
        "deploy/cities/essen"
    ),
    json_out: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """
    The share of tasks that came back, by department and the week they were assigned.

    As far back as the broker keeps tasks, 30 days: the oldest week is not whole.
    Confidential reports are not counted: nobody may learn where they go.
    """
    pack = load_city(city)
    try:
        found = asyncio.run(_weeks(pack))
    except NoSuchTopic as error:
        raise typer.Exit(_said(f"there is no topic {error}: {CREATE}")) from None
    except DependencyAway as error:
        raise typer.Exit(_said(f"Kafka does not answer: {error}")) from None
    if json_out:
        lines = [asdict(each) | {"share": round(each.share, 4)} for each in found]
        typer.echo(json.dumps(lines, indent=2))
    else:
        _show(found)


def _said(sentence: str) -> int:
    typer.echo(sentence, err=True)
    return 1


def weeks(
    assigned: Iterable[TaskAssigned], returned: Iterable[TaskReturned], zone: ZoneInfo
) -> list[Week]:
    """Every department's weeks; a task that was written twice counts once."""
    given = {_key(task): task for task in assigned}
    secret = {t.report_id for t in given.values() if t.lane is Lane.CONFIDENTIAL}
    back = {_key(each) for each in returned}
    totals: Counter[tuple[str, str]] = Counter()
    came_back: Counter[tuple[str, str]] = Counter()
    for key, task in given.items():
        if task.report_id not in secret:
            when = task.occurred_at.astimezone(zone)
            cell = (task.department, f"{when:%G-W%V}")
            totals[cell] += 1
            came_back[cell] += key in back
    return [Week(*cell, totals[cell], came_back[cell]) for cell in sorted(totals)]


def _key(event: TaskAssigned | TaskReturned) -> tuple[object, str, int]:
    """What a task and its return have in common, and no other."""
    return event.report_id, event.department, event.hand_over


async def _weeks(city: City) -> list[Week]:
    settings = KafkaSettings()
    given = await asyncio.gather(
        *(_assigned(department, settings) for department in city.departments)
    )
    said = [event async for event in returns(settings)]
    back = [event for event in said if isinstance(event, TaskReturned)]
    return weeks(chain.from_iterable(given), back, ZoneInfo(city.timezone))


async def _assigned(department: str, settings: KafkaSettings) -> list[TaskAssigned]:
    topic = tasks(department)
    found = []
    async for message in replay(topic, settings):
        with suppress(UnreadableEvent):  # the desk has made a dead letter of it
            found.append(topic.decode(message.value or b"", message.key))
    return found


def _show(found: Sequence[Week]) -> None:
    table = Table("department", "week")
    for column in ("assigned", "given back", "share"):
        table.add_column(column, justify="right")
    for each in found:
        counts = (str(each.assigned), str(each.returned), f"{each.share:.1%}")
        table.add_row(each.department, each.week, *counts)
    Console().print(table)
