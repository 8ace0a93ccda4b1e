# SPDX-License-Identifier: MIT
"""What conditions mean for a case. The reference that SQL is tested against is tested here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from models import derived
from models.case import Case
from models.caserow import line_of
from models.partial_date import PartialDate
from models.query import Filter, parse
from models.schema import PatientIdentity
from models.vocabulary import (
    AdjunctKind,
    Diagnosis,
    EventKind,
    Leakage,
    LeakLocation,
    Level,
    PainScale,
    Technique,
    Yeom,
    YesNo,
)
from tests.builders import a_case, add_score
from tests.models.any_case import cases
from tests.models.query.any_filter import filters
from tests.models.query.reference import holds, pain_before, pain_latest

TODAY = date(2026, 3, 14)


def meets(case: Case, text: str, **known: object) -> bool:
    derived.work_out(case)
    return holds(parse(text), case, today=TODAY, **known)  # type: ignore[arg-type]


@given(filters(), cases())
def test_a_negated_condition_holds_where_the_condition_does_not(asked: Filter, case: Case) -> None:
    derived.work_out(case)
    answers = [holds(Filter((term,)), case, today=TODAY) for term in asked.terms]
    opposite = [
        holds(Filter((replace(term, negated=not term.negated),)), case, today=TODAY)
        for term in asked.terms
    ]
    assert opposite == [not answer for answer in answers]
    assert holds(asked, case, today=TODAY) is all(answers)


@given(cases())
def test_the_scores_are_those_of_the_list(case: Case) -> None:
    derived.work_out(case)
    line = line_of(case)
    before, latest = pain_before(case), pain_latest(case)
    assert line["pain_before_low"] == (before.pain_low if before else None)
    assert line["pain_latest_high"] == (latest.pain_high if latest else None)


def test_any_row_of_the_case_is_enough() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    assert meets(case, "level:T12 level:L1 levels:2 region:thoracic region:lumbar")
    assert meets(case, "level:T11,L1 level:T10-L2")
    assert not meets(case, "level:T11")
    assert not meets(case, "-level:T12")
    assert not meets(case, "levels:>2")


def test_two_conditions_may_be_met_by_two_levels() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    case.levels[1].leakage = Leakage.PRESENT
    assert meets(case, "level:T12 leak:yes")


def test_two_diagnoses_on_one_level_are_both_found() -> None:
    case = a_case()
    case.levels[0].diagnosis = (Diagnosis.HEMANGIOMA, Diagnosis.OSTEOPOROTIC_FRACTURE)
    assert meets(case, "dx:hemangioma dx:OVCF")


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((Leakage.NONE, Leakage.NONE), "none"),
        ((Leakage.NONE, Leakage.PRESENT), "yes"),
        ((None, Leakage.PRESENT), "yes"),
        ((Leakage.NONE, Leakage.NOT_ASSESSED), "not_assessed"),
        ((Leakage.NONE, None), "unanswered"),
    ],
)
def test_trap_12_not_answered_is_not_none(
    answers: tuple[Leakage | None, Leakage | None], state: str
) -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    for row, answer in zip(case.levels, answers, strict=True):
        row.leakage = answer
    for asked in ("none", "yes", "not_assessed", "unanswered"):
        assert meets(case, f"leak:{asked}") is (asked == state)
    assert meets(case, "has:leak") is (state != "unanswered")


def test_a_case_without_a_level_has_not_answered() -> None:
    case = a_case()
    case.levels.clear()
    assert meets(case, "leak:unanswered levels:0 missing:level,technique -region:thoracic")


def test_rows_below_the_case_are_asked() -> None:
    case = a_case()
    leak = case.add_leak(case.levels[0], location=LeakLocation.DISC_SUPERIOR, yeom_type=Yeom.D)
    leak.symptomatic = YesNo.NO
    case.add_adjunct(kind=AdjunctKind.ETHANOL)
    case.add_adverse_event(kind=EventKind.INFECTION)
    assert meets(case, "location:intradiscal yeom:D symptomatic:no adjunct:alcohol event:infect")
    assert not meets(case, "symptomatic:yes")
    assert meets(case, "missing:prior -event:death has:adjunct")


# scores


@pytest.mark.parametrize(
    ("score", "met", "unmet"),
    [
        ((0, 1), ("<=1", "0..1", "<2", ">=0"), ("<=0", "<1", ">=1", "0", "1", ">0")),
        ((7, 7), ("7", ">=7", "<=7", "6..8"), ("<7", ">7", "8")),
        ("severe", (), ("<=1", ">=0", "0..10", "0")),
        (None, (), ("<=1", ">=0", "0..10")),
    ],
)
def test_trap_3_and_4_ranges_count_as_a_whole_and_words_never(
    score: object, met: tuple[str, ...], unmet: tuple[str, ...]
) -> None:
    case = a_case(before=score)  # type: ignore[arg-type]
    for condition in met:
        assert meets(case, f"pain:{condition}"), condition
    for condition in unmet:
        assert not meets(case, f"pain:{condition}"), condition
        assert meets(case, f"-pain:{condition}"), condition
    assert meets(case, "has:pain") is (score is not None)


def test_trap_8_scores_are_compared_on_their_own_scale() -> None:
    case = a_case(before=8, after=12, scale=PainScale.VAS_100)
    assert not meets(case, "pain:>=7")
    assert not meets(case, "latest:>=7")
    assert meets(case, "pain_mm:8 latest_mm:>=10 change_mm:4 -change:4 has:pain")


def test_trap_5_the_change_is_signed_and_every_possible_one_has_to_meet() -> None:
    assert meets(a_case(before=8, after=2), "change:-6 change:<=-2")
    assert meets(a_case(before=2, after=5), "change:3 -change:<0")
    case = a_case(before=(7, 8), after=(0, 1))
    assert meets(case, "change:-8..-6 change:<=-6")
    assert not meets(case, "change:<=-7")


def test_there_is_no_change_between_two_scales() -> None:
    case = a_case(before=8, after=None)
    add_score(case, 20, "2026-04-04", scale=PainScale.VAS_100)
    assert meets(case, "pain:8 latest_mm:20 missing:change -change:<0 -change_mm:<0")


# dates


@pytest.mark.parametrize(
    ("day", "met", "unmet"),
    [
        (
            "2026-03-04",
            ("2026", "2026-03", "30d", "2026..today", "2025-06..2026-03"),
            ("2025", "2026-04", "today", "7d", "<2026-03-04"),
        ),
        ("2026-03", ("2026", "2026-03", ">=2026", "<2026-04"), ("2026-03-04", ">=2026-03-02")),
        ("2026", ("2026", ">2025"), ("2026-03", ">=2026-01-02", "<=2026-12-30", "1y")),
        ("2026-03-14", ("today", "1d", "<=today"), ("<today", ">today")),
        (None, (), ("2026", ">1900", "<=today")),
    ],
)
def test_a_date_has_to_lie_within_as_a_whole(
    day: str | None, met: tuple[str, ...], unmet: tuple[str, ...]
) -> None:
    case = a_case(on=day, before=None, after=None)
    for condition in met:
        assert meets(case, f"date:{condition}"), condition
    for condition in unmet:
        assert not meets(case, f"date:{condition}"), condition


# texts and words


def test_texts_are_compared_without_case_and_accents() -> None:
    case = a_case("P-10", operator="Dr  Müller-Lüdenscheid")
    case.procedure.cement_lot = "A12"
    assert meets(case, "op:muller op:LÜDEN op:=dr,muller") is False
    assert meets(case, 'op:muller op:LÜDEN op:="dr muller-ludenscheid" -op:smith patient:p-1')
    assert meets(case, "lot:A1 lot:=a12 -lot:=A1 -patient:=P-1")


def test_every_searched_word_begins_a_word_of_the_case() -> None:
    case = a_case(technique=Technique.VERTEBROPLASTY)
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Erika Mustermann")
    assert meets(case, 'vertebro t12 "dr a" operat -kypho')
    assert not meets(case, "plasty")
    assert not meets(case, "muster")
    assert meets(case, "muster", names=True)


def test_what_is_said_of_the_whole_case() -> None:
    case = a_case()
    case.procedure.synthetic = True
    assert meets(case, "synthetic -complete images:no complete:no")
    assert meets(case, "followup:due followup:overdue", follow_up="overdue")
    assert meets(case, "followup:due -followup:overdue", follow_up="in_window")
    assert not meets(case, "followup:due,lost", follow_up="upcoming")
    case.levels[0].height_gain_low_mm, case.levels[0].height_gain_high_mm = 3, 5
    assert meets(case, "gain:>=3 gain:3..5 -gain:>3 cement:6 age:75 sex:f")
    case.patient.died_on = PartialDate("2026-03-10")
    assert meets(case, "died:7d has:died")
