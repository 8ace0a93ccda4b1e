# SPDX-License-Identifier: MIT
"""What an older program worked out is made anew, and nothing that was entered changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.audit import HEAD
from models.bulk import save_many
from models.case import bin_case, load_case, save_case
from models.catchup import CHUNK, catch_up
from models.engines import search
from models.errors import LogbookBusy, NewerLogbook
from models.form import DERIVED_FOR
from models.logbook import Logbook
from models.own_notes import drop_note, keep_note, read_note
from models.sample import make_cases
from models.schema import PatientIdentity, Procedure, Setting
from models.served import SHELTER_KEY
from models.settings import STORE_IDENTITY, change_setting, read_settings
from models.verify import verify
from models.vocabulary import Level
from tests.builders import a_case, store_names
from tests.fresh import NewLogbook, again
from tests.listed import listed
from tests.older_program import leave_behind, recorded

CASES = 40
UNDER_WAY = "derived.under_way"


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    made = new_logbook(tmp_path / "Clinic.kypholog")
    yield made
    made.close()


@pytest.fixture
def filled(logbook: Logbook) -> Logbook:
    save_many(logbook, make_cases(CASES, seed=3))
    named = a_case("P-named", Level.T11)
    named.identity = PatientIdentity(patient=named.patient.id, full_name="Ann Example")
    save_case(store_names(logbook), named)
    store_names(logbook, on=False)
    save_case(logbook, a_case("P-binned"))
    bin_case(logbook, a_case_of(logbook, "P-binned"), "A trial")
    return logbook


def a_case_of(logbook: Logbook, text: str) -> str:
    sql = "SELECT case_id FROM case_row WHERE patient_code = ?"
    return str(logbook.database.execute_sql(sql, (text,)).fetchone()[0])


def test_every_derived_value_is_made_anew_and_nothing_else(filled: Logbook) -> None:
    entered = recorded(filled)
    kept_lines = "SELECT number, case_id, levels, cement_ml FROM case_row WHERE number % 7 <> 3"
    rows = list(filled.database.execute_sql(kept_lines))
    leave_behind(filled)
    assert len(verify(filled)) > CASES
    assert catch_up(filled)
    assert verify(filled) == []
    assert recorded(filled) == entered
    by_number = {row[0]: row for row in filled.database.execute_sql(kept_lines.split(" WHERE")[0])}
    assert [by_number[row[0]] for row in rows] == rows
    assert len(by_number) == CASES + 2


@pytest.mark.parametrize("stores_names", [False, True])
def test_every_case_is_found_again_by_its_words_and_by_no_others(
    filled: Logbook, stores_names: bool
) -> None:
    if stores_names:
        change_setting(filled, STORE_IDENTITY, True)
    leave_behind(filled)
    catch_up(filled)
    assert len(listed(filled, "P-named T11")) == 1
    assert len(listed(filled, "ann example")) == int(stores_names)
    assert len(listed(filled, "gone")) == 0


def test_a_logbook_that_was_just_made_is_not_behind(logbook: Logbook) -> None:
    assert not logbook.is_behind()
    save_case(logbook, a_case())
    logbook.close()
    opened = again(logbook)
    assert not opened.is_behind()
    opened.close()


@pytest.mark.sqlite_only("the file is compared")
def test_a_logbook_that_is_up_to_date_is_not_written_to(filled: Logbook) -> None:
    filled.database.pragma("wal_checkpoint", "TRUNCATE")
    before = filled.file.read_bytes()
    assert catch_up(filled, lambda done, total: pytest.fail("there is nothing to do"))
    filled.close()
    assert filled.file.read_bytes() == before


def test_a_logbook_without_cases_is_up_to_date_at_once(logbook: Logbook) -> None:
    with logbook.transaction():
        drop_note(logbook.database, DERIVED_FOR)
    assert logbook.is_behind()
    assert catch_up(logbook)
    assert not logbook.is_behind()
    assert verify(logbook) == []


def test_what_is_noted_is_no_setting_and_no_audit_entry(filled: Logbook) -> None:
    leave_behind(filled)
    catch_up(filled)
    settings = {STORE_IDENTITY.name}
    assert set(read_settings(filled).values) == settings
    noted = {row.name for row in Setting.select().execute(filled.database)}
    # A server keeps the key of drafts that wait for it.
    assert noted - {SHELTER_KEY} == {DERIVED_FOR, HEAD, *settings}


def test_progress_grows_to_all_cases(logbook: Logbook) -> None:
    save_many(logbook, make_cases(CHUNK + 5, seed=1))
    leave_behind(logbook)
    told: list[tuple[int, int]] = []
    catch_up(logbook, lambda done, total: told.append((done, total)))
    assert told == [(0, CHUNK + 5), (CHUNK, CHUNK + 5), (CHUNK + 5, CHUNK + 5)]


def test_stopped_it_goes_on_from_there(logbook: Logbook) -> None:
    save_many(logbook, make_cases(CHUNK + 5, seed=1))
    leave_behind(logbook)
    told: list[int] = []
    assert not catch_up(logbook, lambda done, _: told.append(done), lambda: CHUNK in told)
    assert told == [0, CHUNK]
    assert logbook.is_behind()
    assert catch_up(logbook, lambda done, _: told.append(done))
    assert told == [0, CHUNK, CHUNK, CHUNK + 5]
    assert verify(logbook) == []


def test_cases_that_are_saved_in_between_are_up_to_date_too(logbook: Logbook) -> None:
    save_many(logbook, make_cases(CHUNK + 5, seed=1))
    leave_behind(logbook)
    told: list[int] = []
    catch_up(logbook, lambda done, _: told.append(done), lambda: CHUNK in told)
    save_case(logbook, a_case("Zzyzx"))
    (first,) = Procedure.select().order_by(Procedure.id).limit(1).execute(logbook.database)
    changed = load_case(logbook, first.id)
    changed.procedure.operator = "Somebody Else"
    save_case(logbook, changed)
    assert catch_up(logbook)
    assert verify(logbook) == []
    assert len(listed(logbook, "Zzyzx")) == 1


def test_a_note_that_cannot_be_read_begins_anew(filled: Logbook) -> None:
    leave_behind(filled)
    for text in ("not json", "[1]", '{"form": 1}', '{"else": 2}'):
        with filled.transaction():
            keep_note(filled.database, UNDER_WAY, text)
    catch_up(filled)
    assert verify(filled) == []
    assert read_note(filled.database, UNDER_WAY) is None


def test_a_value_of_a_newer_program_holds_nothing_up(filled: Logbook) -> None:
    strange = a_case_of(filled, "P-named")
    leave_behind(filled)
    filled.database.execute_sql(
        "UPDATE treated_level SET technique = 'to_come' WHERE procedure_id = ?", (strange,)
    )
    assert catch_up(filled)
    assert len(verify(filled)) == 1
    assert len(listed(filled, "P-named")) == 1


def test_a_newer_program_that_came_meanwhile_is_not_overruled(filled: Logbook) -> None:
    leave_behind(filled)
    filled.database.execute_sql(
        "INSERT INTO schema_migration (name, applied) SELECT ?, max(applied) FROM schema_migration",
        ["9999_what_is_to_come"],
    )
    with pytest.raises(NewerLogbook):
        catch_up(filled)


@pytest.mark.sqlite_only("a server lets every writer have its turn")
def test_while_another_program_does_it_one_waits(filled: Logbook) -> None:
    """The other holds the lock, gets further, holds it again; then it dies."""
    leave_behind(filled)
    other = again(filled)
    _note_under_way(other, done=0)
    other.database.begin("IMMEDIATE")
    told: list[int] = []
    released = threading.Event()

    def see(done: int, _: int) -> None:
        told.append(done)
        if done:
            released.wait(30)

    def work() -> None:
        with filled.session():
            filled.database.pragma("busy_timeout", 500)
            assert catch_up(filled, see)

    thread = threading.Thread(target=work)
    thread.start()
    while not told:
        time.sleep(0.001)
    other.database.execute_sql("UPDATE setting SET value = replace(value, ': 0}', ': 3}')")
    other.database.commit()
    other.database.begin("IMMEDIATE")
    while len(told) == 1:
        time.sleep(0.001)
    other.database.rollback()
    released.set()
    thread.join()
    other.close()
    assert told[1] >= 3
    assert verify(filled) == []


@pytest.mark.sqlite_only("a server lets every writer have its turn")
def test_a_program_that_holds_the_logbook_for_something_else_is_told(filled: Logbook) -> None:
    leave_behind(filled)
    other = again(filled)
    other.database.begin("IMMEDIATE")
    filled.database.pragma("busy_timeout", 50)
    with pytest.raises(LogbookBusy):
        catch_up(filled)
    other.database.rollback()
    other.close()
    assert catch_up(filled)


def _note_under_way(logbook: Logbook, done: int) -> None:
    with logbook.transaction():
        search.clear(logbook.database)
        text = f'{{"form": "{logbook.form()}", "after": "", "done": {done}}}'
        keep_note(logbook.database, UNDER_WAY, text)
