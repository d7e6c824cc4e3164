"""The words of the citizens' pages, and which language a browser asks for."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import yaml

Texts = Mapping[str, Any]

FOLDER = Path(__file__).parent / "web" / "texts"
FIRST = "de"


def load_texts() -> dict[str, Texts]:
    """Every language that the pages speak, by its code."""
    return {
        file.stem: yaml.safe_load(file.read_text("utf-8"))
        for file in sorted(FOLDER.glob("*.yaml"))
    }


def best_language(accepted: str, spoken: Container[str]) -> str:
    """What ``Accept-Language`` likes best of what we speak; German if nothing."""
    wishes = []
    for wish in accepted.lower().split(",")[:20]:
        tag, _, quality = wish.partition(";q=")
        code = tag.strip().split("-")[0]
        if code in spoken:
            wishes.append((_number(quality), code))
    best = max(wishes, key=lambda wish: wish[0], default=(0.0, FIRST))
    return best[1] if best[0] > 0 else FIRST


def _number(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
