"""Is a pack whole, and does a broken one say what is wrong?"""

import shutil
import subprocess
import sys

import pytest

from shared.city.hits import pattern
from shared.city.pack import BrokenPack, load_city
from tests.unit.city.essen import MODEL, PACK, ROOT, essen

DEPARTMENTS = (
    "cleaning roads green public-order utilities jugendamt asd social-office "
    "integration safety-coordination moderation"
)
SERVICES = (
    "street-light traffic-light abandoned-vehicle illegal-dumping dirt traffic-sign "
    "road-damage drainage green public-place parking graffiti pests dead-animal noise "
    "shopping-trolley fear-space youth homelessness addiction integration family-help "
    "child-protection violence-at-home elder-in-need not-the-city other"
)


def test_the_pack_has_the_departments_and_services_of_the_city():
    assert set(essen().departments) == set(DEPARTMENTS.split())
    assert set(essen().services) == set(SERVICES.split())


def test_every_department_has_a_service():
    owners = {service.department for service in essen().services.values()}

    assert owners == set(essen().departments)


def test_confidential_services_are_never_public():
    confidential = {
        code
        for code, service in essen().services.items()
        if service.lane == "confidential"
    }

    assert confidential == {
        "child-protection",
        "violence-at-home",
        "family-help",
        "elder-in-need",
    }
    assert not any(essen().services[code].public for code in confidential)


def test_every_service_has_a_name_in_the_five_languages_of_the_form():
    for service in essen().services.values():
        assert set(service.name) == {"de", "en", "tr", "ar", "uk"}


def test_every_service_with_words_has_them_in_every_language():
    for vocabulary in essen().vocabularies.values():
        assert set(vocabulary.services) == set(essen().services) - {"other"}


@pytest.mark.parametrize("language", ["de", "en", "tr", "ar", "uk", "ru"])
def test_a_longer_word_never_says_less_than_a_shorter_one_in_it(language):
    for words in essen().vocabularies[language].services.values():
        levels = (words.hint, words.likely, words.sure)
        weights = [
            (pattern(word), weight)
            for weight, level in enumerate(levels)
            for word in level
        ]

        assert len(weights) == len({word for word, _ in weights})
        assert [
            (longer, shorter)
            for longer, little in weights
            for shorter, much in weights
            if shorter in longer and much > little
        ] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("services.yaml", "department: roads", "department: moon", "moon"),
        ("city.yaml", "id: essen", "id: essen\ncolour: blue", "colour"),
        ("departments.yaml", "- id: asd", "- id: [", "departments"),
        ("words/de.yaml", '"*lampe*"', '"lam*pe"', "pattern"),
    ],
)
def test_a_broken_pack_says_what_is_wrong(tmp_path, file, old, new, says):
    pack = shutil.copytree(PACK, tmp_path / "city")
    broken = pack / file
    broken.write_text(broken.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(BrokenPack, match=says):
        load_city(pack)


def test_a_missing_pack_says_so(tmp_path):
    with pytest.raises(BrokenPack, match="nowhere"):
        load_city(tmp_path / "nowhere")


def test_a_city_and_its_reader_cost_little_memory():
    code = (
        "import resource, pydantic, sys\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "from pathlib import Path\n"
        "from shared.classifier.reader import open_reader\n"
        "import shared.city.promise\n"
        f"reader = open_reader(Path({str(PACK)!r}), Path({str(MODEL)!r}))\n"
        "reader.read('Laterne')\n"
        "after_words = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(after_words - before)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )

    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) < 55_000
