"""Are the demonstration's reports such as a city gets, and are they read right?"""

from collections import Counter

import pytest

from deploy.demo.reports import Written, load_reports
from tests.unit.city.essen import ROOT, essen, read

REPORTS = load_reports(ROOT / "deploy" / "demo" / "reports.jsonl")


def decided(written: Written) -> tuple[str, str]:
    """Department and lane, as intake and router decide them."""
    reading = read(written.report["description"])
    asked = essen().services.get(written.report.get("service_code", ""))
    if reading.lane == "confidential":
        return reading.department, "confidential"
    lane = "danger" if reading.lane == "danger" else "normal"
    if asked is not None and asked.lane == "confidential":
        return asked.department, "confidential"
    if written.report.get("confidential"):
        known = reading.department if reading.service_code else essen().confidential
        return known, "confidential"
    if asked is not None and asked.department != essen().moderation:
        return asked.department, lane
    return reading.department, lane


def test_there_are_enough_of_them_for_every_department_and_service():
    assert len(REPORTS) >= 150
    assert {written.department for written in REPORTS} == set(essen().departments)


def test_every_lane_is_played():
    lanes = Counter(written.lane for written in REPORTS)

    assert lanes["danger"] >= 2
    assert lanes["confidential"] >= 2


def test_they_are_written_in_the_citys_languages():
    languages = {read(w.report["description"]).language for w in REPORTS}

    assert languages >= {"de", "en", "tr", "ar", "uk"}


@pytest.mark.parametrize("written", REPORTS, ids=range(len(REPORTS)))
def test_a_report_is_one_that_intake_takes(written):
    report = written.report

    assert set(report) <= {
        "description",
        "service_code",
        "lat",
        "long",
        "address",
        "contact",
        "confidential",
    }
    assert 3 <= len(report["description"]) <= 4000
    assert report.get("service_code", "other") in essen().services
    assert ("lat" in report) == ("long" in report)
    if "contact" in report:
        assert report["contact"]["email"].endswith("@example.org")
    if "lat" in report:
        quarter = essen().quarter_of(report["lat"], report["long"])
        assert quarter is not None
        assert report.get("address", quarter).endswith(quarter)


def test_the_words_alone_find_the_department_nearly_always():
    right = sum(
        read(w.report["description"]).department == w.department
        for w in REPORTS
        if not w.report.get("confidential")
    )
    asked = sum(not w.report.get("confidential") for w in REPORTS)

    assert right / asked >= 0.90


def test_with_what_the_reporter_chose_the_lane_is_right_too():
    wrong = [
        (w.report["description"], decided(w))
        for w in REPORTS
        if decided(w) != (w.department, w.lane)
    ]

    assert len(wrong) <= len(REPORTS) // 20, wrong
