"""Named places where a test can end the process; without FAILPOINTS they do nothing."""

import os
from pathlib import Path


def _armed() -> dict[str, Path]:
    """``FAILPOINTS`` is ``name=file,…``: the place is armed while its file exists."""
    pairs = os.environ.get("FAILPOINTS", "")
    split = (pair.split("=", 1) for pair in pairs.split(",") if "=" in pair)
    return {name: Path(file) for name, file in split}


_FAILPOINTS = _armed()


def failpoint(name: str) -> None:
    """End the process as a kill would, once, if this place is armed."""
    file = _FAILPOINTS.get(name)
    if file is not None and file.exists():
        file.unlink()
        os._exit(137)
