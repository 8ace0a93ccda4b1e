# SPDX-License-Identifier: MIT
"""Promise: the traps that lie in counting and handing on are met by the command line too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.audit import Action
from models.case import bin_case, save_case
from models.example import add_example
from models.exchange.deidentify import Kind, Rules
from models.exchange.orders import Order, export
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import AuditEntry
from models.vocabulary import AssessmentMissing, Level, PainScale, TimePoint
from tests.builders import a_case, add_score

Ask = Callable[..., Any]
Export = Callable[..., list[dict[str, str]]]


def test_trap_5_more_pain_after_than_before_is_told_as_it_is(outcomes: Ask) -> None:
    told = outcomes(a_case("P-1", before=3, after=7))
    assert (told["n_pairs"], told["mean_change"]) == (1, 4)


def test_trap_6_no_pain_before_is_a_score_and_no_relief_in_percent(outcomes: Ask) -> None:
    told = outcomes(a_case("P-1", before=0, after=2), a_case("P-2", before=8, after=2))
    assert (told["n_pairs"], told["mean_before"]) == (2, 4)
    responders = told["responders"]
    assert responders["ge30pct"]["k"] == 1


def test_trap_8_scores_of_two_scales_have_no_common_mean(outcomes: Ask) -> None:
    mixed = a_case("P-1", before=8, after=None)
    add_score(mixed, 20, "2026-04-04", scale=PainScale.VAS_100)
    told = outcomes(mixed, a_case("P-2", before=6, after=2))
    assert (told["n_cases"], told["n_pairs"], told["mean_before"]) == (2, 1, 6)


def test_trap_9_levels_stand_in_the_order_of_the_spine(exported: Export) -> None:
    rows = exported(a_case("P-1", Level.T12, Level.T2, Level.L1, Level.T10))
    assert [row["level"] for row in rows] == ["T2", "T10", "T12", "L1"]


def test_trap_12_leakage_not_answered_is_an_empty_cell(exported: Export) -> None:
    (row,) = exported(a_case(leakage=None))
    assert row["leakage"] == ""


def test_trap_15_a_loss_of_height_is_a_negative_gain(exported: Export) -> None:
    case = a_case()
    case.levels[0].anterior_before_mm, case.levels[0].anterior_after_mm = 20, 18.5
    (row,) = exported(case)
    assert row["height_gain_mm"] == "-1.5"


def test_trap_16_a_vertebra_no_lower_than_its_neighbors_is_stored_and_nothing_is_refused(
    exported: Export,
) -> None:
    case = a_case()
    level = case.levels[0]
    level.cranial_anterior_mm = level.caudal_anterior_mm = 20
    level.anterior_before_mm, level.anterior_after_mm = 21, 23
    (row,) = exported(case)
    assert row["height_gain_mm"] == "2"


def test_trap_17_three_levels_of_a_patient_are_one_case_and_one_score(
    outcomes: Ask, exported: Export
) -> None:
    case = a_case("P-1", Level.T12, Level.L1, Level.L2)
    told = outcomes(case, a_case("P-2"))
    assert (told["n_cases"], told["n_pairs"]) == (2, 2)
    assert len({row["patient_id"] for row in exported()}) == 2


@pytest.mark.parametrize(("born", "age"), [("1936-03-05", "89"), ("1936-03-04", "90")])
def test_trap_18_the_age_follows_from_the_birthday_and_the_birth_date_stays_in(
    logbook: Logbook, exported: Export, tmp_path: Path, born: str, age: str
) -> None:
    case = a_case()
    case.patient.birth_date = PartialDate(born)
    (row,) = exported(case)
    assert row["age_at_procedure"] == age
    target = tmp_path / "limited.csv"
    export(logbook, target, Order(rules=Rules.of(Kind.LIMITED)))
    assert born not in target.read_text(encoding="utf-8")


def test_trap_19_the_baseline_of_a_second_session_is_its_own(
    logbook: Logbook, exported: Export
) -> None:
    first = a_case("P-1", Level.T12, on="2025-03-04", before=9, after=3, after_on="2025-04-04")
    save_case(logbook, first)
    second = a_case("P-1", Level.L1, on="2026-03-04", before=6, after=2)
    second.patient = first.patient
    second.procedure.patient_id = first.patient.id
    rows = exported(second)
    told = {row["performed_on"]: (row["pain_baseline"], row["pain_1m"]) for row in rows}
    assert told == {"2025-03-04": ("9", "3"), "2026-03-04": ("6", "2")}


def test_trap_20_a_patient_who_died_is_counted_by_that_reason(outcomes: Ask) -> None:
    case = a_case("P-1", after=None)
    case.patient.died_on = PartialDate("2026-05-01")
    case.add_assessment(time_point=TimePoint.M3, missing_reason=AssessmentMissing.DIED)
    told = outcomes(case)
    assert told["n_missing"] == 1
    assert told["missing"] == {"no_followup_score:died": 1}


def test_trap_21_a_deleted_case_leaves_numbers_and_export_and_stays_in_the_audit(
    logbook: Logbook, outcomes: Ask, exported: Export
) -> None:
    case = a_case("P-1")
    save_case(logbook, case)
    bin_case(logbook, case.id, "entered twice")
    assert outcomes(a_case("P-2"))["n_cases"] == 1
    assert [row["patient_code"] for row in exported()] == ["P-2"]
    with logbook.session():
        entries = list(
            AuditEntry.select().where(AuditEntry.subject_id == case.id).execute(logbook.database)
        )
    assert [entry.action for entry in entries] == [Action.CREATE, Action.DELETE]
    assert entries[-1].reason == "entered twice"


def test_trap_22_the_two_published_cases_give_no_complete_pair(
    logbook: Logbook, outcomes: Ask
) -> None:
    add_example(logbook)
    told = outcomes()
    assert (told["n_cases"], told["n_pairs"], told["mean_change"]) == (2, 0, None)
