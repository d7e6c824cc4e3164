"""``python -m tests.bench.place``: how well, and how fast, Essen's places are found."""

import csv
import gzip
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.city.addresses import read_addresses
from shared.city.city import City
from shared.city.gazetteer import Gazetteer
from shared.city.geocoding.found import Found, metres
from shared.city.geocoding.geocoder import Geocoder
from shared.city.geocoding.surveying import surveyed
from shared.city.importing.addresses import read_houses, write_addresses
from shared.city.importing.columns import ADDRESS_COLUMNS
from shared.city.pack import load_city
from tests.unit.city.essen import DATA, PACK
from tests.unit.city.misspelling import misspelt

ADDRESSES = DATA / "essen" / "addresses.csv.gz"
COUNT = 1000
SEEDS = (31, 32, 33, 34, 35)


def main() -> None:
    """Print every number that `shared/city/README.md` names."""
    city = load_city(PACK, geocode=True)
    print(f"official addresses in their quarter: {_in_quarter(city):.2%}")
    for name, geocoder in (
        ("streets alone", surveyed(city, addresses=False)),
        ("with addresses", _with_addresses(city)),
    ):
        for seed in SEEDS:
            near, right, cost = _measured(geocoder, seed)
            print(
                f"{name}, seed {seed}: within 150 m {near:.1%}, "
                f"right quarter {right:.1%}, {cost * 1000:.2f} ms each"
            )


def _in_quarter(city: City) -> float:
    with gzip.open(ADDRESSES, "rt", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    right = sum(
        city.quarter_of(float(row["lat"]), float(row["lon"])) == row["stadtteil"]
        for row in rows
    )
    return right / len(rows)


def _with_addresses(city: City) -> Geocoder:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "addresses.csv.gz"
        write_addresses(read_houses(ADDRESSES, ADDRESS_COLUMNS), file, "")
        gazetteer = Gazetteer(PACK)
        vars(gazetteer)["addresses"] = read_addresses(file)
    return surveyed(city.model_copy(update={"gazetteer": gazetteer}))


def _measured(geocoder: Geocoder, seed: int) -> tuple[float, float, float]:
    """Shares within 150 m and in the right quarter, and processor seconds each."""
    asked = misspelt(ADDRESSES, COUNT, seed)
    start = time.process_time()
    answers = [geocoder.find(each.written) for each in asked]
    cost = (time.process_time() - start) / COUNT
    pairs = [
        (found, each)
        for found, each in zip(answers, asked, strict=True)
        if isinstance(found, Found)
    ]
    near = sum(metres(f.lat, f.long, e.lat, e.long) <= 150 for f, e in pairs)
    right = sum(found.quarter == each.quarter for found, each in pairs)
    return near / COUNT, right / COUNT, cost


if __name__ == "__main__":
    main()
