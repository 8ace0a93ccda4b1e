# SPDX-License-Identifier: MIT
"""Which tables have a row for each visit, by their headings and cells, or as a person says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.importing.lines import Verdict
from models.importing.mapping import Mapping, mapping_from_json
from models.logbook import Logbook
from models.vocabulary import TimePoint
from tests.models.importing.conftest import Look
from tests.models.importing.told import levels, saved, visits


def test_a_day_that_changes_with_the_visit_is_that_of_the_visit(
    logbook: Logbook, look: Look
) -> None:
    content = (
        "id,date,level,visit,VAS\n"
        "A,2024-01-02,T12,pre,8\nA,2024-04-02,T12,3 mo,2\nB,2024-01-02,L1,pre,7\n"
    )
    shown = look(content)
    assert shown.mapping.used["visit.assessed_on"].column == "date"
    first, _ = saved(logbook, shown)
    assert first.procedure.performed_on is None
    assert visits(first) == [("baseline", "2024-01-02", 8), ("3m", "2024-04-02", 2)]
    with_both = look(
        content.replace("id,date", "id,Datum")
        .replace("VAS\n", "VAS,OP am\n", 1)
        .replace(",8\n", ",8,2024-01-03\n")
        .replace(",2\n", ",2,2024-01-03\n")
        .replace(",7\n", ",7,2024-01-04\n")
    )
    used = {use.column: use.target for use in with_both.mapping.columns}
    assert (used["Datum"], used["OP am"]) == ("visit.assessed_on", "procedure.performed_on")


def test_a_table_of_last_visits_is_a_table_of_procedures(look: Look) -> None:
    shown = look(
        "id,procedure date,level,visit,VAS\nA,2024-01-02,T12,3 mo,2\nB,2024-01-02,L1,6 mo,3\n"
    )
    assert not any(use.target.startswith("visit.") for use in shown.mapping.columns)


@pytest.mark.parametrize(
    ("change", "verdicts"),
    [
        (lambda mapping: mapping, [Verdict.NEW]),
        (lambda mapping: mapping_from_json(mapping.as_json()), [Verdict.NEW]),
        (lambda mapping: mapping.having("visit", target="").having("VAS", target=""), ["refused"]),
    ],
    ids=["recognized", "as it was saved", "not so"],
)
def test_a_person_can_say_that_it_is_not_so(
    look: Look, change: Callable[[Mapping], Mapping], verdicts: list[Verdict]
) -> None:
    content = "id,procedure date,level,visit,VAS\nA,2024-01-02,T12,pre,8\nA,2024-01-02,T12,3 mo,2\n"
    assert [line.verdict for line in look(content, change).lines] == verdicts


def test_a_role_can_be_given_where_nothing_was_recognized(logbook: Logbook, look: Look) -> None:
    content = "id,procedure date,level,q7,q8\nA,2024-01-02,T12,0,8\nA,2024-01-02,T12,12,2\n"

    def given(mapping: Mapping) -> Mapping:
        return mapping.having("q7", target="visit.weeks").having(
            "q8", target="visit.pain", scale="nrs_0_10"
        )

    (case,) = saved(logbook, look(content, given))
    assert visits(case) == [("baseline", "", 8), ("3m", "", 2)]
    assert case.assessments[1].pain_scale == "nrs_0_10"
    assert case.assessments[1].time_point is TimePoint.M3


@pytest.mark.parametrize(
    "content",
    [
        "id,date,level,VAS\nA,2022-01-02,T12,8\nA,2024-01-02,L1,7\n",
        "id,surgery date,date,level,VAS\nA,2022-01-02,2022-02-01,T12,8\n"
        "A,2024-01-02,2024-02-01,L1,7\n",
        "id,surgery date,level,follow up,VAS\nA,2022-01-02,T12,12 mo,8\nA,2024-01-02,L1,6 mo,7\n",
        "id,surgery date,level,FU months,VAS\nA,2022-01-02,T12,12,8\nA,2022-01-02,L1,12,8\n",
    ],
)
def test_procedures_of_one_patient_are_no_visits(look: Look, content: str) -> None:
    shown = look(content)
    assert not any(use.target.startswith("visit.") for use in shown.mapping.columns)
    assert {line.verdict for line in shown.lines} == {Verdict.NEW}


def test_records_of_somebody_elses_redcap(logbook: Logbook, look: Look) -> None:
    shown = look(
        "record_id,redcap_event_name,proc_date,sex,level,cement_ml,vas,odi\n"
        "1,baseline_arm_1,2024-01-05,f,T12,4,8,60\n1,month_3_arm_1,,,,,3,22\n"
        "2,baseline_arm_1,2024-01-09,m,L2,5,9,\n2,month_3_arm_1,,,,,4,\n"
    )
    first, second = saved(logbook, shown)
    assert (first.patient.patient_code, visits(first)) == (
        "1",
        [("baseline", "", 8), ("3m", "", 3)],
    )
    assert (levels(second), visits(second)) == (
        [("L2", 5)],
        [("baseline", "", 9), ("3m", "", 4)],
    )


def test_visits_that_are_mere_numbers_are_told(look: Look) -> None:
    shown = look(
        "id,procedure date,level,follow up,VAS\n"
        "A,2024-01-02,T12,0,8\nA,2024-01-02,T12,6,2\nB,2024-01-02,T12,0,8\n"
    )
    (said,) = shown.seen.told_of_unread
    assert said.startswith("follow up seems to tell visits by a number.")
