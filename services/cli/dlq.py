"""``meldekette dlq``: look at dead letters, and send repaired ones again."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from shared.kafka.dead_letters import (
    AlreadyRetried,
    Letter,
    Repair,
    letters,
    retry_letter,
)
from shared.kafka.publisher import open_publisher
from shared.settings import KafkaSettings

app = typer.Typer(no_args_is_help=True, help="Messages that could not be worked.")


@app.command("list")
def list_letters(
    all_: Annotated[
        bool, typer.Option("--all", help="Also those that were sent again.")
    ] = False,
) -> None:
    """One line per letter: id, bytes, reason. Content is not shown."""
    found = asyncio.run(letters(KafkaSettings()))
    shown = [letter for letter in found if all_ or letter.retried_at is None]
    for letter in shown:
        again = f"  (sent again {letter.retried_at})" if letter.retried_at else ""
        size = len(letter.dead.value or b"")
        typer.echo(f"{letter.letter_id}  {size} B  {letter.dead.reason}{again}")
    typer.echo(f"{len(shown)} dead letters", err=True)


@app.command()
def show(letter_id: str) -> None:
    """The letter's original bytes on standard output; what is known of it on error."""
    letter = _found(asyncio.run(letters(KafkaSettings())), letter_id)
    typer.echo(f"reason: {letter.dead.reason}", err=True)
    for name, value in letter.dead.headers:
        typer.echo(f"{name}: {value.decode('utf-8', 'replace')}", err=True)
    sys.stdout.buffer.write(letter.dead.value or b"")


@app.command()
def retry(
    letter_ids: Annotated[list[str] | None, typer.Argument()] = None,
    value: Annotated[
        Path | None, typer.Option("--with", help="A file with the repaired bytes.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every open letter.")] = False,
    key: Annotated[
        str | None, typer.Option(help="The key, if that was missing or wrong.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also if it was sent again before.")
    ] = False,
) -> None:
    """Send letters again to the topic that they came from, once."""
    if (value or key) and len(letter_ids or ()) != 1:
        raise typer.BadParameter("--with and --key need exactly one letter")
    if not all_ and not letter_ids:
        raise typer.BadParameter("name the letters, or --all")
    repair = Repair(
        value.read_bytes() if value else None, key.encode() if key else None
    )
    asyncio.run(_retry(set(letter_ids or ()), all_, again, repair))


async def _retry(
    wanted: set[str], everything: bool, again: bool, repair: Repair
) -> None:
    settings = KafkaSettings()
    found = await letters(settings)
    chosen = [
        letter
        for letter in found
        if letter.letter_id in wanted or (everything and letter.retried_at is None)
    ]
    for missing in wanted - {letter.letter_id for letter in chosen}:
        raise typer.BadParameter(f"there is no letter {missing}")
    async with open_publisher(settings, source="operator") as publisher:
        for letter in chosen:
            try:
                await retry_letter(publisher, letter, repair, again=again)
            except AlreadyRetried as error:
                typer.echo(f"{letter.letter_id}  {error}")
            else:
                typer.echo(f"{letter.letter_id}  sent again to {letter.dead.topic}")


def _found(found: list[Letter], letter_id: str) -> Letter:
    for letter in found:
        if letter.letter_id == letter_id:
            return letter
    raise typer.BadParameter(f"there is no letter {letter_id}")
