# SPDX-License-Identifier: MIT
"""What the cells say of a case, and how wide they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.case import Case, save_case
from models.caselist import CaseLine
from models.numbers import Reported
from models.schema import Procedure, TreatedLevel
from models.vocabulary import Leakage, LeakLocation, Level, PainScale, Sex, Technique, TimePoint
from tests.builders import Score, a_case, add_score
from tests.fresh import new_logbook
from tests.listed import listed
from ui.cases.cells import NOTHING, signed
from ui.cases.columns import Key, make_columns
from ui.cases.runs import Ink, Run, shortened

Line = Callable[[Case], CaseLine]


@pytest.fixture
def line(tmp_path: Path) -> Line:
    """The line of a case, by way of a logbook."""

    def read(case: Case) -> CaseLine:
        logbook = new_logbook(tmp_path / "Clinic.kypholog")
        save_case(logbook, case)
        (made,) = listed(logbook)
        logbook.close()
        return made

    return read


def runs(key: Key, line: CaseLine) -> tuple[Run, ...]:
    return next(column for column in make_columns() if column.key is key).runs(line)


def text(key: Key, line: CaseLine) -> str:
    return next(column for column in make_columns() if column.key is key).text(line)


def spoken(key: Key, line: CaseLine) -> str:
    return next(column for column in make_columns() if column.key is key).spoken(line)


def test_headings_are_the_labels_of_the_fields() -> None:
    headings = {column.key: column.header for column in make_columns()}
    assert headings[Key.DATE] == Procedure.performed_on.label
    assert headings[Key.TECHNIQUE] == TreatedLevel.technique.label
    unit = TreatedLevel.cement_ml.unit
    assert headings[Key.CEMENT] == f"{TreatedLevel.cement_ml.label},\n{unit}"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (10, 0, "10 → 0"),
        (8, None, "8 → –"),
        (None, (0, 1), "– → 0–1"),
        (10, "totally resolved", "10 → resolved"),
        (10, "as good as new", "10 → as good as new"),
        ("severe", 2, "severe → 2"),
        (None, None, "—"),
        ((6, 7), (0, 1), "6–7 → 0–1"),
    ],
)
def test_pain_is_said_as_it_was_reported(
    line: Line, before: Score | None, after: Score | None, said: str
) -> None:
    assert text(Key.PAIN, line(a_case(before=before, after=after))) == said


def test_words_for_pain_are_in_italics_and_numbers_are_not(line: Line) -> None:
    before, _, after = runs(Key.PAIN, line(a_case(before=10, after="resolved")))
    assert (before.italic, after.italic) == (False, True)


def test_no_number_and_no_level_is_cut_in_the_middle(line: Line) -> None:
    case = a_case("P-1", Level.T11, Level.T12, before=(60, 70), after=10, scale=PainScale.VAS_100)
    case.levels[0].height_gain_low_mm = case.levels[0].height_gain_high_mm = 12.5
    made = line(case)
    for key in (Key.LEVELS, Key.CEMENT, Key.HEIGHT):
        assert all(run.whole for run in runs(key, made))
    before, _, after = runs(Key.PAIN, made)
    assert before.whole
    assert after.whole


def test_scores_on_two_scales_are_joined_by_no_arrow(line: Line) -> None:
    case = a_case(before=10, after=None)
    add_score(case, 45, "2026-04-04", scale=PainScale.VAS_100)
    made = line(case)
    assert text(Key.PAIN, made) == "10 | 45"
    assert spoken(Key.PAIN, made).splitlines() == [
        "Before (2026-03-04): 10 (NRS 0–10)",
        "1 month (2026-04-04): 45 (VAS 0–100 mm)",
        "Scores on different scales, not to be compared.",
    ]


def test_the_tool_tip_of_pain_keeps_the_words_and_says_what_has_no_date(line: Line) -> None:
    made = line(a_case(before=None, after="totally resolved", after_on=None))
    assert spoken(Key.PAIN, made) == f"{TimePoint.UNDATED.label}: “totally resolved”"


@pytest.mark.parametrize(
    ("leakage", "said", "ink", "in_full"),
    [
        (Leakage.NONE, "—", Ink.MUTED, "None"),
        (Leakage.NOT_ASSESSED, "Not assessed", Ink.MUTED, "Not assessed"),
        (Leakage.PRESENT, "Present", Ink.WARNING, "Present"),
        (None, "?", Ink.MUTED, "Not answered"),
    ],
)
def test_not_answered_is_not_no_leakage(
    line: Line, leakage: Leakage | None, said: str, ink: Ink, in_full: str
) -> None:
    made = line(a_case(leakage=leakage))
    assert runs(Key.LEAKAGE, made) == (Run(said, ink),)
    assert spoken(Key.LEAKAGE, made) == in_full


def test_a_leak_is_said_by_where_it_went(line: Line) -> None:
    case = a_case(leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0], location=LeakLocation.DISC_SUPERIOR)
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL)
    made = line(case)
    (run,) = runs(Key.LEAKAGE, made)
    assert (run.text, run.ink) == ("Disc above, Spinal canal", Ink.WARNING)
    assert spoken(Key.LEAKAGE, made) == "Present: Disc above, Spinal canal"


def test_where_room_is_scarce_terms_are_said_in_their_short_forms(line: Line) -> None:
    case = a_case("P-1", Level.T12, technique=Technique.BALLOON_KYPHOPLASTY)
    case.levels[0].leakage = Leakage.PRESENT
    case.add_leak(case.levels[0], location=LeakLocation.PARAVERTEBRAL_VEIN)
    case.add_leak(case.levels[0], location=LeakLocation.DISC_SUPERIOR)
    made = line(case)
    assert [run.text for run in shortened(runs(Key.TECHNIQUE, made))] == ["Kyphoplasty"]
    assert [run.text for run in shortened(runs(Key.LEAKAGE, made))] == [
        "Paravert. vein, Disc above"
    ]
    assert spoken(Key.TECHNIQUE, made) == Technique.BALLOON_KYPHOPLASTY.label


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((Level.T9,), "T9"),
        ((Level.T9, Level.T10), "T9–T10"),
        ((Level.T12, Level.L1, Level.L2), "T12–L2"),
        ((Level.L5, Level.S1), "L5–S1"),
        ((Level.T12, Level.T13, Level.L1), "T12–L1"),
        ((Level.T12, Level.L2), "T12 + 1"),
        ((Level.T7, Level.T8, Level.L4), "T7 + 2"),
    ],
)
def test_where_room_is_scarce_no_level_is_left_out_unsaid(
    line: Line, levels: tuple[Level, ...], said: str
) -> None:
    (run,) = shortened(runs(Key.LEVELS, line(a_case("P-1", *levels))))
    assert run.text == said


@pytest.mark.parametrize(
    ("gain", "said"),
    [
        (Reported(3, 5), "+3–5"),
        (Reported(2.5, 2.5), "+2.5"),
        (Reported(0, 0), "0"),
        (Reported(0, 2), "+0–2"),
        (Reported(-1, -1), "−1"),
        (Reported(-1, 2), "−1 to +2"),
        (Reported(), ""),
    ],
)
def test_a_gain_in_height_has_its_sign(gain: Reported, said: str) -> None:
    assert signed(gain) == said


def test_a_case_without_heights_has_a_dash(line: Line) -> None:
    made = line(a_case())
    assert text(Key.HEIGHT, made) == "—"
    assert spoken(Key.HEIGHT, made) == "Not recorded"


def test_what_is_known_and_what_is_not(line: Line) -> None:
    case = a_case("P-1", Level.T11, Level.T12, on=None, after=None)
    case.add_level(diagnosis=())
    case.levels[1].technique = Technique.VERTEBROPLASTY
    made = line(case)
    assert text(Key.DATE, made) == "No date"
    assert text(Key.PATIENT, made) == "P-1"
    assert text(Key.AGE_SEX, made) == "75 F"
    assert text(Key.LEVELS, made) == "T11, T12"
    assert all(run.bold and run.whole for run in runs(Key.LEVELS, made))
    assert spoken(Key.LEVELS, made) == "T11, T12 + 1 ?"
    assert text(Key.TECHNIQUE, made) == "Balloon kyphoplasty, Vertebroplasty"
    assert text(Key.CEMENT, made) == "12.0"
    assert spoken(Key.CEMENT, made) == "12 mL in all"


def test_an_empty_case_says_nothing_that_is_not_known(line: Line) -> None:
    made = line(Case.new())
    said = {column.key: column.text(made) for column in make_columns()}
    assert set(said.values()) <= {"—", "?", "No date", "Incomplete", ""}
    assert said[Key.LEAKAGE] == "?"


def test_half_of_age_and_sex_can_be_missing(line: Line) -> None:
    case = a_case(sex=Sex.MALE)
    case.procedure.age_at_procedure = None
    assert text(Key.AGE_SEX, line(case)) == "– M"


def test_synthetic_cases_are_marked(line: Line) -> None:
    case = a_case()
    case.procedure.synthetic = True
    made = line(case)
    assert text(Key.STATUS, made) == "Incomplete, synthetic"
    assert spoken(Key.STATUS, made).startswith("Synthetic case.")


def test_that_no_day_is_known_has_a_sign_where_the_words_have_no_room(line: Line) -> None:
    case = a_case()
    case.procedure.performed_on = None
    made = line(case)
    for key in (Key.DATE, Key.FOLLOW_UP):
        (said,) = runs(key, made)
        assert (said.text, said.short) == ("No date", NOTHING)
    assert spoken(Key.DATE, made) == "No date"
