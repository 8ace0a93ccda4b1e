# SPDX-License-Identifier: MIT
"""Saved filters: named, replaced only when asked to, in the audit, and kept when not understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from models.audit import Action, Subject, chain_problems
from models.document import Change, changes_from_json
from models.errors import LogbookError
from models.filters import (
    MOST_LETTERS,
    FilterExists,
    delete_filter,
    filter_called,
    list_filters,
    rename_filter,
    restore_filter,
    save_filter,
)
from models.logbook import Logbook
from models.query import Filter, parse
from models.schema import AuditEntry, SavedFilter
from models.verify import verify
from tests.fresh import NewLogbook
from tests.models.query.any_filter import filters

LEAKS = parse("leak:yes level:T10-L2")


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", user="A. Operator")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def kept_open(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    opened = lasting_logbook(tmp_path_factory.mktemp("any") / "Any.kypholog")
    yield opened
    opened.close()


def audited(logbook: Logbook) -> list[list[Change]]:
    with logbook.session():
        entries = AuditEntry.select().order_by(AuditEntry.number)
        return [
            changes_from_json(entry.changes)
            for entry in entries.execute(logbook.database)
            if entry.action == Action.SETTING and entry.subject == Subject.LOGBOOK
        ]


def put(logbook: Logbook, name: str, text: str) -> None:
    """What another version of the program left."""
    with logbook.transaction():
        SavedFilter.insert(name=name, query=text).execute(logbook.database)


def test_a_filter_is_saved_in_the_words_of_the_language(logbook: Logbook) -> None:
    kept = save_filter(logbook, "  Leaks,   middle ", LEAKS)
    assert kept.name == "Leaks, middle"
    assert kept.text == "leak:present level:T10-L2"
    assert list_filters(logbook) == [kept]
    assert kept.filter == LEAKS


@given(filters())
def test_every_filter_comes_back(kept_open: Logbook, asked: Filter) -> None:
    if asked.terms:
        save_filter(kept_open, "Any", asked, replace=True)
        assert filter_called(kept_open, "any").filter == asked


def test_filters_stand_by_name(logbook: Logbook) -> None:
    for name in ("zeta", "Äpfel", "beta", "Alpha"):
        save_filter(logbook, name, LEAKS)
    assert [kept.name for kept in list_filters(logbook)] == ["Alpha", "Äpfel", "beta", "zeta"]


def test_a_name_that_is_taken_is_replaced_only_when_asked_for(logbook: Logbook) -> None:
    first = save_filter(logbook, "Leaks", LEAKS)
    with pytest.raises(FilterExists, match="There is already a filter Leaks") as raised:
        save_filter(logbook, "LEAKS", parse("leak:none"))
    assert raised.value.existing == first
    assert list_filters(logbook) == [first]
    second = save_filter(logbook, "LEAKS", parse("leak:none"), replace=True)
    assert second.id == first.id
    assert [(kept.name, kept.text) for kept in list_filters(logbook)] == [("LEAKS", "leak:none")]


def test_a_filter_is_renamed_and_may_change_its_case(logbook: Logbook) -> None:
    kept = save_filter(logbook, "leaks", LEAKS)
    save_filter(logbook, "Other", LEAKS)
    assert rename_filter(logbook, kept.id, "Leaks").name == "Leaks"
    with pytest.raises(FilterExists):
        rename_filter(logbook, kept.id, "other")
    assert [other.name for other in list_filters(logbook)] == ["Leaks", "Other"]


def test_a_filter_is_deleted_and_can_be_saved_again(logbook: Logbook) -> None:
    kept = save_filter(logbook, "Leaks", LEAKS)
    gone = delete_filter(logbook, kept.id)
    assert gone == kept
    assert list_filters(logbook) == []
    assert gone.filter is not None
    assert save_filter(logbook, gone.name, gone.filter).text == kept.text


def test_every_change_is_in_the_audit_and_the_logbook_verifies(logbook: Logbook) -> None:
    kept = save_filter(logbook, "Leaks", parse("leak:yes"))
    save_filter(logbook, "Leaks", parse("leak:none"), replace=True)
    save_filter(logbook, "Leaks", parse("leak:none"), replace=True)
    rename_filter(logbook, kept.id, "Dry")
    delete_filter(logbook, kept.id)
    assert [[(c.field, c.old, c.new) for c in changes] for changes in audited(logbook)] == [
        [("name", None, "Leaks"), ("query", None, "leak:present")],
        [("query", "leak:present", "leak:none")],
        [("name", "Leaks", "Dry")],
        [("name", "Dry", None), ("query", "leak:none", None)],
    ]
    with logbook.session():
        assert chain_problems(logbook.database) == []
    assert verify(logbook) == []


def test_what_this_version_does_not_understand_is_listed_and_kept(logbook: Logbook) -> None:
    put(logbook, "Later", "leak:yes robot:yes")
    save_filter(logbook, "Leaks", LEAKS)
    later, _ = list_filters(logbook)
    assert (later.name, later.text, later.filter) == ("Later", "leak:yes robot:yes", None)
    assert later.problem is not None
    assert later.text[later.problem.start : later.problem.end] == "robot"
    renamed = rename_filter(logbook, later.id, "For later")
    assert renamed.text == later.text
    assert filter_called(logbook, "for later") == renamed


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "A filter needs a name."),
        ("x" * (MOST_LETTERS + 1), "The name of a filter has at most 60 letters."),
        ("a\0b", "The name holds a character that cannot be shown."),
        ("a\ud800", "The name holds a character that cannot be shown."),
    ],
)
def test_a_name_that_cannot_be_is_refused(logbook: Logbook, name: str, sentence: str) -> None:
    kept = save_filter(logbook, "Leaks", LEAKS)
    for refuse in (
        lambda: save_filter(logbook, name, LEAKS),
        lambda: rename_filter(logbook, kept.id, name),
    ):
        with pytest.raises(LogbookError) as raised:
            refuse()
        assert raised.value.message == sentence
    assert list_filters(logbook) == [kept]


def test_all_cases_are_no_filter(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="asks for nothing"):
        save_filter(logbook, "All", Filter())


def test_a_filter_that_somebody_took_away_is_told(logbook: Logbook) -> None:
    kept = save_filter(logbook, "Leaks", LEAKS)
    delete_filter(logbook, kept.id)
    for change in (
        lambda: delete_filter(logbook, kept.id),
        lambda: rename_filter(logbook, kept.id, "Dry"),
    ):
        with pytest.raises(LogbookError, match="not in the logbook any more"):
            change()


def test_a_filter_is_found_by_name_or_the_names_are_told(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match=r"There is no filter Dry\. None was saved so far\."):
        filter_called(logbook, "Dry")
    kept = save_filter(logbook, "Leaks", LEAKS)
    assert filter_called(logbook, " leaks ") == kept
    with pytest.raises(LogbookError, match=r"There is no filter Dry\. Known are: Leaks\."):
        filter_called(logbook, "Dry")


def test_a_deletion_is_taken_back_whole_understood_or_not(logbook: Logbook) -> None:
    put(logbook, "Later", "robot:yes")
    save_filter(logbook, "Leaks", LEAKS)
    before = list_filters(logbook)
    for kept in before:
        restore_filter(logbook, delete_filter(logbook, kept.id))
    assert list_filters(logbook) == before
    with logbook.session():
        assert chain_problems(logbook.database) == []


def test_a_deletion_is_not_taken_back_over_another_filter(logbook: Logbook) -> None:
    gone = delete_filter(logbook, save_filter(logbook, "Leaks", LEAKS).id)
    other = save_filter(logbook, "leaks", parse("leak:none"))
    with pytest.raises(FilterExists) as raised:
        restore_filter(logbook, gone)
    assert raised.value.existing == other
    assert list_filters(logbook) == [other]
