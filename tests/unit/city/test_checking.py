"""Does a broken pack say where it is broken, so that one can go there?"""

import json
import shutil

import pytest
import yaml
from jsonschema import Draft202012Validator

from services.cli.city import generated
from shared.city.checking.check import check
from tests.unit.city.essen import PACK, ROOT

TOWN = PACK.parent / "musterstadt"
PACKS = (PACK, TOWN)


@pytest.fixture
def town(tmp_path):
    """A pack to be broken."""
    return shutil.copytree(TOWN, tmp_path / "town")


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_our_own_packs_have_no_mistakes(pack):
    assert check(pack) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("city.yaml", "sure_from: 0.49", "sure_from: 2", 23, "sure_from"),
        ("city.yaml", "id: muster", "colour: blue\nid: muster", 3, "colour: Extra"),
        ("city.yaml", "timezone: Europe/Berlin\n", "", 1, "timezone: Field required"),
        ("city.yaml", "Europe/Berlin", "Europe/Bärlin", 6, "no time zone"),
        ("city.yaml", "moderation: mod", "moderation: moon", 19, "'moonera"),
        ("city.yaml", "language: de", "language: en", 5, "there is no words/en.yaml"),
        ("city.yaml", "id: muster", "name: X\nid: muster", 5, "name: is written twice"),
        ("departments.yaml", "- id: jugendamt", "- id: [", 10, "expected"),
        ("departments.yaml", "id: jugendamt", "id: works", 8, "is there twice"),
        ("services.yaml", "metres: 30", "metres: -1", 7, "duplicate_metres"),
        ("services.yaml", "days: 10", "days: 99", 20, "road-damage.promised_days"),
        ("services.yaml", "tment: jug", "tment: Jug", 39, "'Jugendamt' is no dep"),
        ("services.yaml", "ial\n  public: false", "ial\n  public: true", 41, "never"),
        ("words/de.yaml", "  street-light", "  streetlight", 3, "'streetlight' is no"),
        ("words/de.yaml", '"*laterne*"', '"la*erne"', 4, "street-light.sure"),
        ("words/de.yaml", "ment: public-order", "ment: moon", 27, "danger.fire"),
        ("spots.yaml", "quarter: Alt", "quarter: Kalt", 2, "Hauptstraße.quarter"),
        ("places.yaml", "lat: 50.7081", "lat: 52.0", 2, "Rathaus.lat: the point is"),
        ("places.yaml", "lat: 50.7081", "lat: north", 2, "Rathaus.lat"),
        ("streets.csv", "Ahornweg,Neu", "Ahornweg,Kalt", 3, "'Kaltstadt' is no qu"),
        ("streets.csv", "50.7150,9.1350", "x,9.1350", 3, "lat: Input should be"),
        ("streets.csv", "1-39 2-40", "one", 5, "numbers: are no runs"),
        ("streets.csv", "street,quarter", "quarter,street", 2, "no header"),
        ("cases.jsonl", '"lane": "normal", ', '"road": 1, ', 1, "expect.road: Extra"),
        ("cases.jsonl", '"normal"', '"fast"', 1, "expect.lane: Input should be"),
        ("cases.jsonl", '"illegal-dumping"', '"dumping"', 2, "'dumping' is no service"),
        ("cases.jsonl", '"jugendamt"', '"Jugend"', 3, "'Jugend' is no department"),
        ("cases.jsonl", "50.71, 9.125", "9.125, 50.71", 2, "at: the point is not in"),
        ("cases.jsonl", '"other"}', '"others"}', 4, "service_code: 'others' is no"),
        ("cases.jsonl", '{"text": "Hm', '"text": "Hm', 5, "Invalid JSON"),
        ("quarters.geojson", '"district":2', '"district":"x"', 3, "district"),
        ("quarters.geojson", "[9.12,50.72],[9.1,50.72]", "[9.12,50.7]", 2, "no outli"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(town, file, old, new, line, says):
    broken = town / file
    text = broken.read_text("utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), "utf-8")

    said = [str(mistake) for mistake in check(town)]

    assert any(s.startswith(f"{file}:{line}: ") and says in s for s in said), said


QUESTION = """\
- code: noise
  name: {de: Lärm, en: Noise}
  department: works
  public: true
  promised_days: 5
  questions:
    - variable: times
      datatype: multivaluelist
      description: {de: Wann?, en: When?}
      values:
        - {key: day, name: {de: Am Tag, en: By day}}
        - {key: night, name: {de: In der Nacht, en: At night}}
"""
OTHERS = {
    "services.yaml": QUESTION,
    "instead.yaml": """\
- id: railway
  name: {de: Deutsche Bahn}
  what: {de: für Züge.}
  words: [zug]
""",
    "emergency.yaml": """\
general:
  text: {de: Rufen Sie 112 an.}
  call: [rescue]
kinds:
  fire:
    text: {de: Gehen Sie hinaus.}
    call: [rescue]
""",
}


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("services.yaml", "multivaluelist", "choice", 8, "times.datatype"),
        ("services.yaml", "multivaluelist", "number", 7, "times: a number offers no"),
        ("services.yaml", "key: night", "key: day", 10, "values: offered twice: day"),
        ("services.yaml", "{de: Am Tag, en", "{en", 11, "day.name: is not said in"),
        ("services.yaml", "{de: Wann?, en", "{en", 9, "times.description: is not"),
        ("services.yaml", "{de: Wann?, en", "{xx", 9, "times.description.xx"),
        ("services.yaml", "variable: times", "variable: No!", 7, "No!.variable"),
        ("instead.yaml", "words: [zug]", "words: []", 4, "railway.words"),
        ("instead.yaml", "{de: für", "{en: for", 3, "railway.what: is not said"),
        ("instead.yaml", "id: railway", "id: A b", 1, "A b.id"),
        ("emergency.yaml", "  fire:", "  flood:", 5, "kinds.flood"),
        ("emergency.yaml", "call: [rescue]", "call: [moon]", 3, "'moon' is no phone"),
        ("emergency.yaml", "{de: Gehen", "{en: Gehen", 6, "kinds.fire.text: is not"),
    ],
)
def test_questions_and_advice_are_checked_too(town, file, old, new, line, says):
    assert old in OTHERS[file]

    before, said = added(town, file, OTHERS[file].replace(old, new, 1))

    where = f"{file}:{before + line}: "
    assert any(s.startswith(where) and says in s for s in said), said


@pytest.mark.parametrize("file", OTHERS)
def test_good_questions_and_advice_are_no_mistakes(town, file):
    assert added(town, file, OTHERS[file])[1] == []


def added(town, file, text):
    """How many lines were there before, and what is wrong with the pack now."""
    old = (town / file).read_text("utf-8") if (town / file).exists() else ""
    (town / file).write_text(old + text, "utf-8")
    return old.count("\n"), [str(mistake) for mistake in check(town)]


def test_a_missing_file_is_named(town):
    (town / "services.yaml").unlink()

    said = [str(mistake) for mistake in check(town)]

    assert said[0] == "services.yaml:1: No such file or directory"


def test_words_of_an_unknown_language_are_named(town):
    shutil.copy(town / "words" / "de.yaml", town / "words" / "xx.yaml")

    assert [mistake.file for mistake in check(town)] == ["words/xx.yaml"]


def test_the_schemas_are_as_the_models_say():
    differing = [
        str(file)
        for file, text in generated().items()
        if (ROOT / file).read_text("utf-8") != text
    ]

    assert differing == [], "run `meldekette city schema`"


@pytest.mark.parametrize(
    "file",
    [file for pack in PACKS for file in sorted(pack.rglob("*.yaml"))],
    ids=lambda file: str(file.relative_to(PACK.parent)),
)
def test_a_file_names_the_schema_that_it_keeps_to(file):
    text = file.read_text("utf-8")
    start = "# yaml-language-server: $schema="
    assert text.startswith(start)
    named = file.parent / text.splitlines()[0].removeprefix(start)

    schema = json.loads(named.read_text("utf-8"))

    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(text))) == []
