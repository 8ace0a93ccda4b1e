# SPDX-License-Identifier: MIT
"""Of a large logbook two connections read a half each: the answers are those of one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest
from peewee import fn

from models.analysis.cement import cement_relief
from models.analysis.followed import followed
from models.analysis.gained_and_kept import gained_and_kept
from models.analysis.gains import height_gains
from models.analysis.instruments import Instrument
from models.analysis.kept_heights import kept_heights
from models.analysis.paired import pain_outcome, paired_outcome
from models.analysis.question import Question
from models.analysis.shifts import medication_of
from models.bulk import save_many
from models.engines.beside import Second
from models.engines.sqlite import Database
from models.logbook import Logbook
from models.safety.numbers import safety_numbers
from models.sample import fill
from models.schema import CaseRow, TreatedLevel
from tests import encrypted
from tests.models.analysis.asking import case_of
from tests.models.asked import statements

pytestmark = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor reads alone")

SECTIONS: dict[str, Callable[[Logbook, Question], object]] = {
    "pain": pain_outcome,
    "function": lambda logbook, asked: paired_outcome(logbook, Instrument.ODI, asked),
    "medication": medication_of,
    "height": gained_and_kept,
    "cement": cement_relief,
    "followed": followed,
    "safety": lambda logbook, _asked: safety_numbers(logbook),
}


of_a_file = pytest.mark.sqlite_only("a file is read by two connections, a server is not")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """Synthetic cases, as few as have something of everything."""
    opened = Logbook.create(tmp_path_factory.mktemp("large") / "Clinic.kypholog")
    fill(opened, 150, seed=5, workers=1)
    yield opened
    opened.close()


@contextmanager
def shared(logbook: Logbook) -> Iterator[Database]:
    """The database of the logbook, read by two whatever its size."""
    database = logbook.database
    assert isinstance(database, Database)
    usual, database.shared_from = database.shared_from, 0
    try:
        with logbook.session():
            yield database
    finally:
        database.shared_from = usual


def plain(found: object) -> object:
    """An answer down to the last digit, to be compared."""
    if is_dataclass(found):
        return {one.name: plain(getattr(found, one.name)) for one in fields(found)}
    if isinstance(found, np.ndarray):
        return str(found.dtype), repr(found.tolist())
    if isinstance(found, tuple | list):
        return [plain(one) for one in found]
    return repr(found)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("asked", [Question(), Question.read(by="sex")], ids=["all", "by sex"])
def test_two_find_what_one_finds(large: Logbook, section: str, asked: Question) -> None:
    work = SECTIONS[section]
    with large.session():
        alone = plain(work(large, asked))
    with shared(large):
        assert plain(work(large, asked)) == alone


def test_gained_and_kept_are_what_each_is_alone(large: Logbook) -> None:
    asked = Question.read(by="sex")
    with large.session():
        alone = [*height_gains(large, asked), kept_heights(large, asked)]
        assert plain(gained_and_kept(large, asked)) == plain(alone)


def test_each_of_two_reads_a_half_and_through_the_index(large: Logbook) -> None:
    with shared(large) as database:
        with statements(large) as asked:
            cement_relief(large)
        halves = [sql for sql in asked if "group_concat" in sql]
        plans = [
            " ".join(map(str, database.execute_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall()))
            for sql in halves
        ]
    index = f"{TreatedLevel._meta.table_name}_procedure_id"
    assert [index in plan for plan in plans] == [False, False, True]
    assert all("SEARCH t1 USING" in plan for plan in plans)
    assert not any("TEMP B-TREE" in plan for plan in plans)


def test_of_a_small_logbook_one_reads_all(large: Logbook) -> None:
    with large.session(), large.database.view():
        assert large.database.second is None


def test_an_encrypted_logbook_is_read_by_two(tmp_path: Path) -> None:
    logbook, _recovery = encrypted.make(tmp_path / "Clinic.kypholog")
    save_many(logbook, (case_of(code=f"P-{i}", after=i % 9) for i in range(7)))
    with shared(logbook) as database:
        with database.view():
            assert database.second is not None
        assert pain_outcome(logbook).numbers.n_cases == 7
    logbook.close()


def test_the_second_ends_with_the_outermost_view(large: Logbook) -> None:
    with shared(large) as database:
        with database.view():
            second = database.second
            with database.view():
                assert database.second is second
            assert second is not None
            assert second.begin(database.is_closed).result() is False
        assert database.second is None
    with pytest.raises(RuntimeError):
        second.begin(database.is_closed)


def test_whoever_reads_within_a_transaction_reads_alone(large: Logbook) -> None:
    """The second one could not see what the transaction sees."""
    with shared(large) as database, database.atomic("DEFERRED"), database.view():
        assert database.second is None


@of_a_file
def test_a_save_between_the_two_keeps_the_second_out(logbook: Logbook, other: Logbook) -> None:
    with shared(logbook) as database:
        second = Second(database)
        try:
            assert second.opens()
            save_many(other, [case_of(code="B")])
            with database.atomic("DEFERRED"):
                assert not second.joins()
        finally:
            second.close()


@of_a_file
def test_two_see_one_state_while_others_save(logbook: Logbook, other: Logbook) -> None:
    def count() -> int:
        return int(database.execute(CaseRow.select(fn.count(CaseRow.number))).fetchone()[0])

    def save() -> None:
        for number in range(40):
            save_many(other, [case_of(code=f"B-{number}")])

    with shared(logbook) as database:
        writer = threading.Thread(target=save)
        writer.start()
        while writer.is_alive():
            with database.view():
                if database.second is not None:
                    assert database.second.begin(count).result() == count()
        with database.view():
            assert database.second is not None
            assert database.second.begin(count).result() == count() == 40


@of_a_file
def test_where_the_file_is_gone_nobody_makes_one(logbook: Logbook) -> None:
    away = logbook.file.with_suffix(".away")
    with shared(logbook) as database:
        database.hold()
        logbook.file.rename(away)
        with database.view():
            assert database.second is None
        assert not logbook.file.exists()
        away.rename(logbook.file)
