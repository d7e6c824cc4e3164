"""``meldekette city``: makes and checks the folder in which a city describes itself."""

import json
from pathlib import Path
from typing import Annotated

import typer

from services.cli.deciding import ESSEN
from services.cli.schemas import DIALECT
from shared.city.addresses import ADDRESSES
from shared.city.importing.addresses import read_houses, write_addresses
from shared.city.importing.columns import (
    ADDRESS_COLUMNS,
    QUARTER_COLUMNS,
    WrongList,
    renamed,
)
from shared.city.importing.streets import read_stretches, write_streets

app = typer.Typer(no_args_is_help=True, help="The folder that describes a city.")

Pack = Annotated[Path, typer.Option(envvar="CITY_PACK", help="The city's folder.")]
Source = Annotated[Path | None, typer.Option(exists=True, dir_okay=False)]
SCHEMAS = Path("deploy/cities/schemas")


@app.command("import")
def import_lists(
    attribution: Annotated[str, typer.Option(help="Whose facts they are; is kept.")],
    quarters: Source = None,
    streets: Source = None,
    addresses: Source = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="What this city calls a column: number=hausnummer"),
    ] = None,
    pack: Pack = ESSEN,
) -> None:
    """
    Make the pack's map files from lists that the city has.

    --quarters: outlines (GeoJSON). --streets: a list of streets or of addresses (CSV,
    also packed with gzip); with addresses the pack knows which numbers lie in which
    quarter. --addresses: the official addresses; they stay beside the pack, out of git.
    """
    names = _names(column or [])
    try:
        if quarters:
            from shared.city.importing.outlines import write_quarters

            columns = renamed(QUARTER_COLUMNS, names)
            file = pack / "quarters.geojson"
            _said(file, write_quarters(quarters, file, attribution, columns))
        if streets:
            file = pack / "streets.csv"
            found = read_stretches(streets, names)
            _said(file, write_streets(found, file, attribution))
        if addresses:
            file = pack / ADDRESSES
            houses = read_houses(addresses, renamed(ADDRESS_COLUMNS, names))
            _said(file, write_addresses(houses, file, attribution))
    except (OSError, WrongList) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def _names(pairs: list[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise typer.BadParameter(f"--column {pair}: write OURS=THEIRS")
    return dict(pair.split("=", 1) for pair in pairs)


def _said(file: Path, count: int) -> None:
    typer.echo(f"{file}: {count} written")


@app.command("check")
def check_pack(
    pack: Annotated[
        Path, typer.Argument(envvar="CITY_PACK", exists=True, file_okay=False)
    ] = ESSEN,
) -> None:
    """Name file, line and field of every mistake in a pack."""
    from shared.city.checking.check import check

    mistakes = check(pack)
    for mistake in mistakes:
        typer.echo(f"{pack}/{mistake}")
    if mistakes:
        raise typer.Exit(1)
    typer.echo(f"{pack}: nothing is wrong")


@app.command()
def schema() -> None:
    """Write the JSON Schemas with which editors help to write a pack."""
    for file, text in generated().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    typer.echo(f"{len(generated())} files written below {SCHEMAS}")


def generated() -> dict[Path, str]:
    """Every schema file and what it must say."""
    from shared.city.checking.shapes import schemas

    return {
        SCHEMAS / f"{name}.json": json.dumps(
            {"$schema": DIALECT, **document}, ensure_ascii=False, indent=1
        )
        + "\n"
        for name, document in schemas().items()
    }
