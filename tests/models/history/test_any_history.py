# SPDX-License-Identifier: MIT
"""Whatever was saved in whatever order, every version comes back as it was saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from models import derived
from models.case import LISTS, Case, bin_case, load_case, restore_case, save_case
from models.document import Document, compare
from models.history import case_at, document_at, lines, listing, read_history, restore
from models.history.wording import ADDED
from models.logbook import Logbook
from models.schema import ImageContent
from models.snapshot import case_of, snapshot
from models.undo import newest_entry, redo, saved_changes, undo
from models.verify import verify
from tests.builders import store_names
from tests.fresh import BriefLogbook
from tests.models.any_case import IMAGE, IMAGE_HASH, cases

FEW = settings(max_examples=10)


@contextmanager
def a_logbook(brief_logbook: BriefLogbook) -> Iterator[Logbook]:
    with brief_logbook("anna") as logbook:
        store_names(logbook)
        ImageContent.insert(sha256=IMAGE_HASH, media_type="image/png", content=IMAGE).execute(
            logbook.database
        )
        yield logbook


def save_as(logbook: Logbook, stored_as: Case, wanted: Case) -> None:
    """Save everything of ``wanted`` under the ids of ``stored_as``."""
    case = load_case(logbook, stored_as.id)
    text = snapshot(wanted)
    renamed: Document = {}
    names = {str(wanted.id): stored_as.id, str(wanted.patient.id): str(stored_as.patient.id)}
    for table, rows in text.items():
        for row_id, fields in rows.items():
            kept = {k: names.get(str(v), v) for k, v in fields.items()}
            renamed.setdefault(table, {})[names.get(row_id, row_id)] = kept
    again = case_of(renamed, patient_version=int(case.patient.version), version=int(case.version))
    save_case(logbook, again)


def a_history(logbook: Logbook, states: list[Case]) -> tuple[Case, list[Document]]:
    first = states[0]
    save_case(logbook, first)
    saved = [snapshot(load_case(logbook, first.id))]
    for state in states[1:]:
        save_as(logbook, first, state)
        saved.append(snapshot(load_case(logbook, first.id)))
    return first, saved


def distinct(documents: list[Document]) -> list[Document]:
    """Saves that changed nothing are no versions."""
    kept = documents[:1]
    kept.extend(now for was, now in pairwise(documents) if compare(was, now))
    return kept


@FEW
@given(st.lists(cases(), min_size=1, max_size=4))
def test_every_version_is_what_was_saved(brief_logbook: BriefLogbook, states: list[Case]) -> None:
    with a_logbook(brief_logbook) as logbook:
        case, saved = a_history(logbook, states)
        history = read_history(logbook, case.id)
        assert history.problem == ""
        wanted = distinct(saved)
        assert len(history.versions) == len(wanted)
        for version, document in zip(history.versions, wanted, strict=True):
            assert compare(document_at(logbook, case.id, version.number), document) == []
            read = case_at(logbook, case.id, version.number)
            assert compare(snapshot(read), document) == []
        assert found_in(logbook) == []


@FEW
@given(st.lists(cases(), min_size=2, max_size=3))
def test_a_version_that_is_brought_back_is_identical(
    brief_logbook: BriefLogbook, states: list[Case]
) -> None:
    with a_logbook(brief_logbook) as logbook:
        case, saved = a_history(logbook, states)
        for version, document in zip(
            read_history(logbook, case.id).versions, distinct(saved), strict=True
        ):
            restore(logbook, case.id, version.number, with_patient=True)
            now = snapshot(load_case(logbook, case.id))
            names = now.get("patient_identity", {})
            # A name that was taken out leaves an empty row, which says nothing.
            now["patient_identity"] = {
                key: row for key, row in names.items() if set(row) != {"patient"}
            }
            identity = document.get("patient_identity", {})
            document["patient_identity"] = {
                key: row for key, row in identity.items() if set(row) != {"patient"}
            }
            told = [c for c in compare(document, now) if c.table != "patient_identity"]
            assert told == []
        assert found_in(logbook) == []


@given(cases(), cases())
def test_what_changed_is_told_exactly_where_something_did(one: Case, other: Case) -> None:
    for case in (one, other):
        derived.work_out(case)
    old, new = snapshot(one), snapshot(other)
    assert lines(old, old) == []
    told = lines(old, new)
    assert {line.cell.key for line in told} <= {
        (table, row_id)
        for document in (old, new)
        for table, rows in document.items()
        for row_id in rows
    }
    entered = lines({}, new)
    rows = sum(len(rows) for rows in new.values())
    assert [line.label for line in entered] == [ADDED] * rows
    assert all(line.place for line in (*told, *entered))
    assert not any(entry.differs for part in listing(new, new) for entry in part.entries)


@settings(max_examples=10)
@given(st.data())
def test_undo_and_redo_walk_along_what_was_saved(
    brief_logbook: BriefLogbook, data: st.DataObject
) -> None:
    """A plain list of states with a cursor is the model."""
    with a_logbook(brief_logbook) as logbook:
        case, _ = a_history(logbook, [data.draw(cases())])
        start = newest_entry(logbook)
        steps = []
        states = [content(logbook, case)]
        for _ in range(data.draw(st.integers(1, 4))):
            seen = newest_entry(logbook)
            if data.draw(st.booleans()):
                save_as(logbook, case, data.draw(cases()))
            else:
                binned = load_case(logbook, case.id).procedure.deleted_at
                (restore_case if binned else bin_case)(logbook, case.id, "why")
            found = saved_changes(logbook, seen)
            assert len(found) <= 1
            if found:
                steps.append(found[0])
                states.append(content(logbook, case))
        assert newest_entry(logbook) >= start
        place = len(steps)
        for back in data.draw(st.lists(st.booleans(), max_size=8)):
            if back and place:
                place -= 1
                undo(logbook, steps[place])
            elif not back and place < len(steps):
                redo(logbook, steps[place])
                place += 1
            assert compare(states[place], content(logbook, case)) == []
        assert found_in(logbook) == []
        assert read_history(logbook, case.id).problem == ""


def found_in(logbook: Logbook) -> list[str]:
    """What verify says, but that the picture of these cases is none."""
    return [said for said in verify(logbook) if not said.startswith("The image 0000")]


def content(logbook: Logbook, case: Case) -> Document:
    document = snapshot(load_case(logbook, case.id))
    (row,) = document["procedure"].values()
    if "deleted_at" in row:
        row["deleted_at"] = "some time"
    names = document.pop("patient_identity", {})
    document["patient_identity"] = {k: r for k, r in names.items() if set(r) != {"patient"}}
    return document


def test_every_list_of_a_case_has_its_noun() -> None:
    from models.history.places import NOUNS

    assert set(LISTS) <= set(NOUNS)
