"""Official addresses as people write them: short, in a hurry, by heart."""

import csv
import gzip
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shared.city.geocoding.numerals import NUMERALS

SEED = 31
"""Nobody has looked at what this one makes go wrong; 4711 was used to learn from."""
NUMBERS = {number: word for word, number in NUMERALS.items() if "einh" not in word}
PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U"})
LONG = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


@dataclass(frozen=True)
class Misspelt:
    """What somebody wrote, and where it is."""

    written: str
    street: str
    lat: float
    long: float
    quarter: str


def misspelt(file: Path, count: int, seed: int = SEED) -> list[Misspelt]:
    """So many official addresses with one or two kinds of slips each."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["hsnr"]]
    dice = random.Random(seed)
    return [_one(row, dice) for row in dice.sample(rows, count)]


def _one(row: dict[str, str], dice: random.Random) -> Misspelt:
    street = dice.choice(STREETS)(row["strname"], dice)
    for _ in range(dice.choice((0, 1, 1, 2))):
        street = dice.choice(SLIPS)(street, dice)
    number = row["hsnr"] + dice.choice(("", " ")) + row["hsnrzu"]
    written = dice.choice(NUMBERED)(street, number.strip(), dice)
    written = dice.choice(AROUND)(written, row["stadtteil"])
    written = dice.choice((str, str, str.lower, str.upper))(written)
    place = float(row["lat"]), float(row["lon"])
    return Misspelt(written, row["strname"], *place, row["stadtteil"])


def _as_it_is(street: str, dice: random.Random) -> str:
    return street


def _in_full(street: str, dice: random.Random) -> str:
    return street.replace("Str.", "Straße").replace("str.", "straße")


def _with_ss(street: str, dice: random.Random) -> str:
    return street.replace("Str.", "Strasse").replace("str.", "strasse")


def _without_dot(street: str, dice: random.Random) -> str:
    return street.replace("tr.", "tr")


def _one_word(street: str, dice: random.Random) -> str:
    return street.replace(" Str.", "str.").replace(" ", "", 1)


def _torn(street: str, dice: random.Random) -> str:
    return street.replace("str.", " Str.").replace("-", " ")


def _without_dots(street: str, dice: random.Random) -> str:
    return street.translate(PLAIN)


def _written_out(street: str, dice: random.Random) -> str:
    return street.translate(LONG)


def _letters(street: str) -> list[int]:
    return [at for at, letter in enumerate(street) if letter.isalpha()]


def _missing(street: str, dice: random.Random) -> str:
    at = dice.choice(_letters(street))
    return street[:at] + street[at + 1 :]


def _doubled(street: str, dice: random.Random) -> str:
    at = dice.choice(_letters(street))
    return street[:at] + street[at].lower() + street[at:]


def _swapped(street: str, dice: random.Random) -> str:
    at = dice.choice(_letters(street)[:-1])
    return street[:at] + street[at : at + 2][::-1] + street[at + 2 :]


def _wrong(street: str, dice: random.Random) -> str:
    at = dice.choice(_letters(street))
    return street[:at] + dice.choice("enirstaduhlg") + street[at + 1 :]


def _spoken(street: str, number: str, dice: random.Random) -> str:
    digits = int("".join(filter(str.isdigit, number)))
    letter = "".join(filter(str.isalpha, number))
    return f"{street} {NUMBERS.get(digits, digits)} {letter}".strip()


STREETS = (_as_it_is, _in_full, _with_ss, _without_dot, _one_word, _torn)
SLIPS = (_without_dots, _written_out, _missing, _doubled, _swapped, _wrong)
NUMBERED: tuple[Callable[[str, str, random.Random], str], ...] = (
    lambda street, number, dice: f"{street} {number}",
    lambda street, number, dice: f"{street} {number}",
    lambda street, number, dice: f"{street}{number}",
    lambda street, number, dice: f"{street}, {number}",
    lambda street, number, dice: f"{street} Nr. {number}",
    lambda street, number, dice: f"{street} Hausnummer {number}",
    _spoken,
)
AROUND: tuple[Callable[[str, str], str], ...] = (
    lambda written, quarter: written,
    lambda written, quarter: written,
    lambda written, quarter: f"{written}, 45127 Essen",
    lambda written, quarter: f"{written} Essen",
    lambda written, quarter: f"45127 Essen, {written}",
    lambda written, quarter: f"{written} ({quarter})",
    lambda written, quarter: f"Essen-{quarter}, {written}",
    lambda written, quarter: f"gegenüber {written}",
)
