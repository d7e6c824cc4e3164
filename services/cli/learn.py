"""``meldekette model learn``: retrain from what clerks have put right."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from services.cli.comparing import TOLERANCE, Comparison, Score, cases_of, compared
from services.cli.corrections import (
    Correction,
    Returned,
    corrections,
    returns,
    service_of,
)
from services.cli.deciding import BASE, ESSEN, CityOption
from services.cli.installing import install
from services.cli.model import (
    OWN_CORPUS,
    Answer,
    Beside,
    Source,
    learned,
    lessons_from,
)
from shared.city.cases import BrokenCases, Case
from shared.city.pack import load_city
from shared.classifier.corpus import OWN_WEIGHT, Columns
from shared.classifier.examples import RAREST, Example, Lessons
from shared.classifier.reader import Reader
from shared.classifier.storing import BrokenModel, load
from shared.errors import DependencyAway
from shared.kafka.replay import NoSuchTopic
from shared.sealing import Opener, UnknownRecipient
from shared.settings import KafkaSettings

TROUBLE, TOO_FEW, NOT_BETTER = 1, 3, 4
"""Exit codes; 0 says that a better model was installed."""

Keys = Annotated[
    Path, typer.Option(envvar="PRIVATE_KEYS_DIR", help="Has the router's private key.")
]
console = Console()


def learn(
    private_keys: Keys,
    model: Annotated[
        Path, typer.Option(envvar="MODEL_DIR", help="The running model.")
    ] = BASE,
    out: Annotated[
        Path | None, typer.Option(help="Where to install, if elsewhere.")
    ] = None,
    city: CityOption = ESSEN,
    corpus: Annotated[Path, typer.Option(help="The written examples.")] = OWN_CORPUS,
    reports: Annotated[
        list[Path] | None, typer.Option(help="A city's reports as CSV; repeatable.")
    ] = None,
    answer: Answer = "common_category",
    beside: Beside = None,
    source: Source = None,
    weight: Annotated[
        float, typer.Option(min=0, help="How much one correction counts.")
    ] = OWN_WEIGHT,
    least: Annotated[
        int, typer.Option(min=2, help="With fewer corrections nothing is learnt.")
    ] = 20,
    tolerance: Annotated[
        float, typer.Option(min=0, help="The share of the pack's cases it may lose.")
    ] = TOLERANCE,
    rarest: Annotated[
        int, typer.Option(min=1, help="Pieces of words in fewer texts are not kept.")
    ] = RAREST,
) -> None:
    """
    Retrain from what clerks have put right, and install the model if it is better.

    Give --reports as for `train`: it is learnt anew from everything. Exit code 0: a
    better model is installed; 3: too few corrections; 4: it is not better; 1: trouble.
    """
    running, cases = _reader(model, city), _cases(city)
    found = _corrections(private_keys, running)
    taught = [each for each in found if not each.held_out]
    kept = [each for each in found if each.held_out]
    console.print(f"{len(found)} corrections, {len(kept)} of them held out to compare")
    if len(found) < least or not kept:
        _end(TOO_FEW, f"too few to learn from: {least} are asked for (--least)")
    columns = Columns(answer=answer, beside=tuple(beside or ()))
    lessons = lessons_from(corpus, list(reports or ()), columns)
    console.print("it is being learnt, some minutes …")
    new = learned(
        taught_by(lessons, taught, running, weight=weight),
        running.city,
        sources=[*(source or ()), f"{len(taught)} corrections by clerks"],
        rarest=rarest,
    )
    comparison = compared(kept, cases, running, Reader(running.city, new))
    show(comparison)
    if objection := comparison.objection(tolerance):
        _end(NOT_BETTER, f"not installed: {objection}")
    folder = install(new, out or model)
    console.print(f"installed: version {new.version}, in {folder}")


def taught_by(
    lessons: Lessons, taught: Sequence[Correction], reader: Reader, *, weight: float
) -> Lessons:
    """The lessons with corrections among them; what is a danger they do not teach."""
    examples = [
        Example(each.text, service_of(each, reader), "corrections", weight)
        for each in taught
    ]
    return Lessons([*lessons.services, *examples], lessons.dangers)


def show(comparison: Comparison) -> None:
    """The running model beside the new one."""
    table = Table("right", "texts", "running", "new")
    for name, score in (
        ("corrections held out", comparison.corrections),
        ("the pack's cases", comparison.cases),
        ("lane of danger and need", comparison.safety),
    ):
        table.add_row(name, *_shares(score))
    console.print(table)


def _shares(score: Score) -> tuple[str, str, str]:
    count = max(score.count, 1)
    return str(score.count), f"{score.running / count:.3f}", f"{score.new / count:.3f}"


def _cases(city: Path) -> dict[int, Case]:
    try:
        return cases_of(city)
    except BrokenCases as error:
        _end(TROUBLE, str(error))


def _reader(model: Path, city: Path) -> Reader:
    try:
        return Reader(load_city(city), load(model))
    except BrokenModel as error:
        _end(TROUBLE, str(error))


def _corrections(private_keys: Path, reader: Reader) -> list[Correction]:
    try:
        events = asyncio.run(_returned())
        return corrections(events, Opener(private_keys), reader)
    except NoSuchTopic as error:
        hint = "`meldekette topics apply` creates it"
        _end(TROUBLE, f"there is no topic {error}; {hint}")
    except DependencyAway as error:
        _end(TROUBLE, f"Kafka does not answer: {error}")
    except UnknownRecipient:
        _end(TROUBLE, f"{private_keys} does not have the router's private key")


async def _returned() -> list[Returned]:
    return [event async for event in returns(KafkaSettings())]


def _end(code: int, sentence: str) -> NoReturn:
    typer.echo(sentence, err=code == TROUBLE)
    raise typer.Exit(code) from None
