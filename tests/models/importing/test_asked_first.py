# SPDX-License-Identifier: MIT
"""Columns that list what there was, or answer whether there was any."""

from __future__ import annotations

import pytest

from models.importing.columns import propose
from models.importing.reading import CsvTable
from models.logbook import Logbook
from models.vocabulary import EventKind, PriorTreatmentKind, YesNo
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.told import saved


@pytest.mark.parametrize(
    ("heading", "cells", "target"),
    [
        ("Adverse event", ("none", "hematoma", ""), "adverse_event.kind"),
        ("Adverse event", ("no", "yes", "no"), "procedure.any_complication"),
        ("Complications", ("no", "yes", "no"), "procedure.any_complication"),
        ("Complications", ("none", "hematoma", "Zementembolie"), "adverse_event.kind"),
        ("Complications", ("yes", "hematoma", "no"), "procedure.any_complication"),
        ("Prior treatment", ("0", "1", ""), "procedure.any_prior_treatment"),
        ("Vorbehandlung", ("Analgetika", "keine", "Orthese"), "prior_treatment.kind"),
    ],
)
def test_the_cells_tell_which(
    file: WriteFile, heading: str, cells: tuple[str, ...], target: str
) -> None:
    rows = "".join(f"{number};{cell}\n" for number, cell in enumerate(cells))
    mapping = propose(CsvTable(file(f"id;{heading}\n{rows}")))
    assert mapping.columns[1].target == target


def test_none_in_a_list_is_an_explicit_no(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id;date;level;Adverse event;Prior treatment\n"
        "A;2024-01-02;T12;none;analgesics, brace\nB;2024-01-02;L1;hematoma;keine\n"
        "C;2024-01-02;L2;;\n"
    )
    first, second, third = saved(logbook, shown)
    answers = [
        (one.procedure.any_complication, one.procedure.any_prior_treatment)
        for one in (first, second, third)
    ]
    assert answers == [(YesNo.NO, None), (None, YesNo.NO), (None, None)]
    assert [row.kind for row in second.adverse_events] == [EventKind.BLEEDING]
    treatments = [row.kind for row in first.prior_treatments]
    assert treatments == [PriorTreatmentKind.ANALGESIC, PriorTreatmentKind.BRACE]


def test_what_one_row_lists_outweighs_none_in_another(logbook: Logbook, look: Look) -> None:
    rows = "A;2024-01-02;T12;none\nA;2024-01-02;L1;infection\nA;2024-01-02;L2;none\n"
    (case,) = saved(logbook, look(f"id;date;level;Adverse event\n{rows}"))
    assert [row.kind for row in case.adverse_events] == [EventKind.INFECTION]
    assert case.procedure.any_complication is None


def test_two_columns_that_answer_otherwise_are_a_contradiction(look: Look) -> None:
    head = "id;date;level;Complications;Adverse event\n"
    shown = look(f"{head}A;2024-01-02;T12;yes;none\nB;2024-01-02;L1;no;none\nC;;L2;no;infection\n")
    told = [str(problem) for line in shown.refused for problem in line.problems]
    assert "Any complication: one column says yes, and another no." in told[0]


def test_a_unit_that_is_a_field_comes_from_the_heading(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id;date;level;Technique;Pain duration (weeks);Balloon pressure (psi)\n"
        "A;2024-01-02;T12;BKP;6;250\nB;2024-01-03;T12;BKP;3 days;\n"
    )
    first, second = saved(logbook, shown)
    lasting = [
        (one.procedure.pain_duration, one.procedure.pain_duration_unit) for one in (first, second)
    ]
    assert lasting == [(6, "weeks"), (3, "days")]
    (balloon,) = first.balloons
    assert (balloon.pressure, balloon.pressure_unit) == (250, "psi")
