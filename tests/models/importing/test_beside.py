# SPDX-License-Identifier: MIT
"""A large table is read in a process beside, and comes in as it does without."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import LogbookError
from models.importing import beside, writing
from models.importing.columns import propose
from models.importing.lines import Line, Verdict
from models.importing.preview import Preview, preview
from models.importing.reading import CsvTable
from models.importing.survey import Stopped
from models.importing.writing import take_in, write
from models.logbook import Logbook
from models.verify import verify
from tests.fresh import NewLogbook
from tests.models.importing.stopped import nothing_in, refuses_a_changed_file
from tests.models.stored_rows import rows_of

pytestmark = pytest.mark.sqlite_only("what is read beside comes in through the same door")

HEAD = "patient_code,sex,performed_on,level,approach,cement_ml,pain_scale,pain_baseline,pain_3m"
ROWS = 300
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")


@pytest.fixture(autouse=True)
def _worth_it(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small files are worth it too, and nothing of it is left."""
    monkeypatch.setattr(beside, "WORTH_IT", 1)
    yield
    assert multiprocessing.active_children() == []


@pytest.fixture
def table(tmp_path: Path) -> CsvTable:
    """Plain cases, and among them some that are refused, come twice, or contradict each other."""
    scores = "nrs_0_10,8,"
    rows = [
        f"P{n},female,2026-01-{1 + n % 28:02},L{1 + n % 5},transpedicular,{n % 9}.5,{scores}{n % 8}"
        for n in range(ROWS)
    ]
    rows[20] = "P20,female,2026-01-21,L1,transoral,4,nrs_0_10,8,2"
    rows[30] = rows[29]
    rows[40] = "P39,female,2026-03-01,L1,transpedicular,4,nrs_0_10,11,2"
    rows[50] = "P39,male,2026-03-02,L1,transpedicular,4,nrs_0_10,8,2"
    rows[60] = "P39,female,2026-03-03,L1,transpedicular,4,nrs_0_10,8,2"
    rows[70] = "P1,female,,L1|L2,transpedicular,4,nrs_0_10,8,2"
    rows[80] = ",female,2026-01-02,L1,transpedicular,,,,"
    rows[90] = "P90,female,2026-01-02,L1"
    file = tmp_path / "clinic.csv"
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return CsvTable(file)


def without_ids(logbook: Logbook) -> dict[str, list[str]]:
    """All that was written, but for ids and what hangs on them."""
    held = rows_of(logbook).items()
    return {name: sorted(_ID.sub("id", repr(row)) for row in rows) for name, rows in held}


def indexes_of(logbook: Logbook) -> set[tuple[str, str]]:
    """Names and statements of all indexes."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
    return {(name, made) for name, made in logbook.database.execute_sql(sql)}


def told(shown: Preview) -> list[Line]:
    return list(shown.lines)


def test_it_comes_in_as_it_does_without(
    new_logbook: NewLogbook,
    tmp_path: Path,
    table: CsvTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So many cases are enough to make the indexes anew, here while nothing is heard.
    monkeypatch.setattr(writing, "_MANY", ROWS // 2)
    here, there = [new_logbook(tmp_path / f"{n}.kypholog", user="anna") for n in range(2)]
    before = indexes_of(there)
    shown, done = take_in(there, table, propose(table))
    monkeypatch.setattr(beside, "WORTH_IT", 1 << 40)
    assert told(shown) == told(preview(here, table, propose(table)))
    alone, done_alone = take_in(here, table, propose(table))
    assert (told(alone), done_alone) == (told(shown), done)
    assert shown.unmatched == alone.unmatched
    assert without_ids(here) == without_ids(there)
    assert before == indexes_of(here) == indexes_of(there)
    assert verify(there) == []
    # What is known already is no plain case.
    monkeypatch.setattr(beside, "WORTH_IT", 1)
    few = table.file.with_name("few.csv")
    few.write_text("\n".join(table.file.read_text(encoding="utf-8").splitlines()[:9]))
    once_more, done = take_in(there, CsvTable(few), propose(CsvTable(few)))
    assert (done.new, once_more.counts[Verdict.SAME]) == (0, 8)
    for logbook in (here, there):
        logbook.close()


def test_what_is_stopped_leaves_nothing(logbook: Logbook, table: CsvTable) -> None:
    shown, done = preview(logbook, table, propose(table)), []
    with pytest.raises(Stopped):
        write(logbook, shown, lambda now, _: done.append(now), lambda: len(done) > ROWS // 2)
    assert nothing_in(logbook)


def test_a_file_that_was_changed_meanwhile_leaves_nothing(
    logbook: Logbook, table: CsvTable
) -> None:
    refuses_a_changed_file(logbook, table, "P299")


def test_the_end_of_the_process_beside_leaves_nothing(logbook: Logbook, table: CsvTable) -> None:
    def kill(done: int, total: int) -> None:
        for process in multiprocessing.active_children():
            process.kill()
            process.join()

    shown = preview(logbook, table, propose(table))
    with pytest.raises(LogbookError, match="ended early"):
        write(logbook, shown, kill)
    assert nothing_in(logbook)
