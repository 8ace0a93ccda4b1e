# SPDX-License-Identifier: MIT
"""The call list: what stands in a row, and that a list with names is never unnoticed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.audit import Action
from models.case import Case, save_case
from models.errors import LogbookError
from models.followup.recording import record_reason
from models.followup.spans import Which
from models.followup.states import VisitState
from models.identity import Named
from models.logbook import Logbook
from models.reports.call_list import SoFar, call_list
from models.schema import AuditEntry, PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from models.vocabulary import AssessmentMissing, Level, PainScale, Technique, TimePoint
from tests.builders import a_case, add_score

OPERATED = date(2024, 3, 4)
TODAY = OPERATED + timedelta(50)


def stored(logbook: Logbook, code: str = "P-1", name: str = "", on: date = OPERATED) -> Case:
    case = a_case(code, Level.L1, Level.T12, on=on.isoformat(), before=8, after=None)
    add_score(case, (2, 3), (on + timedelta(7)).isoformat())
    add_score(case, "better", (on + timedelta(9)).isoformat())
    if name:
        case.identity = PatientIdentity(patient=case.patient.id, full_name=name)
    save_case(logbook, case)
    return case


def printed(logbook: Logbook) -> list[str]:
    query = AuditEntry.select().where(AuditEntry.action == Action.PRINT.value)
    return [entry.reason for entry in query.execute(logbook.database)]


def test_a_row_has_what_to_know_before_the_call(logbook: Logbook) -> None:
    case = stored(logbook)
    record_reason(logbook, case.id, TimePoint.M1, AssessmentMissing.NOT_REACHED)
    found = call_list(logbook, Which.OVERDUE, TODAY)
    (row,) = found.rows
    assert (found.logbook, found.today, found.has_names) == (logbook.name, TODAY, False)
    assert (row.case_id, row.patient_code, row.named) == (case.id, "P-1", None)
    assert row.levels == (Level.T12, Level.L1)
    assert row.techniques == (Technique.BALLOON_KYPHOPLASTY,)
    assert (row.visit, row.state, row.days) == (TimePoint.M1, VisitState.OVERDUE, 6)
    assert row.dates.target == OPERATED + timedelta(30)
    assert (row.dates.ideal_first, row.dates.ideal_last) == (
        OPERATED + timedelta(16),
        OPERATED + timedelta(44),
    )
    assert row.dates.last == OPERATED + timedelta(59)
    assert row.scores == (
        SoFar(TimePoint.BASELINE, "8", PainScale.NRS),
        SoFar(TimePoint.W1, "2–3", PainScale.NRS),
        SoFar(TimePoint.W1, "better", None),
    )
    assert (row.calls, row.scale, row.flags) == (1, PainScale.NRS, ())
    assert printed(logbook) == []


def test_names_are_in_it_only_where_they_are_stored_and_wanted(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    stored(logbook, "P-1", "Ann Example")
    stored(logbook, "P-2")
    change_setting(logbook, STORE_IDENTITY, False)
    with pytest.raises(LogbookError, match="not stored"):
        call_list(logbook, Which.OVERDUE, TODAY, names=True)
    assert printed(logbook) == []
    change_setting(logbook, STORE_IDENTITY, True)
    assert [row.named for row in call_list(logbook, Which.OVERDUE, TODAY).rows] == [None, None]
    assert printed(logbook) == []
    found = call_list(logbook, Which.OVERDUE, TODAY, names=True)
    assert [row.named for row in found.rows] == [Named("Ann Example", ""), None]
    assert found.has_names
    assert printed(logbook) == ["Call list with names. Rows: 2."]


def test_the_chosen_cases_are_listed_in_their_order_and_those_without_a_visit_are_not(
    logbook: Logbook,
) -> None:
    stored(logbook, "P-1")
    stored(logbook, "P-2", on=OPERATED - timedelta(2000))
    stored(logbook, "P-3", on=OPERATED - timedelta(100))
    rows = call_list(logbook, [3, 2, 1], TODAY).rows
    assert [row.patient_code for row in rows] == ["P-3", "P-1"]


def test_a_synthetic_patient_is_marked(logbook: Logbook) -> None:
    case = a_case("SYN-1", on=OPERATED.isoformat(), after=None)
    case.procedure.synthetic = True
    save_case(logbook, case)
    (row,) = call_list(logbook, Which.OVERDUE, TODAY).rows
    assert row.is_synthetic
