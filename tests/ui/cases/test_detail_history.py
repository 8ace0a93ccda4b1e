# SPDX-License-Identifier: MIT
"""The pane beside the list tells the last three changes in few words."""

from __future__ import annotations

from models.case import bin_case, load_case, restore_case, save_case
from models.history import history_of
from models.logbook import Logbook
from models.vocabulary import Sex, Side
from tests.builders import a_case
from ui.cases.detail_history import recent_of


def test_the_last_changes_name_their_fields(logbook: Logbook) -> None:
    case = a_case("P-9")
    save_case(logbook, case)
    assert [change.what for change in recent_of(history_of(logbook, case.id))] == ["Entered"]
    again = load_case(logbook, case.id)
    again.patient.sex = Sex.MALE
    again.procedure.operator = "Dr B"
    again.levels[0].cement_ml = 5
    again.levels[0].side = Side.LEFT
    again.assessments.pop()
    save_case(logbook, again)
    changed, entered = recent_of(history_of(logbook, case.id))
    assert changed.what == "Changed: Sex, Operator, Side and 2 more"
    assert changed.when.endswith(f"· {logbook.user}")
    assert entered.what == "Entered"


def test_only_three_are_told_the_newest_first(logbook: Logbook) -> None:
    case = a_case("P-9")
    save_case(logbook, case)
    for _ in range(2):
        bin_case(logbook, case.id, "A test.")
        restore_case(logbook, case.id)
    told = [change.what for change in recent_of(history_of(logbook, case.id))]
    assert told == ["Taken out of the bin", "Moved to the bin", "Taken out of the bin"]
