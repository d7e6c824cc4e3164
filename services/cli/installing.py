"""Puts a model where running services look for it."""

from pathlib import Path

from shared.classifier.model import Model
from shared.classifier.saving import save, sync_folder
from shared.classifier.storing import CARD, load


def install(model: Model, place: Path) -> Path:
    """
    Exchange the model at *place* in one step; returns the new one's own folder.

    It is written and read back beside *place*, which becomes a link to it: who looks
    sees the old model or the new one. The old one stays in its folder, to go back to.
    Raises BrokenModel.
    """
    place = place.absolute()
    folder = place.with_name(f"{place.name}.{model.version}")
    save(model, folder)
    load(folder)
    link = place.with_name(f".{place.name}.new")
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name, target_is_directory=True)
    if place.is_dir() and not place.is_symlink():
        _set_aside(place)
    link.replace(place)
    sync_folder(place.parent)
    return folder


def _set_aside(place: Path) -> None:
    """
    Give a model that is no link yet a folder of its own name.

    Only this first time there is a moment without a model: who runs keeps theirs.
    """
    version = load(place).version if (place / CARD).exists() else "before"
    place.rename(place.with_name(f"{place.name}.{version}"))
