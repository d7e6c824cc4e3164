"""Do the words of a report lead to the right department, and in time?"""

import csv
import time

import pytest

from shared.city.spelling import plain
from shared.city.words import words_in
from tests.unit.city.essen import essen, public_data, read
from tests.unit.city.sentences import CONFIDENTIAL, DANGER, NORMAL


@pytest.mark.parametrize(
    ("text", "service", "department"),
    [
        ("Straßenlaterne vor Haus 12 defekt", "street-light", "roads"),
        ("STRASSENLATERNE GEHT NICHT", "street-light", "roads"),
        ("Die Laterne brennt Tag und Nacht", "street-light", "roads"),
        ("Fußgängerampel wird nicht grün", "traffic-light", "roads"),
        ("Tiefes Schlagloch in der Fahrbahn", "road-damage", "roads"),
        ("Wilder Müll und eine Matratze", "illegal-dumping", "cleaning"),
        ("Gully verstopft, das Wasser läuft nicht ab", "drainage", "utilities"),
        (
            "Auto ohne Kennzeichen steht seit Wochen",
            "abandoned-vehicle",
            "public-order",
        ),
        ("Die Hecke ragt in den Gehweg", "green", "green"),
        ("Obdachloser schläft bei Frost im Eingang", "homelessness", "social-office"),
        ("Wo gibt es einen Deutschkurs?", "integration", "integration"),
        ("Der Tunnel ist ein Angstraum", "fear-space", "safety-coordination"),
        ("The street light is broken", "street-light", "roads"),
        ("Sokak lambası yanmıyor", "street-light", "roads"),
        ("مصباح الشارع لا يعمل", "street-light", "roads"),
        ("Не горить ліхтар біля будинку", "street-light", "roads"),
        ("Фонарь не горит", "street-light", "roads"),
    ],
)
def test_plain_words_in_any_language_decide(text, service, department):
    reading = read(text)

    assert (reading.service_code, reading.department) == (service, department)
    assert reading.lane == "normal"
    assert reading.words


@pytest.mark.parametrize(
    "text",
    [
        "Es brennt ein Müllcontainer!",
        "In der Gladbecker Straße riecht es nach Gas",
        "Ein Mann läuft mit einem Messer herum",
        "Da liegt jemand im Park und rührt sich nicht",
        "Ich will nicht mehr leben",
        "Am Bahnhof wird einer zusammengeschlagen",
        "The house is on fire",
        "Yangın var!",
        "هناك حريق في المبنى",
        "Пожежа в підʼїзді",
        "Пахнет газом",
    ],
)
def test_danger_takes_the_fast_lane(text):
    reading = read(text)

    assert reading.lane == "danger"
    assert reading.urgent
    assert reading.department in {"public-order", "utilities"}


@pytest.mark.parametrize(
    "text",
    [
        "Spielplatz: Kinder könnten sich verletzen",
        "Hier ist kein Feuer, nur eine kaputte Lampe",
        "Es brennt kein Licht in der Straße",
        "Die Lampe brennt nicht",
        "Feuerwehrzufahrt zugeparkt",
        "Ohne Gasgeruch, aber der Gully stinkt",
        "The fire lane is blocked",
    ],
)
def test_words_that_only_sound_dangerous_stay_normal(text):
    assert read(text).lane == "normal"


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("Das Kind nebenan weint jede Nacht, der Vater brüllt", "jugendamt"),
        ("Unter uns wird die kleine Tochter vom Vater geschlagen", "jugendamt"),
        ("Zwei Kinder sind nachts allein in der Wohnung", "jugendamt"),
        ("Der Nachbar schlägt seine Frau", "asd"),
        ("Mein Mann schlägt mich", "asd"),
        ("A child next door cries every night", "jugendamt"),
        ("Komşunun çocuğu her gece ağlıyor", "jugendamt"),
        ("طفل يبكي كل ليلة عند الجيران", "jugendamt"),
        ("У сусідів щоночі плаче дитина", "jugendamt"),
    ],
)
def test_need_behind_a_door_is_confidential(text, department):
    reading = read(text)

    assert (reading.lane, reading.department) == ("confidential", department)


def test_a_child_in_need_is_not_outweighed_by_rubbish():
    text = "Müll, Sperrmüll, Matratze, und der Vater schlägt sein Kind"

    assert read(text).lane == "confidential"


@pytest.mark.parametrize(
    "text",
    [
        "Meine Familie und die Kinder warten seit Wochen auf die neue Schaukel",
        "Die Müllabfuhr ist überfordert",
        "Eine ältere Dame ist über die lose Gehwegplatte gestürzt",
        "Die Kinder schreien laut auf dem Spielplatz",
        "Jungen schlagen an der Haltestelle Scheiben ein",
        "Die Bank wird als Müllplatz missbraucht",
    ],
)
def test_a_family_in_a_report_is_no_need(text):
    assert read(text).lane == "normal"


def test_danger_in_the_confidential_lane_is_still_urgent():
    reading = read("Er schlägt seine Frau, sie schreit um Hilfe")

    assert (reading.lane, reading.urgent) == ("confidential", True)


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_urgent_however_it_is_put(text):
    assert read(text).urgent


@pytest.mark.parametrize("text", NORMAL)
def test_everyday_trouble_is_neither_danger_nor_secret(text):
    assert read(text).lane == "normal"


@pytest.mark.parametrize("text", CONFIDENTIAL)
def test_need_is_confidential_however_it_is_put(text):
    assert read(text).lane == "confidential"


def test_an_english_word_means_nothing_in_a_german_sentence():
    text = "Ich bin neu und sage danke, die Welt ist rund"

    assert not words_in(text, plain(text), essen()).scores


@pytest.mark.parametrize("text", ["asdf", "???", "   ", "Hallo, bitte melden."])
def test_words_that_say_nothing_decide_nothing(text):
    reading = read(text)

    assert reading.service_code is None
    assert reading.department == "moderation"
    assert reading.confidence < essen().sure_from


def test_the_packs_words_are_named_first_and_the_reporters_name_is_none():
    reading = read("Frau Kowalski sagt: Laterne am Limbecker Platz kaputt")

    assert reading.words[0] == "*laterne*"
    assert "kowalski" not in reading.words


def test_five_hundred_characters_are_read_in_a_millisecond():
    text = ("Am Weg liegt wieder alles voll, Sperrmüll und Scherben. " * 9)[:500]
    runs = []

    for _ in range(100):
        start = time.process_time()
        read(text)
        runs.append(time.process_time() - start)

    assert min(runs) < 0.001


def test_real_reports_of_another_city_are_read_well_enough():
    with public_data("reports/konstanz-2020-2022.csv").open(encoding="utf-8") as file:
        rows = {
            (row["text"], row["common_category"])
            for row in csv.DictReader(file)
            if row["common_category"]
        }

    read_as = [(read(text).service_code, category) for text, category in rows]
    right = sum(service == category for service, category in read_as)
    decided = sum(service is not None for service, _ in read_as)

    assert decided / len(rows) >= 0.75
    assert right / decided >= 0.82
