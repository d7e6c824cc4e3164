"""``meldekette topics``: the one list of topics, and a broker."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from shared.city.pack import load_city
from shared.contracts.all import all_topics
from shared.kafka.topics import Difference, apply, differences
from shared.settings import KafkaSettings

app = typer.Typer(no_args_is_help=True, help="Topics as the chain needs them.")


@app.callback()
def _group() -> None:
    """Topics as the chain needs them."""


@app.command("apply")
def apply_topics(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show the difference.")
    ] = False,
    replication: Annotated[int, typer.Option(envvar="KAFKA_REPLICATION")] = 1,
    city: Annotated[Path, typer.Option(envvar="CITY_PACK")] = Path(
        "deploy/cities/essen"
    ),
) -> None:
    """
    Create missing topics and set what differs. Nothing is taken away.

    The number of partitions is only compared: more of them would break the order of
    the reports that are under way.
    """
    topics = all_topics(load_city(city).departments)
    settings = KafkaSettings()
    if dry_run:
        found = asyncio.run(differences(topics, settings))
    else:
        found = asyncio.run(apply(topics, settings, replication=replication))
    for difference in found:
        typer.echo(_line(difference, dry_run=dry_run))
    if not found:
        typer.echo(f"All {len(topics)} topics are as they should be.")


def _line(difference: Difference, *, dry_run: bool) -> str:
    if difference.setting == "topic":
        return f"+ {difference.topic} {'is missing' if dry_run else 'created'}"
    change = f"{difference.setting}: {difference.found} -> {difference.wanted}"
    if difference.setting == "partitions":
        return f"! {difference.topic} {change} (not changed by this command)"
    return f"~ {difference.topic} {change}"
