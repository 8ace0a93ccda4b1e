# SPDX-License-Identifier: MIT
"""Bringing back: whole versions, single fields, rows; and what stays as it is."""

from __future__ import annotations

import pytest

from models.audit import Action
from models.case import Case, bin_case, load_case, save_case
from models.document import compare
from models.errors import ImpossibleCase, LogbookDamaged, LogbookError
from models.history import (
    Cell,
    Deed,
    RowGone,
    document_at,
    history_of,
    read_history,
    restore,
    restore_field,
)
from models.logbook import Logbook
from models.reasons import recent_reasons
from models.schema import AuditEntry, Image, ImageContent
from models.settings import ASK_REASON, change_setting
from models.signoff import ReasonMissing
from models.snapshot import snapshot
from models.verify import verify
from models.vocabulary import Leakage, Level, MissingReason, Sex, Side
from tests.builders import a_case
from tests.models.history.test_history import change


@pytest.fixture
def case(logbook: Logbook) -> Case:
    entered = a_case("P-1", Level.T12, Level.L1, cement_ml=4)
    entered.add_balloon(entered.levels[0], side=Side.LEFT, volume_ml=3)
    save_case(logbook, entered)
    return entered


def first(logbook: Logbook, case: Case) -> int:
    return history_of(logbook, case.id)[0].number


def work(case: Case) -> None:
    case.levels[0].cement_ml = 6
    case.levels[1].leakage = Leakage.NOT_ASSESSED
    case.patient.sex = Sex.MALE
    case.remove_level(case.levels[0])


def test_a_version_comes_back_as_a_new_one_and_the_person_stays(
    logbook: Logbook, case: Case
) -> None:
    number = first(logbook, case)
    change(logbook, case, work)
    saved = restore(logbook, case.id, number, "It was right.")
    now = load_case(logbook, case.id)
    assert saved.version == now.version == 3
    assert [level.level for level in now.levels] == [Level.T12, Level.L1]
    assert now.patient.sex is Sex.MALE
    last = history_of(logbook, case.id)[-1]
    assert (last.deed, last.reason) == (
        Deed.BROUGHT_BACK,
        "Version 1 brought back. It was right.",
    )
    assert verify(logbook) == []


def test_the_person_comes_back_where_it_is_asked_for(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    change(logbook, case, work)
    restore(logbook, case.id, number, with_patient=True)
    assert (
        compare(snapshot(load_case(logbook, case.id)), document_at(logbook, case.id, number)) == []
    )


def test_a_case_in_the_bin_stays_there(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    change(logbook, case, work)
    bin_case(logbook, case.id, "Entered twice")
    restore(logbook, case.id, number)
    assert read_history(logbook, case.id).in_bin


def test_what_is_the_same_already_makes_no_version(logbook: Logbook, case: Case) -> None:
    assert restore(logbook, case.id, first(logbook, case)).changes == ()
    assert len(history_of(logbook, case.id)) == 1


def test_a_field_comes_back_alone(logbook: Logbook, case: Case) -> None:
    def two(c: Case) -> None:
        c.levels[0].cement_ml = 6
        c.levels[0].side = Side.LEFT

    number = first(logbook, case)
    level = str(case.levels[0].id)
    change(logbook, case, two)
    restore_field(logbook, case.id, number, Cell("treated_level", level, ("cement_ml",)), "Why.")
    now = load_case(logbook, case.id)
    assert (now.levels[0].cement_ml, now.levels[0].side) == (4, Side.LEFT)
    reason = history_of(logbook, case.id)[-1].reason
    assert reason == "T12, Cement of version 1 brought back. Why."


def test_a_reason_for_missing_comes_and_goes_with_its_field(logbook: Logbook, case: Case) -> None:
    def lose(c: Case) -> None:
        c.procedure.operator = None
        c.procedure.missing = {"operator": MissingReason.UNKNOWN, "minutes": MissingReason.NOT_DONE}

    number = first(logbook, case)
    change(logbook, case, lose)
    cell = Cell("procedure", case.id, ("operator",))
    restore_field(logbook, case.id, number, cell)
    now = load_case(logbook, case.id).procedure
    assert now.operator == "Dr A. Operator"
    assert now.missing == {"minutes": MissingReason.NOT_DONE}
    restore_field(logbook, case.id, history_of(logbook, case.id)[1].number, cell)
    assert load_case(logbook, case.id).procedure.missing["operator"] is MissingReason.UNKNOWN


def test_a_field_of_a_row_that_is_gone_asks_for_the_row(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    balloon = str(case.balloons[0].id)
    change(logbook, case, lambda c: c.remove_level(c.levels[0]))
    with pytest.raises(RowGone, match="Balloon 1 of T12 was removed since"):
        restore_field(logbook, case.id, number, Cell("balloon", balloon, ("volume_ml",)))
    restore_field(logbook, case.id, number, Cell("balloon", balloon))
    now = load_case(logbook, case.id)
    assert {level.level for level in now.levels} == {Level.T12, Level.L1}
    assert [row.volume_ml for row in now.balloons] == [3]


def test_a_level_comes_back_with_what_hung_on_it(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    level = str(case.levels[0].id)
    change(logbook, case, lambda c: c.remove_level(c.levels[0]))
    restore_field(logbook, case.id, number, Cell("treated_level", level))
    assert (
        compare(snapshot(load_case(logbook, case.id)), document_at(logbook, case.id, number)) == []
    )


def test_a_row_that_was_added_goes_again(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)

    def add(c: Case) -> None:
        c.add_leak(c.add_level(level=Level.L3))

    later = change(logbook, case, add)
    restore_field(logbook, case.id, number, Cell("treated_level", str(later.levels[-1].id)))
    assert (
        compare(snapshot(load_case(logbook, case.id)), document_at(logbook, case.id, number)) == []
    )


def test_a_value_that_cannot_be_today_is_refused_whole(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    level = str(case.levels[0].id)

    def swap(c: Case) -> None:
        c.levels[0].level = Level.T8
        c.levels[1].level = Level.T12

    change(logbook, case, swap)
    before = snapshot(load_case(logbook, case.id))
    with pytest.raises(ImpossibleCase, match="twice"):
        restore_field(logbook, case.id, number, Cell("treated_level", level, ("level",)))
    assert snapshot(load_case(logbook, case.id)) == before
    assert len(history_of(logbook, case.id)) == 2


def test_to_whom_a_case_belongs_is_not_brought_back(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    with pytest.raises(LogbookError, match="not brought back alone"):
        restore_field(logbook, case.id, number, Cell("procedure", case.id, ("patient",)))


def test_nothing_is_brought_back_into_a_damaged_record(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    logbook.database.execute_sql("UPDATE treated_level SET cement_ml = 9")
    with pytest.raises(LogbookDamaged, match="does not fit its record"):
        restore(logbook, case.id, number)


def test_a_picture_that_is_gone_is_told_before_anything_is_changed(
    logbook: Logbook, case: Case
) -> None:
    ImageContent.insert(sha256="a" * 64, media_type="image/png", content=b"").execute(
        logbook.database
    )

    def show(c: Case) -> None:
        c.images.append(
            Image(procedure=c.id, content="a" * 64, added_at="2026-01-01T00:00:00.000Z")
        )

    change(logbook, case, show)
    number = history_of(logbook, case.id)[-1].number
    change(logbook, case, lambda c: c.images.clear())
    restore(logbook, case.id, number)
    assert len(load_case(logbook, case.id).images) == 1
    change(logbook, case, lambda c: c.images.clear())
    ImageContent.delete().execute(logbook.database)
    with pytest.raises(LogbookError, match="picture of this version is not in the logbook"):
        restore(logbook, case.id, number)
    assert load_case(logbook, case.id).images == []


def test_the_audit_calls_it_a_restore(logbook: Logbook, case: Case) -> None:
    number = first(logbook, case)
    change(logbook, case, work)
    restore(logbook, case.id, number)
    actions = AuditEntry.select(AuditEntry.action).order_by(AuditEntry.number).tuples()
    assert list(actions.execute(logbook.database))[-1] == (Action.RESTORE.value,)


def test_where_the_settings_ask_what_comes_back_needs_a_reason(
    logbook: Logbook, case: Case
) -> None:
    number = first(logbook, case)
    cement = Cell("treated_level", str(case.levels[0].id), ("cement_ml",))
    change(logbook, case, lambda c: setattr(c.levels[0], "cement_ml", 6))
    change_setting(logbook, ASK_REASON, True)
    with pytest.raises(ReasonMissing):
        restore(logbook, case.id, number)
    with pytest.raises(ReasonMissing):
        restore_field(logbook, case.id, number, cement, "  ")
    assert load_case(logbook, case.id).levels[0].cement_ml == 6
    assert read_history(logbook, case.id).needs_reason
    restore_field(logbook, case.id, number, cement, "Read again.")
    assert load_case(logbook, case.id).levels[0].cement_ml == 4


def test_of_what_was_brought_back_the_own_words_are_offered_again(
    logbook: Logbook, case: Case
) -> None:
    number = first(logbook, case)
    cement = Cell("treated_level", str(case.levels[0].id), ("cement_ml",))
    change(logbook, case, lambda c: setattr(c.levels[0], "cement_ml", 6))
    restore_field(logbook, case.id, number, cement, "Read again.")
    assert recent_reasons(logbook) == ["Read again."]
    change(logbook, case, lambda c: setattr(c.levels[0], "cement_ml", 7))
    restore(logbook, case.id, number, "It was right.")
    change(logbook, case, lambda c: setattr(c.levels[0], "cement_ml", 8))
    restore(logbook, case.id, number)
    assert recent_reasons(logbook) == ["It was right.", "Read again."]
