"""``meldekette routes``: explain a decision, try a pack, compare two."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from services.cli import explaining, rerouting, trying
from services.cli.deciding import (
    BASE,
    ESSEN,
    CityOption,
    ModelOption,
    Moment,
    Told,
    Trial,
    open_trial,
    point_of,
)
from shared.city.cases import CASES, BrokenCases, read_cases
from shared.city.geocoding.found import Found, NotFound
from shared.city.pack import BrokenPack, load_city

app = typer.Typer(no_args_is_help=True, help="Who gets a report, and why.")
console = Console()

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="What a citizen writes.")],
    at: Annotated[
        str | None, typer.Option(metavar="LAT,LONG", help="Where it is.")
    ] = None,
    service: Annotated[
        str | None, typer.Option(metavar="CODE", help="The service they chose.")
    ] = None,
    address: Annotated[
        str | None, typer.Option(help="Where it is, in words; a point counts more.")
    ] = None,
    time: Moment = None,
    city: CityOption = ESSEN,
    model: ModelOption = BASE,
    json_out: Json = False,
) -> None:
    """Say what would be decided about a report, and why."""
    trial = open_trial(city, model)
    if service is not None and service not in trial.city.services:
        raise typer.BadParameter(f"{service!r} is no service of this city")
    sought = None if address is None else _sought(address, city)
    point = None if at is None else point_of(at)
    if point is None and isinstance(sought, Found):
        point = sought.lat, sought.long
    answer = trial.answer(Told(text, service, point), trial.moment(time))
    if json_out:
        said = explaining.as_json(answer, trial.city, point)
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        console.print(explaining.as_table(answer, trial.city, point, sought))


@app.command("test")
def try_cases(
    city: CityOption = ESSEN,
    model: ModelOption = BASE,
    least: Annotated[
        float, typer.Option(min=0, max=1, help="The share that must be right.")
    ] = 0.9,
) -> None:
    """Try the pack's own cases, and name every one that is decided otherwise."""
    trial = open_trial(city, model)
    try:
        cases = read_cases(city / CASES)
    except BrokenCases as error:
        raise _refused(str(error)) from None
    results = list(trying.tried(cases, trial))
    for each in results:
        if each.wrong:
            _missed(each)
    console.print(trying.summary(results))
    right = sum(not each.wrong for each in results) / max(len(results), 1)
    console.print(f"{len(results)} cases, {right:.1%} right; {least:.1%} are asked for")
    if right < least:
        raise typer.Exit(1)


@app.command()
def diff(
    reports: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="A city's history, CSV.")
    ],
    pack: Annotated[Path | None, typer.Option(help="The changed pack.")] = None,
    pack_old: Annotated[
        Path, typer.Option(envvar="CITY_PACK", help="The pack it is compared with.")
    ] = ESSEN,
    model: ModelOption = BASE,
    model_new: Annotated[
        Path | None, typer.Option(help="The changed model; else the same.")
    ] = None,
    time: Moment = None,
    examples: Annotated[int, typer.Option(min=0, help="How many of each.")] = 3,
    json_out: Json = False,
) -> None:
    """Show which reports a changed pack or model would send elsewhere."""
    if pack is None and model_new is None:
        raise typer.BadParameter("name what has changed: --pack, --model-new or both")
    old = _quick(pack_old, model)
    new = _quick(pack or pack_old, model_new or model)
    try:
        found = rerouting.compared(reports, old, new, time)
    except rerouting.WrongHistory as error:
        raise _refused(str(error)) from None
    if json_out:
        said = rerouting.as_json(found, examples)
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    if found.moved:
        console.print(rerouting.as_table(found, examples))
    console.print(f"{found.share:.2%} of {found.reports} reports would go elsewhere")


def _missed(tried: trying.Tried) -> None:
    text = escape(" ".join(tried.case.text.split()))
    console.print(f"[bold]{CASES}:{tried.line}[/bold] {text}", soft_wrap=True)
    for line in trying.said_of(tried):
        console.print(f"  [yellow]{escape(line)}[/yellow]", soft_wrap=True)


def _quick(city: Path, model: Path) -> Trial:
    return open_trial(city, model, reasons=False)


def _sought(address: str, city: Path) -> Found | NotFound:
    try:
        return load_city(city, geocode=True).geocoder.find(address)
    except BrokenPack as error:
        raise _refused(str(error)) from None


def _refused(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)
