# SPDX-License-Identifier: MIT
"""The yearly review: what was done, how it went, and how complete that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from models.bulk import save_many
from models.case import save_case
from models.errors import LogbookError
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.query import parse
from models.reports.content import Report
from models.reports.year import yearly_review
from models.sample import make_cases
from models.vocabulary import Leakage, LeakDetection, Technique
from tests.builders import a_case
from tests.fresh import NewLogbook
from tests.models.reports.reading_aloud import AROUND, all_of, cells, table, tables


@pytest.fixture(scope="module")
def review(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Report]:
    logbook = lasting_logbook(tmp_path_factory.mktemp("year") / "Synthetic.kypholog")
    save_many(logbook, make_cases(200, seed=5))
    yield yearly_review(logbook, AROUND, 2024)
    logbook.close()


def test_volume_is_counted_by_month_and_technique(logbook: Logbook) -> None:
    for code, day, technique in (
        ("P-1", "2025-03-04", Technique.VERTEBROPLASTY),
        ("P-2", "2025-03-30", Technique.BALLOON_KYPHOPLASTY),
        ("P-3", "2025", Technique.VERTEBROPLASTY),
        ("P-4", "2024-12-31", Technique.VERTEBROPLASTY),
    ):
        operator = "dr x" if code == "P-3" else "Dr X"
        case = a_case(code, technique=technique, on=None, operator=operator)
        case.procedure.performed_on = PartialDate(day)
        save_case(logbook, case)
    report = yearly_review(logbook, AROUND, 2025)
    volume = table(report, "Cases by month and technique.")
    assert [column.heading for column in volume.columns][3:] == ["Kyphoplasty", "Vertebroplasty"]
    assert cells(report, "Cases by month", "Mar") == ("2", "2", "1", "1")
    assert cells(report, "Cases by month", "Apr") == ("0", "0", "0", "0")
    assert cells(report, "Cases by month", "Month not stated") == ("1", "1", "0", "1")
    assert cells(report, "Cases by month", "All") == ("3", "3", "1", "2")
    assert cells(report, "Cases by operator.", "Dr X") == ("3",)


def test_completeness_is_that_of_the_cases_of_the_year(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", on="2025-03-04", after_on="2025-04-04"))
    save_case(logbook, a_case("P-2", on="2025-05-04", after=None))
    save_case(logbook, a_case("P-3", on="2024-05-04", after=None))
    report = yearly_review(logbook, AROUND, 2025)
    visit = cells(report, "Visits of the year's cases.", "1 month")
    assert visit == ("2", "1 of 2", "0", "0", "1 no reason stated")


def test_outcomes_and_safety_have_their_n_and_interval(review: Report) -> None:
    said = all_of(review)
    assert re.search(r"mean change −\d\.\d points \(SD \d\.\d, 95 % CI", said)
    assert re.match(
        r"\d+ of \d+ \(\d+\.\d %, 95 % CI", cells(review, "Cement leakage.", "Any leak")[0]
    )
    assert cells(review, "Adverse events.", "Any")
    assert cells(review, "Other outcomes.", "Analgesics")


def test_published_rates_stand_beside_the_own_ones_like_with_like(logbook: Logbook) -> None:
    for number in range(6):
        case = a_case(f"P-{number}", technique=Technique.BALLOON_KYPHOPLASTY)
        case.levels[0].leakage = Leakage.PRESENT if number < 2 else Leakage.NONE
        case.levels[0].leak_assessed_by = (LeakDetection.CT,)
        if number < 2:
            case.add_leak(case.levels[0])
        save_case(logbook, case)
    beside = table(yearly_review(logbook, AROUND, 2026), "Leakage with balloon kyphoplasty")
    assert beside.rows[0][:2] == ("This logbook", "2 of 6 levels")
    assert beside.rows[1] == (
        "AJNR 2014;35:2227",
        "157 of 214 levels",
        "73.4 % (67.1 to 78.8 %)",
        "alike",
    )
    assert all(row[3] != "alike" for row in beside.rows[2:])


def test_relief_follow_up_and_events_stand_beside_published_rates_too(review: Report) -> None:
    beside = table(review, "Relief, follow-up, fractures and events")
    own = {beside.rows[place][0]: place for place in beside.parts}
    assert {"Improved, ≥ 2 points", "Same or more analgesics", "A score at 12 months"} <= set(own)
    assert "Improved, ≥ 30 %" not in own
    assert "New fracture, of patients seen at 12 months" in own
    assert not any(label.startswith("Leakage with symptoms") for label in own)
    for label, place in own.items():
        assert re.fullmatch(r"\d+ of \d+ (patients|procedures|levels)", beside.rows[place][1]), (
            label
        )
        assert re.match(r"\d+\.\d % \(\d+\.\d to", beside.rows[place][2])
        below = beside.rows[place + 1]
        assert re.match(r"[\d,]+ of [\d,]+", below[1])
        assert below[3]
    followed = beside.rows[own["A score at 12 months"] + 1]
    assert followed[:2] == ("EVOLVE, NCT01871519", "260 of 350 patients")
    assert followed[3] == "of patients, not of procedures; kyphoplasty only"
    k, n, *_ = re.findall(r"\d+", cells(review, "Visits of the year's cases.", "12 months")[1])
    assert beside.rows[own["A score at 12 months"]][1] == f"{k} of {n} procedures", "one share"


def test_no_single_patient_is_told(review: Report, logbook: Logbook) -> None:
    assert "SYN-" not in all_of(review)
    save_case(logbook, a_case("P-77", after="much better"))
    said = all_of(yearly_review(logbook, AROUND, 2026))
    assert "P-77" not in said


def test_tables_are_numbered_in_their_order(review: Report) -> None:
    numbers = [int(re.findall(r"\d+", one.caption)[0]) for one in tables(review.blocks)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_year_without_cases_says_so(logbook: Logbook) -> None:
    assert "No case of 2020 is in the logbook." in all_of(yearly_review(logbook, AROUND, 2020))


def test_what_is_no_year_is_refused(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="26 is no year"):
        yearly_review(logbook, AROUND, 26)


def test_a_filter_narrows_the_year_and_is_printed(logbook: Logbook) -> None:
    for code, technique, after in (
        ("P-1", Technique.VERTEBROPLASTY, 2),
        ("P-2", Technique.BALLOON_KYPHOPLASTY, None),
        ("P-3", Technique.BALLOON_KYPHOPLASTY, 3),
    ):
        case = a_case(
            code, technique=technique, on="2025-03-04", after=after, after_on="2025-04-04"
        )
        save_case(logbook, case)
    report = yearly_review(logbook, AROUND, 2025, parse("technique:kyphoplasty"))
    said = all_of(report)
    assert report.n_cases == 2
    assert said.count("Filter: Technique balloon kyphoplasty.") == 2
    assert cells(report, "Cases by month", "All") == ("2", "2", "2")
    assert cells(report, "Visits of the year's cases.", "1 month")[:2] == ("2", "1 of 2")
    none = all_of(yearly_review(logbook, AROUND, 2024, parse("technique:kyphoplasty")))
    assert "No case of 2024 that the filter finds is in the logbook." in none


def test_a_filter_by_a_patients_code_does_not_tell_it(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-77", on="2025-03-04"))
    report = yearly_review(logbook, AROUND, 2025, parse("patient:P-77 level:T12"))
    assert report.n_cases == 1
    assert "P-77" not in all_of(report)
    assert "Filter: Level T12, patients by their codes." in all_of(report)
