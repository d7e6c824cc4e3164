"""Is a foreign file of reports moved onto our streets, the same way each time?"""

import pytest

from deploy.demo.__main__ import chosen_reports
from deploy.demo.reports import load_table, repeated
from tests.unit.city.essen import essen

HEADER = "source,id,text,category,common_category,office,state,lat,lon,reported_at\n"


def table(tmp_path, *texts: str):
    rows = [
        f'konstanz,{n},"{text}",x,dirt,,,47.6,9.1,\n' for n, text in enumerate(texts)
    ]
    file = tmp_path / "reports.csv"
    file.write_text(HEADER + "".join(rows), "utf-8")
    return file


def test_every_row_gets_a_place_in_the_city(tmp_path):
    file = table(tmp_path, *(f"Müll Nummer {number}" for number in range(40)))

    reports = load_table(file, essen().spots)

    assert len(reports) == 40
    assert all(essen().contains(w.report["lat"], w.report["long"]) for w in reports)
    assert len({w.report["address"] for w in reports}) > 10
    assert any("contact" in w.report for w in reports)
    assert reports == load_table(file, essen().spots)


def test_words_that_intake_would_refuse_are_mended(tmp_path):
    file = table(tmp_path, "?", "Müll\u202e hier", "x" * 5000)

    said = [w.report["description"] for w in load_table(file, essen().spots)]

    assert said[:2] == ["Meldung: ?", "Müll hier"]
    assert len(said[2]) == 4000


def test_a_file_without_texts_says_so(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", "utf-8")

    with pytest.raises(ValueError, match="text"):
        load_table(file, essen().spots)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(ValueError, match="no file"):
        chosen_reports(tmp_path / "gone.csv", None, essen())


def test_a_count_beyond_the_file_begins_again(tmp_path):
    reports = load_table(table(tmp_path, "eins", "zwei"), essen().spots)

    texts = [w.report["description"] for w in repeated(reports, 3)]

    assert texts == ["eins", "zwei", "eins"]


def test_every_spot_of_the_pack_is_in_the_quarter_it_names():
    for spot in essen().spots:
        assert essen().quarter_of(spot.lat, spot.long) == spot.quarter

    assert {spot.quarter for spot in essen().spots} == set(essen().quarters)
