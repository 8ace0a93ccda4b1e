# SPDX-License-Identifier: MIT
"""The lines of the list: what was saved, in its own types, in the order that is wanted."""

from __future__ import annotations

from datetime import date

from models.case import bin_case, save_case
from models.caselist import Counts, Query, SortBy, counts, lines, outline
from models.logbook import Logbook
from models.numbers import Reported
from models.vocabulary import Leakage, LeakLocation, Level, PainScale, Sex, Technique, TimePoint
from tests.builders import a_case, add_score
from tests.listed import listed

TODAY = date(2026, 3, 14)


def test_a_line_holds_what_was_saved_in_its_own_types(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.T11, before=10, after=(0, 1), after_on="2026-04-04")
    upper, lower = case.levels
    upper.leakage = Leakage.PRESENT
    case.add_leak(upper, location=LeakLocation.EPIDURAL)
    lower.height_gain_low_mm, lower.height_gain_high_mm = 3, 5
    case.procedure.synthetic = True
    save_case(logbook, case)
    (line,) = listed(logbook)
    assert line.case_id == case.id
    assert (line.performed_on, line.age, line.sex) == ("2026-03-04", 75, Sex.FEMALE)
    assert line.levels == (Level.T11, Level.T12)
    assert line.techniques == (Technique.BALLOON_KYPHOPLASTY,)
    assert line.cement_ml == 12
    assert (line.leakage, line.leak_locations) == (Leakage.PRESENT, (LeakLocation.EPIDURAL,))
    assert line.gain == Reported(3, 5)
    assert (line.before, line.latest) == (Reported(10, 10), Reported(0, 1))
    assert line.pain_scale is PainScale.NRS
    assert [score.time_point for score in line.course] == [TimePoint.BASELINE, TimePoint.M1]
    assert line.course[1].reported == Reported(0, 1)
    assert line.course[1].assessed_on == "2026-04-04"
    assert (line.complete, line.synthetic) == (False, True)


def test_a_word_stays_a_word_and_no_answer_stays_no_answer(logbook: Logbook) -> None:
    case = a_case(before=10, after="resolved", after_on=None, leakage=None, cement_ml=None)
    save_case(logbook, case)
    (line,) = listed(logbook)
    assert line.latest == Reported(words="resolved")
    assert line.leakage is None
    assert line.cement_ml is None
    assert line.gain == Reported()


def test_two_scales_in_one_case_have_no_common_scale(logbook: Logbook) -> None:
    case = a_case(before=10, after=None)
    add_score(case, 45, "2026-04-04", scale=PainScale.VAS_100)
    save_case(logbook, case)
    (line,) = listed(logbook)
    assert line.pain_scale is None
    assert [score.scale for score in line.course] == [PainScale.NRS, PainScale.VAS_100]


def test_lines_come_in_the_order_in_which_they_are_wanted(large: Logbook) -> None:
    assert [line.number for line in lines(large, [7, 4, 9_999, 12], TODAY)] == [7, 4, 9_999, 12]
    assert not lines(large, [], TODAY)


def test_a_term_that_this_program_does_not_know_takes_no_line_away(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    logbook.database.execute_sql(
        "UPDATE case_row SET techniques = techniques || '|to_come', leakage = 'to_come'"
    )
    (line,) = listed(logbook)
    assert (line.techniques, line.leakage) == ((Technique.BALLOON_KYPHOPLASTY,), None)


# order


def test_levels_sort_by_anatomy_and_not_by_text(logbook: Logbook) -> None:
    for level in (Level.L1, Level.C2, Level.T10, Level.T2):
        save_case(logbook, a_case(f"P-{level}", level))
    found = listed(logbook, sort=SortBy.LEVEL, descending=False)
    assert [line.levels for line in found] == [(Level.C2,), (Level.T2,), (Level.T10,), (Level.L1,)]


def test_terms_sort_by_their_vocabulary(logbook: Logbook) -> None:
    techniques = [Technique.RF_KYPHOPLASTY, Technique.VERTEBROPLASTY, Technique.BALLOON_KYPHOPLASTY]
    for technique in techniques:
        save_case(logbook, a_case(f"P-{technique}", technique=technique))
    found = listed(logbook, sort=SortBy.TECHNIQUE, descending=False)
    in_order = sorted(techniques, key=lambda technique: technique.rank)
    assert in_order != sorted(techniques)
    assert [line.techniques for line in found] == [(technique,) for technique in in_order]


def test_partial_dates_stand_with_their_year(logbook: Logbook) -> None:
    for day in ("2011-03", "2012", None, "2011", "2011-03-04"):
        save_case(logbook, a_case(f"P-{day}", on=day, after=None))
    dates = [line.performed_on for line in listed(logbook, descending=False)]
    assert dates == ["2011", "2011-03", "2011-03-04", "2012", None]


def test_texts_sort_without_case_and_accents(logbook: Logbook) -> None:
    for operator in ("Zoe", "\u00c9mile", "anna", "Bob"):
        save_case(logbook, a_case(f"P-{operator}", operator=operator))
    found = listed(logbook, sort=SortBy.OPERATOR, descending=False)
    assert [line.operator for line in found] == ["anna", "Bob", "\u00c9mile", "Zoe"]


def test_scores_on_different_scales_are_not_mixed_in_an_order(logbook: Logbook) -> None:
    for score, scale in (
        (70, PainScale.VAS_100),
        (8, PainScale.NRS),
        (9.5, PainScale.VAS_10),
        (5, PainScale.VAS_100),
        ((2, 3), PainScale.NRS),
        (2, PainScale.NRS),
        ("much", PainScale.NRS),
    ):
        save_case(logbook, a_case(f"P-{score}-{scale}", before=score, scale=scale, after=None))
    found = listed(logbook, sort=SortBy.PAIN_BEFORE, descending=False)
    assert [(line.pain_scale, line.before.low) for line in found] == [
        (PainScale.NRS, 2),
        (PainScale.NRS, 2),
        (PainScale.NRS, 8),
        (PainScale.VAS_10, 9.5),
        (PainScale.VAS_100, 5),
        (PainScale.VAS_100, 70),
        (None, None),
    ]
    assert [line.before.high for line in found[:2]] == [2, 3]


def test_a_change_is_known_only_on_one_scale(logbook: Logbook) -> None:
    for code, before, after in (("P-1", 8, 2), ("P-2", (6, 7), (2, 3)), ("P-3", 8, "resolved")):
        save_case(logbook, a_case(code, before=before, after=after))
    mixed = a_case("P-4", before=8, after=None)
    add_score(mixed, 10, "2026-04-04", scale=PainScale.VAS_100)
    save_case(logbook, mixed)
    found = listed(logbook, sort=SortBy.PAIN_CHANGE, descending=False)
    assert [line.patient_code for line in found] == ["P-1", "P-2", "P-3", "P-4"]
    found = listed(logbook, sort=SortBy.PAIN_CHANGE)
    assert [line.patient_code for line in found] == ["P-2", "P-1", "P-4", "P-3"]


def test_cases_without_a_value_come_last_in_either_direction(large: Logbook) -> None:
    for descending in (True, False):
        found = listed(large, sort=SortBy.LEVEL, descending=descending)
        known = [line.levels[0].rank for line in found if line.levels]
        assert known == sorted(known, reverse=descending)
        assert not any(line.levels for line in found[len(known) :])
        entered = [line.number for line in found[len(known) :]]
        assert entered == sorted(entered, reverse=descending)


# the bin, and counts


def test_what_is_in_the_bin_is_in_no_list(logbook: Logbook) -> None:
    kept, gone = a_case("P-1"), a_case("P-2")
    for case in (kept, gone):
        save_case(logbook, case)
    numbers = [line.number for line in listed(logbook)]
    bin_case(logbook, gone.id, "entered twice")
    assert [line.case_id for line in lines(logbook, numbers, TODAY)] == [kept.id]
    for text in ("", "kypho", "level:T12", "-leak:yes"):
        assert [line.case_id for line in listed(logbook, text)] == [kept.id]
    assert outline(logbook, Query(), find=[gone.id, kept.id]).rows == {kept.id: 0}
    assert counts(logbook).cases == 1


def test_counts_of_a_logbook(logbook: Logbook) -> None:
    assert counts(logbook) == Counts(cases=0, patients=0, levels=0, synthetic=0)
    first = a_case("P-1", Level.T11, Level.T12)
    save_case(logbook, first)
    again = a_case("P-1", Level.L1)
    again.patient = first.patient
    again.procedure.patient_id = str(first.patient.id)
    again.procedure.synthetic = True
    save_case(logbook, again)
    save_case(logbook, a_case("P-2"))
    assert counts(logbook) == Counts(cases=3, patients=2, levels=4, synthetic=1)
