# SPDX-License-Identifier: MIT
"""Cases that came together go and come back together, as if each had been moved by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.bulk import save_many
from models.case import load_case, save_case
from models.logbook import Logbook
from models.sample import make_cases
from models.schema import AuditEntry, CaseRow, Procedure
from models.undo import ChangedSince, SavedChange, Stopped, last_change, redo, undo
from models.verify import verify
from tests.fresh import NewLogbook
from tests.models.asked import statements

CASES = 12


@pytest.fixture
def empty_copy(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    made = new_logbook(tmp_path / "Other.kypholog", user="anna")
    yield made
    made.close()


def entered(logbook: Logbook) -> SavedChange:
    save_many(logbook, make_cases(CASES, seed=5))
    change = last_change(logbook)
    assert change is not None
    assert len(change.parts) == CASES
    return change


def state(logbook: Logbook) -> dict[str, tuple[int, bool, bool]]:
    """Version of each case, whether it is in the bin, and whether the list says so."""
    query = Procedure.select(Procedure.id, Procedure.version, Procedure.deleted_at, CaseRow.deleted)
    rows = query.join(CaseRow, on=CaseRow.case_id == Procedure.id).tuples()
    return {
        case_id: (version, at is not None, deleted)
        for case_id, version, at, deleted in rows.execute(logbook.database)
    }


def audited(logbook: Logbook) -> set[tuple[object, ...]]:
    """What the audit tells of every save, but for its time and what follows from that."""
    entry = AuditEntry
    query = entry.select(
        entry.action, entry.subject_id, entry.version, entry.reason, entry.changes
    ).where(entry.action.in_(["delete", "restore"]))
    told = set()
    for *head, changes in query.tuples().execute(logbook.database):
        fields = {
            (table, row, name, *(value is None for value in values))
            for table, rows in json.loads(changes).items()
            for row, of_row in rows.items()
            for name, values in of_row.items()
        }
        told.add((*head, frozenset(fields)))
    return told


def in_turn(logbook: Logbook, change: SavedChange, *, backwards: bool) -> None:
    """Move each case by itself, which reads its whole history."""
    for part in change.parts:
        (undo if backwards else redo)(logbook, replace(change, parts=(part,)))


def test_many_cases_move_as_each_would_by_itself(logbook: Logbook, empty_copy: Logbook) -> None:
    change, other = entered(logbook), entered(empty_copy)
    undo(logbook, change)
    in_turn(empty_copy, other, backwards=True)
    assert set(state(logbook).values()) == {(2, True, True)}
    assert state(logbook) == state(empty_copy)
    redo(logbook, change)
    in_turn(empty_copy, other, backwards=False)
    assert set(state(logbook).values()) == {(3, False, False)}
    assert state(logbook) == state(empty_copy)
    assert audited(logbook) == audited(empty_copy)
    undo(logbook, change)
    assert verify(logbook) == []
    assert verify(empty_copy) == []


def test_one_case_that_was_changed_since_keeps_all_where_they_are(logbook: Logbook) -> None:
    change = entered(logbook)
    case = load_case(logbook, change.parts[3].case_id)
    case.procedure.operator = "Somebody"
    save_case(logbook, case)
    before = state(logbook)
    with pytest.raises(ChangedSince):
        undo(logbook, change)
    assert state(logbook) == before
    assert verify(logbook) == []


def test_a_case_that_was_changed_in_the_bin_keeps_all_there(logbook: Logbook) -> None:
    change = entered(logbook)
    undo(logbook, change)
    case = load_case(logbook, change.parts[0].case_id)
    case.procedure.operator = "Somebody"
    save_case(logbook, case)
    with pytest.raises(ChangedSince):
        redo(logbook, change)
    assert all(in_bin for _, in_bin, _ in state(logbook).values())


def test_a_change_behind_the_programs_back_is_still_found(logbook: Logbook) -> None:
    change = entered(logbook)
    moved = Procedure.update(operator="Nobody").where(Procedure.id == change.parts[0].case_id)
    moved.execute(logbook.database)
    undo(logbook, change)
    assert len(verify(logbook)) > 0


def test_the_number_of_statements_does_not_grow_with_the_cases(
    logbook: Logbook, empty_copy: Logbook
) -> None:
    few, many = entered(logbook), entered(empty_copy)
    few = replace(few, parts=few.parts[:2])
    with statements(logbook) as of_few:
        undo(logbook, few)
    with statements(empty_copy) as of_many:
        undo(empty_copy, many)
    # The audit has one row more for each case, however they are written.
    asked = [[one for one in each if not one.startswith("INSERT")] for each in (of_few, of_many)]
    assert len(asked[1]) == len(asked[0]) > 0


def test_what_is_stopped_leaves_all_as_it_was(logbook: Logbook) -> None:
    change = entered(logbook)
    before = state(logbook)
    told: list[tuple[int, int]] = []
    with pytest.raises(Stopped, match="Nothing was done"):
        undo(logbook, change, lambda *done: told.append(done), lambda: bool(told))
    assert (told, state(logbook)) == ([(0, CASES)], before)
    undo(logbook, change, lambda *done: told.append(done))
    assert told[-1] == (CASES, CASES)
    with pytest.raises(Stopped):
        redo(logbook, change, cancelled=lambda: True)
    assert verify(logbook) == []
