"""``meldekette contracts``: what the contract modules say, for those without Python."""

import json
from pathlib import Path
from typing import Any

import typer

from services.cli import asyncapi, schemas
from services.cli.examples import CONTRACTS

app = typer.Typer(no_args_is_help=True, help="JSON Schemas and the AsyncAPI document.")


@app.callback()
def _group() -> None:
    """JSON Schemas and the AsyncAPI document."""


@app.command()
def write() -> None:
    """Write shared/contracts/schemas/ and asyncapi.json anew from the modules."""
    wanted = generated()
    for file in stale(wanted):
        file.unlink()
    for file, text in wanted.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    typer.echo(f"{len(wanted)} files written below {CONTRACTS}")


def generated() -> dict[Path, str]:
    """Every generated file and what it must say."""
    files = {
        CONTRACTS / "schemas" / f"{name}.json": _json(schema)
        for name, schema in schemas.documents().items()
    }
    return {**files, CONTRACTS / "asyncapi.json": _json(asyncapi.document())}


def stale(wanted: dict[Path, str]) -> list[Path]:
    """Schemas of events that are no more."""
    return [f for f in (CONTRACTS / "schemas").rglob("*.json") if f not in wanted]


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
