"""Reads a city pack, the folder in which a city describes itself."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from shared.city.city import City
from shared.city.gazetteer import Gazetteer


class BrokenPack(ValueError):
    """A city pack that cannot be used, and why."""


def load_city(
    path: Path | str,
    *,
    read: bool = False,
    locate: bool = False,
    geocode: bool = False,
) -> City:
    """
    The city that the pack in *path* describes. Raises BrokenPack.

    A service that will *read* reports, *locate* points or *geocode* addresses compiles
    words, map and names now, so that its first report does not wait for it.
    """
    city = _load(Path(path))
    if read:
        city.lexicon  # noqa: B018 (compiled by asking for it)
        city.signposts  # noqa: B018
    if locate:
        city.contains(0.0, 0.0)
    if geocode:
        _warmed(city, Path(path))
    return city


def _warmed(city: City, folder: Path) -> None:
    try:
        city.geocoder  # noqa: B018 (compiled by asking for it)
    except (OSError, ValueError, KeyError, yaml.YAMLError) as error:
        raise BrokenPack(f"{folder}: {error}") from error


def _load(folder: Path) -> City:
    try:
        return City.model_validate(
            {
                **_read(folder / "city.yaml"),
                "departments": _keyed(_read(folder / "departments.yaml"), "id"),
                "services": _keyed(_read(folder / "services.yaml"), "code"),
                "vocabularies": {
                    file.stem: _read(file)
                    for file in sorted((folder / "words").glob("*.yaml"))
                },
                "outlines": _outlines(folder / "quarters.geojson"),
                "spots": _read(folder / "spots.yaml"),
                "routes": _read_if_there(folder / "routes.yaml", ()),
                "instead": _keyed(_read_if_there(folder / "instead.yaml", ()), "id"),
                "emergency": _read_if_there(folder / "emergency.yaml", None),
                "gazetteer": Gazetteer(folder),
            }
        )
    except (OSError, ValueError, KeyError, yaml.YAMLError) as error:
        raise BrokenPack(f"{folder}: {error}") from error


def _read_if_there(file: Path, nothing: Any) -> Any:
    """A file that a pack may do without."""
    return _read(file) if file.exists() else nothing


def _read(file: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with file.open(encoding="utf-8") as stream:  # a stream, so that errors name it
        return yaml.load(stream, Loader=loader)  # noqa: S506


def _keyed(entries: Iterable[Mapping[str, Any]], key: str) -> dict[str, Any]:
    """Entries by their key, in the pack's order."""
    return {entry[key]: entry for entry in entries}


def _outlines(file: Path) -> list[dict[str, Any]]:
    collection = json.loads(file.read_text("utf-8"))
    return [
        {**feature["properties"], "geometry": feature["geometry"]}
        for feature in collection["features"]
    ]
