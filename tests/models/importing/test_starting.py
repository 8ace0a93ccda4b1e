# SPDX-License-Identifier: MIT
"""An import as it was decided on: single conflicts, a backup before, and the number of it."""

from __future__ import annotations

import pytest

from models.backup import Reason, listing, make
from models.case import load_case, save_case
from models.caselist import Query, case_ids
from models.importing.choices import KEEP_ALL, TAKE_ALL, Choices, of_all
from models.importing.starting import JudgedOtherwise, start
from models.importing.survey import Stopped
from models.importing.writing import Imported
from models.logbook import Logbook
from models.query import parse
from models.schema import AuditEntry
from models.undo import last_change, redo, undo
from models.verify import verify
from tests.builders import a_case
from tests.models.importing.conftest import Look

HEAD = "patient code,date,sex,level,cement_ml\n"


def codes_of(logbook: Logbook, asked: str) -> set[str | None]:
    found = [one for chunk in case_ids(logbook, Query(parse(asked))) for one in chunk]
    return {load_case(logbook, one).patient.patient_code for one in found}


def cement_of(logbook: Logbook, code: str) -> float | None:
    ((case_id,),) = case_ids(logbook, Query(parse(f"patient=={code}")))
    cement = load_case(logbook, case_id).levels[0].cement_ml
    return None if cement is None else float(cement)


def test_conflicts_are_chosen_one_by_one_or_all_at_once() -> None:
    some = KEEP_ALL.having([3, 5], take=True)
    assert [row for row in range(2, 7) if some.takes(row)] == [3, 5]
    assert some.having([3], take=False) == KEEP_ALL.having([5], take=True)
    assert TAKE_ALL.having([3], take=False) == Choices(every=True, others=frozenset({3}))
    assert of_all(True) is TAKE_ALL
    assert of_all(some) is some


def test_only_the_conflicts_that_were_chosen_are_written(logbook: Logbook, look: Look) -> None:
    for code in ("A", "B", "C"):
        save_case(logbook, a_case(code, on="2026-01-10", cement_ml=4))
    rows = "".join(f"{code},2026-01-10,,T12,6\n" for code in ("A", "B", "C"))
    shown = look(HEAD + rows)
    done = start(logbook, shown, KEEP_ALL.having([3], take=True))
    assert done.written == Imported(changed=1)
    assert [cement_of(logbook, code) for code in ("A", "B", "C")] == [4, 6, 4]


def test_a_choice_that_changes_what_other_rows_mean_is_shown_again(
    logbook: Logbook, look: Look
) -> None:
    case = a_case("A", on="2026-01-10", cement_ml=4)
    case.patient.sex = None
    save_case(logbook, case)
    content = HEAD + "A,2026-01-10,f,T12,6\nA,2026-02-10,m,L1,5\n"
    with pytest.raises(JudgedOtherwise) as caught:
        start(logbook, look(content), TAKE_ALL)
    assert [line.verdict for line in caught.value.preview.lines] == ["conflicting", "refused"]
    assert cement_of(logbook, "A") == 4
    done = start(logbook, caught.value.preview, TAKE_ALL)
    assert done.written == Imported(changed=1)


@pytest.mark.sqlite_only("a server's backups are the business of its administrator")
def test_a_backup_is_made_before_and_none_where_nothing_is_written(
    logbook: Logbook, look: Look
) -> None:
    save_case(logbook, a_case("A", on="2026-01-10"))
    done = start(logbook, look(HEAD + "B,2026-01-10,f,T12,6\n"), KEEP_ALL)
    (kept,) = listing(logbook.folder)
    assert done.backup == kept
    assert (kept.reason, kept.cases) == (Reason.IMPORT, 1)
    again = start(logbook, look(HEAD + "B,2026-01-10,f,T12,6\n"), KEEP_ALL)
    assert (again.written, again.backup, again.number) == (Imported(), None, 0)
    assert listing(logbook.folder) == [kept]


@pytest.mark.sqlite_only("a server's backups are the business of its administrator")
def test_a_stop_leaves_neither_cases_nor_a_backup(logbook: Logbook, look: Look) -> None:
    shown = look(HEAD + "B,2026-01-10,f,T12,6\n")
    with pytest.raises(Stopped):
        start(logbook, shown, KEEP_ALL, cancelled=lambda: True)
    assert listing(logbook.folder) == []
    assert codes_of(logbook, "") == set()


def test_the_cases_of_an_import_are_found_by_its_number(logbook: Logbook, look: Look) -> None:
    save_case(logbook, a_case("Old", on="2026-01-10", cement_ml=None))
    first = start(logbook, look(HEAD + "A,2026-01-10,f,T12,6\nB,2026-01-10,f,T12,6\n"), KEEP_ALL)
    save_case(logbook, a_case("Later"))
    second = start(logbook, look(HEAD + "Old,2026-01-10,,T12,5\nC,2026-01-10,f,L1,6\n"), KEEP_ALL)
    assert codes_of(logbook, f"import:{first.number}") == {"A", "B"}
    assert codes_of(logbook, f"import:{second.number}") == {"Old", "C"}
    assert codes_of(logbook, f"import:{first.number}..{second.number}") == {"A", "B", "C", "Old"}
    assert codes_of(logbook, f"-import:>{first.number}") == {"A", "B", "Later"}
    assert codes_of(logbook, "-import:>0") == {"Later"}
    assert codes_of(logbook, f"import:{second.number} level:L1") == {"C"}
    third = start(
        logbook, look("patient code,date,notes on the patient\nB,2026-01-10,x\n"), KEEP_ALL
    )
    assert codes_of(logbook, f"import:{third.number}") == {"B"}
    last = last_change(logbook)
    assert last is not None
    undo(logbook, last)
    assert codes_of(logbook, f"import:{first.number}") == {"A", "B"}


def test_an_import_that_changes_a_patient_alone_is_undone_with_the_rest(
    logbook: Logbook, look: Look
) -> None:
    start(logbook, look(HEAD + "A,2026-01-10,f,T12,6\nB,2026-01-10,f,T12,6\n"), KEEP_ALL)
    notes = "patient code,date,notes on the patient,cement left ml\n"
    shown = look(notes + "A,2026-01-10,x,\nB,2026-01-10,y,\nC,2026-01-10,z,\n")
    assert start(logbook, shown, KEEP_ALL).written == Imported(new=1, changed=2)
    last = last_change(logbook)
    assert last is not None
    assert len(last.parts) == 3
    undo(logbook, last)
    ids = [one for chunk in case_ids(logbook, Query(parse(""))) for one in chunk]
    kept = [load_case(logbook, one).patient for one in ids]
    assert {(one.patient_code, one.patient_notes) for one in kept} == {("A", None), ("B", None)}
    redo(logbook, last)
    assert codes_of(logbook, "") == {"A", "B", "C"}
    assert verify(logbook) == []


@pytest.mark.sqlite_only("a server's backups are the business of its administrator")
@pytest.mark.parametrize("reason", [Reason.TIMED, Reason.BY_HAND])
def test_a_backup_after_the_preview_is_in_the_audit_and_in_nobodys_way(
    logbook: Logbook, look: Look, reason: Reason
) -> None:
    save_case(logbook, a_case("A", on="2026-01-10"))
    shown = look(HEAD + "B,2026-01-10,f,T12,6\n")
    make(logbook, reason)
    assert start(logbook, shown, KEEP_ALL).written == Imported(new=1)
    query = AuditEntry.select(AuditEntry.action).order_by(AuditEntry.number).tuples()
    with logbook.session():
        actions = [action for (action,) in query.execute(logbook.database)]
    assert [action for action in actions if action in ("backup", "import")] == [
        *("backup", "backup", "import"),
    ]
    assert verify(logbook) == []
    step = last_change(logbook)
    assert step is not None
    undo(logbook, step)
    assert codes_of(logbook, "") == {"A"}
