"""``meldekette model``: learn what reports are about, and measure how well."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from services.cli.answers import answered, shares
from services.cli.deciding import BASE, ESSEN, CityOption
from shared.city.city import City
from shared.city.pack import load_city
from shared.classifier.corpus import Columns, history, ordinary, own_lessons
from shared.classifier.examples import RAREST, Lessons
from shared.classifier.hearing import hearing, signals_of
from shared.classifier.measuring import drift, figures
from shared.classifier.model import Model
from shared.classifier.saving import save
from shared.classifier.storing import load

app = typer.Typer(no_args_is_help=True, help="The model that reads reports.")
console = Console()

OWN_CORPUS = Path("deploy/model/corpus")

Answer = Annotated[str, typer.Option(help="The column with the right answer.")]
Beside = Annotated[
    list[str] | None, typer.Option(help="A column that is known beside the text.")
]
Source = Annotated[
    list[str] | None,
    typer.Option(help="Whose data, under which licence: written into the card."),
]


@app.command()
def train(
    out: Annotated[Path, typer.Option(help="The folder to write the model to.")],
    reports: Annotated[
        list[Path] | None, typer.Option(help="A city's reports as CSV; repeatable.")
    ] = None,
    city: CityOption = ESSEN,
    corpus: Annotated[Path, typer.Option(help="The written examples.")] = OWN_CORPUS,
    answer: Answer = "common_category",
    beside: Beside = None,
    source: Source = None,
) -> None:
    """
    Learn from the written examples and from a city's own reports.

    With --answer category the model learns that city's own words for its services.
    """
    columns = Columns(answer=answer, beside=tuple(beside or ()))
    lessons = lessons_from(corpus, list(reports or ()), columns)
    console.print(
        f"{len(lessons.services)} reports and {len(lessons.dangers)} texts about danger"
        " are being learnt, some minutes …"
    )
    model = learned(lessons, load_city(city), sources=source or [])
    save(model, out)
    console.print(
        f"{out}: version {model.version}, {len(model.known)} pieces of words,"
        f" danger from {model.danger_from:.2f}"
    )


@app.command("eval")
def evaluate(
    reports: Annotated[list[Path], typer.Argument(help="Reports as CSV.")],
    model: Annotated[Path, typer.Option(help="The model's folder.")] = BASE,
    city: CityOption = ESSEN,
    answer: Answer = "common_category",
    beside: Beside = None,
    json_out: Annotated[bool, typer.Option("--json", help="All figures.")] = False,
) -> None:
    """Measure a model on reports whose right answer is known."""
    columns = Columns(answer=answer, beside=tuple(beside or ()))
    known, pack = load(model), load_city(city)
    found = {
        file.stem: measured(known, pack, file, columns, answer=answer)
        for file in reports
    }
    if json_out:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show(found)


def learned(
    lessons: Lessons, city: City, *, sources: list[str], rarest: int = RAREST
) -> Model:
    """A model for a city's words, with a card that says what it is made of."""
    learn = _teacher()
    card = {
        "name": "Meldekette: what a report is about, and whether somebody is in danger",
        "made_of": ["own written corpus (EUPL-1.2)", *sources],
        "reports": len(lessons.services),
        "danger_texts": len(lessons.dangers),
        "learnt_shares": shares(lessons.services),
        "limits": "German first; a help for people who decide, not a decision",
    }
    version = datetime.now(UTC).strftime("%Y%m%d.%H%M%S")
    return learn(
        lessons,
        hearing(city),
        signals_of(city),
        version=version,
        card=card,
        rarest=rarest,
    )


def _teacher() -> Callable[..., Model]:
    """What learns. The services' image does without it, as every other command."""
    try:
        from shared.classifier.learning import learn
    except ModuleNotFoundError as error:
        hint = f"Learning needs {error.name}: `pip install meldekette[learn]`."
        typer.echo(hint, err=True)
        raise typer.Exit(1) from None
    return learn


def measured(
    model: Model, city: City, file: Path, columns: Columns, *, answer: str
) -> dict[str, Any]:
    """All figures of one file."""
    answers = [
        answered(model, city, example, answer=answer)
        for example in history(file, columns)
    ]
    found = figures(answers)
    found["drift"] = drift(answers, model.card.get("learnt_shares", {}))
    return found


def show(found: Mapping[str, Mapping[str, Any]]) -> None:
    """A table a file's figures, and what is confused most."""
    table = Table("reports of", "n", "accuracy", "macro F1", "ECE")
    for column in ("95 % right for", "routed", "of them right", "drift"):
        table.add_column(column, justify="right")
    for name, each in found.items():
        numbers = (
            f"{each[key]:.3f}"
            for key in (
                *("accuracy", "macro_f1", "calibration_error", "coverage_at_95"),
                *("routed", "routed_right", "drift"),
            )
        )
        table.add_row(name, str(each["reports"]), *numbers)
    console.print(table)
    for name, each in found.items():
        console.print(f"[bold]{name}[/bold]: most often confused")
        for mistake in each["confusion"][:5]:
            console.print("  {count:4} × {right} said as {said}".format(**mistake))


def lessons_from(corpus: Path, files: list[Path], columns: Columns) -> Lessons:
    """The written examples, and a city's own reports."""
    own = own_lessons(corpus)
    told = [example for file in files for example in history(file, columns)]
    services = told if columns.answer == "category" else [*own.services, *told]
    return Lessons(services, [*own.dangers, *ordinary(told)])
