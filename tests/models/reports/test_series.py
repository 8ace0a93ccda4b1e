# SPDX-License-Identifier: MIT
"""The case series: right for the published cases, and honest where there is little or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.bulk import save_many
from models.case import bin_case, save_case
from models.example import add_example
from models.logbook import Logbook
from models.query import parse
from models.reports.content import Figure, Gallery, PainFigure, Report
from models.reports.series import case_series
from models.sample import make_cases
from models.schema import PatientIdentity
from models.vocabulary import EventKind, Leakage, LeakLocation, Level, Technique, YesNo
from tests.builders import a_case, add_score, store_names
from tests.fresh import NewLogbook
from tests.models.asked import statements
from tests.models.reports.reading_aloud import AROUND, all_of, cells, table


@pytest.fixture(scope="module")
def example(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Report]:
    """The report on the two published cases."""
    logbook = lasting_logbook(tmp_path_factory.mktemp("series") / "Example.kypholog", user="anna")
    add_example(logbook)
    yield case_series(logbook, AROUND)
    logbook.close()


@pytest.fixture(scope="module")
def synthetic(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """A logbook with enough cases for every number."""
    logbook = lasting_logbook(tmp_path_factory.mktemp("series") / "Synthetic.kypholog")
    save_many(logbook, make_cases(60, seed=3))
    yield logbook
    logbook.close()


def test_the_published_patients_stand_in_the_table_as_the_paper_has_them(example: Report) -> None:
    assert table(example, "Patients.").rows == (
        (
            "1",
            "Jones2009-I",
            "38, M",
            "L5",
            "Vertebral hemangioma",
            "Balloon kyphoplasty",
            "not stated",
            "4",
            "none (way of looking not recorded)",
            "not recorded",
            "not recorded",
            "0–1 (VAS 0–10)",
            "date not stated",
            "none",
        ),
        (
            "2",
            "Jones2009-II",
            "75, F",
            "T12",
            "Vertebral hemangioma, compression fracture, cause not stated",
            "Balloon kyphoplasty",
            "right transpedicular",
            "6",
            "none (way of looking not recorded)",
            "3–5 (reported)",
            "10 (VAS 0–10)",
            "“totally resolved”",
            "date not stated",
            "none",
        ),
    )


def test_of_the_published_cases_nothing_more_is_claimed(example: Report) -> None:
    said = all_of(example)
    assert "No complete pair: 1 with no score before (not recorded), 1 with only words" in said
    assert not re.search(r"\bp [=<] |Wilcoxon|\bt test|mean change|[Mm]ean pain|Reached:", said)
    assert not re.search(r"\d %", said.replace("95 %", ""))
    assert "SD" not in said.replace("Mean (SD)", "")


def test_each_visit_tells_how_many_were_due(logbook: Logbook, example: Report) -> None:
    save_case(logbook, a_case("P-1", on="2025-03-04", after_on="2025-04-04"))
    save_case(logbook, a_case("P-2", on="2025-03-04", after=None))
    save_case(logbook, a_case("P-3", Level.L4, on="2025-03-04", after=None))
    report = case_series(logbook, AROUND, parse("level:T12"))
    visit = cells(report, "Visits that were due.", "1 month")
    assert visit == ("2", "1 of 2", "0", "0", "1 no reason stated")
    assert "Visits that were due." not in all_of(example), "nobody knows the days of their visits"


def test_of_few_values_each_is_listed(example: Report) -> None:
    caption = "What the cases are like."
    assert cells(example, caption, "Age at procedure, years") == ("38 and 75", "2", "0")
    assert cells(example, caption, "Cement, mL a level") == ("4 and 6", "2", "0")
    assert cells(example, caption, "Height gain, mm") == ("as a range, not averaged: 3–5", "1", "1")
    assert cells(example, caption, "Approach") == ("Right transpedicular 1 of 1", "1", "1")


def test_gains_that_are_only_reported_stand_apart_from_measured_ones(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.L1, Level.L2)
    one, two, three = case.levels
    one.anterior_before_mm, one.anterior_after_mm = 18, 22.5
    for row, low, high in ((one, 9, 9), (two, 6, 6), (three, 3, 5)):
        row.height_gain_low_mm, row.height_gain_high_mm = low, high
    save_case(logbook, case)
    told, n, missing = cells(case_series(logbook, AROUND), "What the cases", "Height gain, mm")
    assert told == "4.5; only reported: 6; as a range, not averaged: 3–5"
    assert (n, missing) == ("3", "0")


def test_the_flow_tells_where_cases_were_left_out(logbook: Logbook) -> None:
    for number in range(3):
        save_case(logbook, a_case(f"P-{number}", after=None if number else 2))
    gone = a_case("P-9")
    save_case(logbook, gone)
    bin_case(logbook, gone.id, "Entered twice")
    save_case(logbook, a_case("P-8", Level.L1, technique=Technique.VERTEBROPLASTY))
    report = case_series(logbook, AROUND, parse("level:T12"))
    rows = table(report, "Flow of patients.").rows
    assert [row[1] for row in rows] == ["4", "3", "3", "1", "1"]
    assert rows[0][2] == "1 case in the bin"
    assert rows[1][2] == "1 case that the filter leaves out"
    assert rows[-1][2] == "2 with no follow-up score"


def test_a_few_pairs_get_a_line_each_and_no_mean_and_no_test(logbook: Logbook) -> None:
    for number, after in enumerate((1, 2, 6)):
        save_case(logbook, a_case(f"P-{number}", before=8, after=after))
    report = case_series(logbook, AROUND)
    said = all_of(report)
    assert "With 3 complete pairs no mean is given and nothing is tested" in said
    assert "the change was −7.0, −6.0, −2.0 points" in said
    [figure] = (block for block in report.blocks if isinstance(block, Figure))
    assert isinstance(figure.subject, PainFigure)
    drawn = figure.subject.outcome
    assert drawn.pairs.shape == (2, 3)
    assert drawn.middle(drawn.numbers.before, drawn.numbers.before_spread) == (None, None)


def test_enough_pairs_get_mean_interval_tests_and_thresholds(synthetic: Logbook) -> None:
    said = all_of(case_series(synthetic, AROUND))
    assert re.search(r"mean change −\d\.\d points \(SD \d\.\d, 95 % CI −\d\.\d to −\d\.\d\)", said)
    assert re.search(r"Paired t test t −\d+\.\d\d, df \d+, p < 0\.001", said)
    assert re.search(r"≥ 2 points \d+ of \d+ \(\d+\.\d %, 95 % CI", said)
    assert "≥ 30 % (Farrar 2001, Ostelo 2008; moderate in IMMPACT, Dworkin 2008)" in said
    assert re.search(r"Numbers by Kypholog \d.*with NumPy \d.* and SciPy \d", said)


@pytest.mark.parametrize(
    ("after", "said"), [(2, "Every pair changed by the same"), (8, "No pair changed")]
)
def test_pairs_that_are_all_alike_are_told_and_not_tested(
    logbook: Logbook, after: int, said: str
) -> None:
    save_many(logbook, [a_case(f"P-{n}", before=8, after=after) for n in range(8)])
    told = all_of(case_series(logbook, AROUND))
    assert f"{said}, so that there is nothing to test." in told
    assert "p <" not in told
    assert "p =" not in told


def test_those_lost_enter_by_a_model_where_n_allows(logbook: Logbook, example: Report) -> None:
    pairs = [
        a_case(f"P-{n}", on="2024-03-04", before=5 + n % 4, after=n % 6, after_on="2024-04-04")
        for n in range(31)
    ]
    lost = [a_case(f"L-{n}", on="2024-03-04", before=10, after=None) for n in range(8)]
    save_many(logbook, [*pairs, *lost])
    said = all_of(case_series(logbook, AROUND))
    assert re.search(
        r"If scores are missing at random, the mean change to 1 month is −\d\.\d points \(95 % CI "
        r"−\d\.\d to −\d\.\d; mixed model, 39 cases, 70 scores\); in the 31 complete pairs then",
        said,
    )
    assert "by a mixed model for repeated measures (time points before, 1 month as cat" in said
    assert "Those who died or are not due count as if they had answered." in said
    assert "mixed model" not in all_of(example)


def test_synthetic_cases_are_marked_everywhere(synthetic: Logbook) -> None:
    report = case_series(synthetic, AROUND)
    assert "Synthetic data: every case in this report is made up." in report.subtitle
    assert "Synthetic data" in report.footer
    assert all("(synthetic)" in row[1] for row in table(report, "Patients.").rows)


def test_who_where_and_when_stand_below_the_title(logbook: Logbook) -> None:
    save_case(logbook, a_case())
    report = case_series(logbook, AROUND, parse("leak:no technique:vp,bkp"))
    assert report.subtitle[0].startswith("1 case. Filter: Leakage none, technique balloon")
    assert "(leak:none technique:balloon_kyphoplasty,vertebroplasty)." in report.subtitle[0]
    assert report.subtitle[-1].startswith("Logbook Clinic, made 2026-11-27 14:03 by anna")


def test_what_was_searched_for_is_not_repeated(logbook: Logbook) -> None:
    save_case(logbook, a_case("Musterfrau-1"))
    report = case_series(logbook, AROUND, parse("musterfrau level:T12"))
    assert report.n_cases == 1
    assert "words that were searched for" in report.subtitle[0]
    assert "musterfrau" not in " ".join(report.subtitle)


def test_no_name_is_in_it(logbook: Logbook) -> None:
    store_names(logbook)
    case = a_case()
    case.identity = PatientIdentity(
        patient=case.patient.id, full_name="Erika Musterfrau", record_number="4711-08"
    )
    case.procedure.notes = "Erika asked to be called"
    save_case(logbook, case)
    said = all_of(case_series(logbook, AROUND))
    assert "Erika" not in said
    assert "4711" not in said


def test_what_differs_between_levels_is_told_level_by_level(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L1, Level.T12)
    case.levels[0].leakage, case.levels[0].cement_ml = Leakage.PRESENT, 4.5
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL, symptomatic=YesNo.YES)
    case.procedure.any_complication = YesNo.YES
    case.add_adverse_event(kind=EventKind.FRACTURE_ADJACENT, level=Level.L2)
    save_case(logbook, case)
    row = table(case_series(logbook, AROUND), "Patients.").rows[0]
    assert row[3] == "T12, L1"
    assert row[5] == "Balloon kyphoplasty"
    assert row[7] == "T12: 6; L1: 4.5"
    assert row[8].endswith("L1: spinal canal (symptomatic) (way of looking not recorded)")
    assert row[12] == "1 mo (31 days)"
    assert row[13] == "new fracture, adjacent (L2)"


def test_leakage_of_levels_and_patients_is_counted_apart(logbook: Logbook) -> None:
    for number in range(6):
        case = a_case(f"P-{number}", Level.L1, Level.T12)
        if number < 2:
            case.levels[0].leakage = Leakage.PRESENT
            case.add_leak(case.levels[0], location=LeakLocation.DISC_SUPERIOR)
        save_case(logbook, case)
    caption = "Cement leakage."
    report = case_series(logbook, AROUND)
    levels, patients = cells(report, caption, "Any leak")
    assert levels.startswith("2 of 12 (16.7 %, 95 % CI")
    assert patients.startswith("2 of 6 (33.3 %, 95 % CI")
    assert cells(report, caption, "Disc above")[0].startswith("2 of 12")


def test_scores_on_another_scale_are_told_and_never_mixed(synthetic: Logbook) -> None:
    said = all_of(case_series(synthetic, AROUND))
    assert re.search(r"left out of these numbers: VAS 0–10.* \(\d+ pairs?\)", said)


def test_one_of_one_is_told_in_the_singular(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.any_complication = YesNo.NO
    save_case(logbook, case)
    said = all_of(case_series(logbook, AROUND))
    for told in ("at 1 of 1 level:", "in 1 of 1 case:", "1 of 1 patient)"):
        assert told in said
    assert not re.search(r"\b1 (of 1 )?(levels|cases|patients|procedures)\b", said)


def test_nothing_in_the_filter_is_said(logbook: Logbook) -> None:
    report = case_series(logbook, AROUND, parse("level:C2"))
    assert "No case is in this report." in all_of(report)
    assert report.n_cases == 0


def test_a_figure_draws_no_mean_of_few(logbook: Logbook) -> None:
    for number in range(6):
        case = a_case(f"P-{number}", before=8, after=2)
        if number < 3:
            add_score(case, 1, "2026-09-04")
        save_case(logbook, case)
    (gallery,) = [
        block for block in case_series(logbook, AROUND).blocks if isinstance(block, Gallery)
    ]
    subject = gallery.figures[1].subject
    assert isinstance(subject, PainFigure)
    assert [point.scores.n for point in subject.outcome.numbers.course] == [6, 6]


def test_the_reading_tells_how_far_it_is_and_can_be_stopped(synthetic: Logbook) -> None:
    heard: list[tuple[int, int]] = []
    case_series(synthetic, AROUND, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (60, 60)

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        case_series(synthetic, AROUND, progress=stop)


def test_reading_takes_a_fixed_number_of_statements(
    new_logbook: NewLogbook, tmp_path: Path
) -> None:
    counts = []
    for place, n in (("few", 3), ("many", 40)):
        logbook = new_logbook(tmp_path / f"{place}.kypholog")
        save_many(logbook, make_cases(n, seed=2))
        with logbook.session(), statements(logbook) as asked:
            case_series(logbook, AROUND)
        counts.append(len(asked))
        logbook.close()
    assert counts[0] == counts[1]
