# SPDX-License-Identifier: MIT
"""Names that are switched off are written by nobody and shown by nobody; what was hidden stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.bulk import save_many
from models.case import Case, load_case, save_case
from models.drafts import Draft, Fate, Typed, draft_of, drafts, keep, resume
from models.errors import VersionConflict
from models.history import (
    Cell,
    NamesSwitchedOff,
    case_at,
    document_at,
    history_of,
    read_history,
    restore,
    restore_field,
)
from models.history.places import NAMES
from models.history.wording import HIDDEN
from models.identity import count_identities, remove_identities
from models.logbook import Logbook
from models.schema import PatientIdentity
from models.verify import verify
from models.vocabulary import Sex
from tests.builders import a_case, store_names


def named(code: str = "P-1", name: str = "Ann Example") -> Case:
    case = a_case(code)
    case.identity = PatientIdentity(patient=case.patient.id, full_name=name)
    return case


def name_of(logbook: Logbook, case: Case) -> str | None:
    identity = load_case(logbook, case.id).identity
    return identity.full_name if identity is not None else None


# saving


def test_a_new_name_is_left_out_of_what_is_saved(logbook: Logbook) -> None:
    case = named()
    saved = save_case(logbook, case)
    assert saved.left_out_names
    assert case.identity is None
    assert count_identities(logbook) == 0
    assert not any("Ann Example" in row for row in audited(logbook))
    assert verify(logbook) == []


def audited(logbook: Logbook) -> list[str]:
    cursor = logbook.database.execute_sql("SELECT changes FROM audit_entry")
    return [changes for (changes,) in cursor.fetchall()]


def test_a_hidden_name_is_neither_changed_nor_lost_with_what_else_is_saved(
    logbook: Logbook,
) -> None:
    case = named()
    save_case(store_names(logbook), case)
    opened = load_case(logbook, case.id)
    store_names(logbook, on=False)
    assert opened.identity is not None
    opened.identity.full_name = "Ann Other"
    opened.patient.sex = Sex.MALE
    saved = save_case(logbook, opened)
    assert saved.left_out_names
    assert {change.field for change in saved.changes} == {"sex"}
    assert name_of(logbook, case) == "Ann Example"
    assert verify(logbook) == []


def test_a_save_that_says_nothing_of_the_name_is_not_told_as_leaving_it_out(
    logbook: Logbook,
) -> None:
    case = named()
    save_case(store_names(logbook), case)
    store_names(logbook, on=False)
    again = load_case(logbook, case.id)
    again.patient.sex = Sex.MALE
    assert not save_case(logbook, again).left_out_names
    without = a_case("P-2")
    without.identity = PatientIdentity(patient=without.patient.id)
    assert not save_case(logbook, without).left_out_names


def test_names_that_come_in_bulk_are_left_out_too(logbook: Logbook) -> None:
    save_many(logbook, [named("P-1"), a_case("P-2"), named("P-3")])
    assert count_identities(logbook) == 0
    assert not any("Ann Example" in row for row in audited(logbook))
    assert verify(logbook) == []


# the history


@pytest.fixture
def renamed(logbook: Logbook) -> Case:
    """A case whose patient was renamed and found to be a man, before names were switched off."""
    case = named(name="Ann Example")
    save_case(store_names(logbook), case)
    again = load_case(logbook, case.id)
    assert again.identity is not None
    again.identity.full_name, again.identity.record_number = "Ann Other", "4711"
    again.patient.sex = Sex.MALE
    save_case(logbook, again)
    store_names(logbook, on=False)
    return case


def said(logbook: Logbook, case: Case) -> str:
    """Everything that the history of the case shows."""
    history = read_history(logbook, case.id)
    listed = [history.listing(version.number) for version in history.versions]
    documents = [document_at(logbook, case.id, version.number) for version in history.versions]
    return repr((history_of(logbook, case.id), listed, documents))


def test_the_history_says_that_a_name_changed_and_not_which(
    logbook: Logbook, renamed: Case
) -> None:
    told = said(logbook, renamed)
    assert not any(name in told for name in ("Ann", "Example", "Other", "4711"))
    changed = [
        (line.label, line.before, line.after)
        for line in history_of(logbook, renamed.id)[-1].lines
        if line.cell.is_name
    ]
    assert changed == [("Name", HIDDEN, HIDDEN), ("Record number", "", HIDDEN)]
    last = history_of(logbook, renamed.id)[-1].number
    assert case_at(logbook, renamed.id, last).identity is None
    assert HIDDEN == "hidden: names are switched off"


def test_the_history_shows_names_again_when_they_are_switched_on(
    logbook: Logbook, renamed: Case
) -> None:
    store_names(logbook)
    assert {"Ann Example", "Ann Other", "4711"} <= set(said(logbook, renamed).split("'"))
    assert HIDDEN not in said(logbook, renamed)


def test_names_that_were_taken_out_of_the_record_are_hidden_in_its_history_too(
    logbook: Logbook, renamed: Case
) -> None:
    remove_identities(logbook)
    assert "Ann" not in said(logbook, renamed)
    assert read_history(logbook, renamed.id).problem == ""


@pytest.mark.parametrize("removed", [False, True])
def test_a_version_comes_back_without_its_name(
    logbook: Logbook, renamed: Case, removed: bool
) -> None:
    if removed:
        remove_identities(logbook)
    first = history_of(logbook, renamed.id)[0].number
    restore(logbook, renamed.id, first, with_patient=True)
    assert load_case(logbook, renamed.id).patient.sex is Sex.FEMALE
    assert name_of(logbook, renamed) == (None if removed else "Ann Other")
    assert verify(logbook) == []


@pytest.mark.parametrize("names", [("full_name",), ()])
def test_a_name_alone_is_not_brought_back(
    logbook: Logbook, renamed: Case, names: tuple[str, ...]
) -> None:
    first = history_of(logbook, renamed.id)[0]
    (row_id,) = read_history(logbook, renamed.id).present[NAMES]
    with pytest.raises(NamesSwitchedOff, match="switched off"):
        restore_field(logbook, renamed.id, first.number, Cell(NAMES, row_id, names))
    assert name_of(logbook, renamed) == "Ann Other"
    assert len(history_of(logbook, renamed.id)) == 2


# drafts


def contents(logbook: Logbook) -> str:
    """All that stands in the drafts, of whomever."""
    cursor = logbook.database.execute_sql("SELECT content FROM draft")
    return " ".join(content for (content,) in cursor.fetchall())


def draft_with_names(case: Case) -> Draft:
    identity = case.identity
    assert identity is not None
    typed = Typed(NAMES, str(identity.id), "record_number", {}, "47 Example 11", "Too long.")
    return draft_of(case, (typed,), replace(typed, text="Ann Ex", message=""))


def test_no_name_goes_into_a_draft(logbook: Logbook) -> None:
    case = named()
    keep(logbook, draft_with_names(case))
    assert not any(name in contents(logbook) for name in ("Ann", "Example"))
    assert "P-1" in contents(logbook)
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.case.identity is None
    assert not resumed.left_out_names


def test_a_draft_that_holds_a_name_is_resumed_without_it_and_that_is_told(
    logbook: Logbook,
) -> None:
    keep(store_names(logbook), draft_with_names(named()))
    store_names(logbook, on=False)
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.left_out_names
    assert resumed.case.identity is None
    assert (resumed.draft.refused, resumed.draft.typing) == ((), None)


def test_a_hidden_name_is_not_told_as_left_out_of_the_draft_of_its_case(logbook: Logbook) -> None:
    case = named()
    save_case(store_names(logbook), case)
    keep(logbook, draft_of(load_case(logbook, case.id)))
    store_names(logbook, on=False)
    resumed = resume(logbook, drafts(logbook)[0])
    assert not resumed.left_out_names
    assert save_case(logbook, resumed.case).changes == ()
    assert name_of(logbook, case) == "Ann Example"


def test_names_that_are_taken_out_of_the_record_leave_the_drafts_of_everybody(
    logbook: Logbook, other: Logbook
) -> None:
    store_names(logbook)
    for who in (logbook, other):
        keep(who, draft_with_names(named()))
    store_names(logbook, on=False)
    remove_identities(logbook)
    assert not any(name in contents(logbook) for name in ("Ann", "Example"))
    assert len(drafts(logbook)) == len(drafts(other)) == 1


def test_who_has_a_case_open_while_all_names_are_removed_goes_on(logbook: Logbook) -> None:
    case = named()
    save_case(store_names(logbook), case)
    opened = load_case(logbook, case.id)
    keep(logbook, draft_of(opened))
    store_names(logbook, on=False)
    remove_identities(logbook)
    opened.procedure.operator = "Dr B"
    assert save_case(logbook, opened).left_out_names
    opened.patient.sex = Sex.MALE
    save_case(logbook, opened)
    assert name_of(logbook, case) is None
    assert verify(logbook) == []


def test_a_draft_of_a_case_goes_on_when_all_names_were_removed(logbook: Logbook) -> None:
    case = named()
    save_case(store_names(logbook), case)
    opened = load_case(logbook, case.id)
    opened.procedure.operator = "Dr B"
    keep(logbook, draft_of(opened))
    store_names(logbook, on=False)
    remove_identities(logbook)
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.fate is Fate.SAME
    save_case(logbook, resumed.case)
    assert load_case(logbook, case.id).procedure.operator == "Dr B"


def test_a_name_comes_back_from_no_case_that_was_open_when_it_was_removed(
    logbook: Logbook,
) -> None:
    case = named()
    save_case(store_names(logbook), case)
    opened = load_case(logbook, case.id)
    store_names(logbook, on=False)
    remove_identities(logbook)
    store_names(logbook)
    with pytest.raises(VersionConflict):
        save_case(logbook, opened)
