"""``python -m deploy.demo``: the chain on this machine, with a day of reports."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
from rich.console import Console

from deploy.demo.play import Play
from deploy.demo.reports import Written, load_reports, load_table, repeated
from deploy.demo.stage import Stage
from deploy.local.__main__ import TROUBLES
from shared.city.city import City
from shared.city.pack import load_city

HERE = Path(__file__).parent
PACK = HERE.parent / "cities" / "essen"
RATE, TABLE_RATE = 10.0, 20.0


def options() -> argparse.ArgumentParser:
    """What can be asked."""
    parser = argparse.ArgumentParser(prog="deploy.demo", description=__doc__)
    parser.add_argument("--reports", type=Path, help="a CSV file with a column text")
    parser.add_argument("--rate", type=_positive, help="reports per second")
    parser.add_argument("--count", type=int, help="how many of them, or how often")
    parser.add_argument("--exit", action="store_true", help="leave after playing")
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


def chosen_reports(file: Path | None, count: int | None, city: City) -> list[Written]:
    """The reports to play. Raises ValueError in words."""
    if file is None:
        reports = load_reports(HERE / "reports.jsonl")
    elif not file.is_file():
        raise ValueError(f"There is no file {file}.")
    else:
        reports = load_table(file, city.spots)
    if not reports:
        raise ValueError(f"There is no report in {file}.")
    return list(repeated(reports, count))


async def demonstrate(chosen: argparse.Namespace) -> int:
    """Bring the stack up, play, tell where to look, stay until asked to leave."""
    console = Console()
    city = load_city(PACK)
    reports = chosen_reports(chosen.reports, chosen.count, city)
    rate = chosen.rate or (TABLE_RATE if chosen.reports else RATE)
    async with Stage(console) as stage:
        play = Play(stage.info, city, console)
        console.print(f"Playing {len(reports)} reports, {rate:g} per second …")
        verdict = await stage.unless_asked_to_leave(play.run(reports, rate))
        if verdict is None:
            console.print("Stopped before everything was played.")
            return 130
        stage.tell(play.shown())
        console.print(verdict.sentence(), style="bold", soft_wrap=True)
        if not chosen.exit:
            await stage.until_asked_to_leave()
        return 0 if verdict.complete else 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it; troubles are sentences, not tracebacks."""
    chosen = options().parse_args(arguments)
    try:
        return asyncio.run(demonstrate(chosen))
    except asyncio.CancelledError:
        return 130
    except TROUBLES as error:
        print(error, file=sys.stderr)
        return 1
    except httpx.HTTPError as error:
        print(f"The stack does not answer ({error}): `make doctor`.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # no waiting for a thread that formats a disk after Ctrl-C
