"""``meldekette keys``: the key pairs that sealed content needs."""

from pathlib import Path
from typing import Annotated

import typer

from shared.city.pack import load_city
from shared.sealing import department_key, write_key_pair

app = typer.Typer(no_args_is_help=True, help="Key pairs for sealed content.")

HOLDERS = {
    "router": ("router",),
    "notifier": ("notifier",),
    "citizens": ("intake", "notifier"),
    "desk": ("desk",),
}
"""Who holds which private key. Departments' keys are the desk's."""


@app.command()
def generate(
    directory: Annotated[Path, typer.Option(help="Where the keys are written.")],
    city: Annotated[Path, typer.Option(envvar="CITY_PACK")] = Path(
        "deploy/cities/essen"
    ),
) -> None:
    """
    Write the missing key pairs: public/NAME.pub, and SERVICE/NAME.key for its holders.

    A pair that is there is never replaced: what was sealed to it would be lost.
    """
    holders = dict(HOLDERS)
    for department in load_city(city).departments:
        holders[department_key(department)] = ("desk",)
    made = [name for name in holders if not _exists(directory, name)]
    for name in made:
        folders = tuple(directory / service for service in holders[name])
        write_key_pair(name, directory / "public", folders)
    typer.echo(f"{len(made)} key pairs written, {len(holders) - len(made)} were there")


def _exists(directory: Path, name: str) -> bool:
    return (directory / "public" / f"{name}.pub").exists()
