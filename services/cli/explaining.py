"""One decision in full, for people in colour and for programs as JSON."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from services.cli.deciding import Answer, Point
from shared.city.city import City
from shared.city.geocoding.found import Found, NotFound
from shared.city.promise import promised

COLOURS = {"normal": "green", "danger": "bold red", "confidential": "bold magenta"}
UNKNOWN = "–"
BAR = 12


def as_json(answer: Answer, city: City, point: Point | None) -> dict[str, Any]:
    """All that is known of a decision."""
    reading, where, decision = answer.reading, answer.where, answer.decision
    until = _promised(answer, city)
    return {
        "lane": decision.lane.value,
        "routed": decision.routed,
        **decision.record.model_dump(mode="json"),
        "guess": answer.service,
        "danger": reading.danger,
        "urgent": reading.urgent,
        "doubtful": reading.doubtful,
        "language": reading.language,
        "point": point,
        "quarter": where.quarter,
        "district": city.quarters.get(where.quarter or ""),
        "areas": sorted(where.areas),
        "received_at": where.at.isoformat(),
        "expected_at": until and until.isoformat(),
    }


def as_table(
    answer: Answer, city: City, point: Point | None, sought: Found | NotFound | None
) -> Table:
    """A decision, a line for each thing that a clerk may ask."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    lines = (*_decided(answer, city), *_why(answer, city))
    for name, value in (*lines, *_placed(answer, city, point, sought), *_made(answer)):
        table.add_row(name, value)
    return table


def bar(share: float, colour: str = "cyan") -> Text:
    """A probability that one sees at a glance."""
    full = round(share * BAR)
    return Text.assemble(
        ("█" * full, colour), ("░" * (BAR - full), "dim"), f" {share:.0%}"
    )


def _decided(answer: Answer, city: City) -> Iterator[tuple[str, Text]]:
    record, lane = answer.decision.record, answer.decision.lane.value
    yield "lane", Text(lane, COLOURS[lane])
    yield "service", _service(record.service_code, city)
    yield "department", Text(_department(record.department, city), "bold")
    yield "confidence", bar(record.confidence)
    until = _promised(answer, city)
    if until is not None:
        yield "promised until", Text(f"{until:%Y-%m-%d %H:%M}")


def _why(answer: Answer, city: City) -> Iterator[tuple[str, Text]]:
    record, reading = answer.decision.record, answer.reading
    yield "rule", Text(record.rule, "yellow")
    yield "because", Text(record.because)
    yield "words", Text(", ".join(record.words) or UNKNOWN, "bold green")
    others = [o for o in record.alternatives if o.service_code != record.service_code]
    for number, other in enumerate(others):
        name = Text.assemble(bar(other.confidence, "blue"), "  ")
        name.append_text(_service(other.service_code, city))
        name.append(f" → {_department(other.department, city)}", "dim")
        yield "" if number else "runner-ups", name
    said = "acted on" if reading.urgent else "a doubt" if reading.doubtful else "no"
    yield "danger", bar(reading.danger, "red").append(f"  {said}")


def _placed(
    answer: Answer, city: City, point: Point | None, sought: Found | NotFound | None
) -> Iterator[tuple[str, Text]]:
    where = answer.where
    if isinstance(sought, NotFound):
        yield "address", Text(f"not found: {sought.reason}", "yellow")
    elif sought is not None:
        yield "address", Text(f"{sought.matched} ({sought.kind}, {sought.confidence})")
    if point is not None:
        yield "point", Text("{:.5f},{:.5f}".format(*point))
        outside = Text("outside the city", "yellow")
        district = city.quarters.get(where.quarter or "")
        named = Text(f"{where.quarter}, district {district}")
        yield "quarter", named if where.quarter else outside
        yield "areas", Text(", ".join(sorted(where.areas)) or UNKNOWN)


def _made(answer: Answer) -> Iterator[tuple[str, Text]]:
    record = answer.decision.record
    yield "language", Text(answer.reading.language)
    yield "received", Text(f"{answer.where.at:%Y-%m-%d %H:%M}")
    versions = f"model {record.model_version}, rules {record.rules_version}"
    yield "versions", Text(versions, "dim")


def _service(code: str | None, city: City) -> Text:
    if code is None:
        return Text(UNKNOWN)
    known = city.services.get(code)
    return Text.assemble(
        (code, "bold"), f" {known.name[city.language]}" if known else ""
    )


def _department(id_: str, city: City) -> str:
    return f"{id_} ({city.departments[id_].name[city.language]})"


def _promised(answer: Answer, city: City) -> Any:
    decision = answer.decision
    service = city.services.get(decision.record.service_code or "other")
    if service is None:
        return None
    return promised(service, answer.where.at, city, decision.promised_days)
