# SPDX-License-Identifier: MIT
"""Reads a large table and puts its plain cases together in a process beside.

Reading and putting together takes about as long as writing, so this process has only to write. What
it hears comes through a pipe, a chunk at a time, and the other process waits where nobody listens.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from models.bulk import CHUNK
from models.bulk.plain import PlainRows, Sketch, fresh_ids
from models.errors import LogbookError
from models.importing.mapping import Mapping
from models.importing.plainly import Found, Other, Plainly, PlainlyNew
from models.importing.reading import CsvTable, Table
from models.importing.recognizing import UnreadableTable
from models.importing.survey import Survey
from models.speech import begin, say, spoken
from models.timepoints import VisitPlan

WORTH_IT = 1 << 20
"""Bytes of a file from which on it pays to start another process; about eight thousand rows."""


class _Said(NamedTuple):
    """What the other process says at once.

    Attributes:
        cases: plain ones, the last of which has what all of them are saved from.
        other: a case behind them that has to be judged whole; None.
        refused: why the table cannot be read on, with the cure.
    """

    cases: Sequence[PlainlyNew]
    other: Other | None = None
    refused: tuple[str, str] | None = None


def pays(table: Table) -> bool:
    """Whether another process makes it faster."""
    # In a bundled program, starting itself once more would open a second window.
    is_alone = getattr(sys, "frozen", False) or (os.cpu_count() or 1) == 1
    return isinstance(table, CsvTable) and table.size >= WORTH_IT and not is_alone


@contextmanager
def plainly_beside(
    table: Table, mapping: Mapping, plan: VisitPlan, codes: Collection[str]
) -> Iterator[Callable[[Survey], Iterator[Found]]]:
    """Within, another process tells plain cases of the table from others: see ``Plainly``.

    It gets ready while this one looks the table through, and begins when it is told what was seen.

    Raises:
        UnreadableTable: the table cannot be read to its end.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    other = context.Process(
        target=_tell, args=(theirs, spoken(), table, mapping, plan, list(codes)), daemon=True
    )
    other.start()
    theirs.close()

    def begin_with(seen: Survey) -> Iterator[Found]:
        with _not_ended(table):
            ours.send(seen)
        yield from _heard(ours, table)

    try:
        yield begin_with
    finally:
        ours.close()
        other.terminate()
        other.join()


@contextmanager
def _not_ended(table: Table) -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise LogbookError(
            say("The process that read {name} ended early.", name=table.name),
            say("Import the file again."),
        ) from error


def _heard(ours: Connection, table: Table) -> Iterator[Found]:
    while True:
        with _not_ended(table):
            said: _Said | None = ours.recv()
        if said is None:
            return
        yield from said.cases
        if said.refused is not None:
            raise UnreadableTable(*said.refused)
        if said.other is not None:
            yield said.other


def _tell(
    theirs: Connection,
    language: str,
    table: Table,
    mapping: Mapping,
    plan: VisitPlan,
    codes: Sequence[str],
) -> None:
    """What the other process does; its sentences are in the language of this one."""
    begin(language)
    # Ctrl+C is for the process that writes; it sends this one home.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing that is made here goes round in circles, so looking for circles only takes time.
    gc.disable()
    told = _Telling(theirs)
    try:
        for found in Plainly(table, mapping, theirs.recv(), plan, codes).cases():
            told.take(found)
        told.say()
        theirs.send(None)
    except UnreadableTable as error:
        told.say(refused=(error.message, error.cure))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # Nobody wants the rest any more.
        return


class _Telling:
    """Gathers plain cases until there are enough of them."""

    def __init__(self, theirs: Connection) -> None:
        self._theirs, self._ids = theirs, fresh_ids()
        self._begin()

    def _begin(self) -> None:
        self._made = PlainRows()
        self._cases: list[PlainlyNew] = []

    def take(self, found: Found) -> None:
        if isinstance(found, Other):
            self.say(other=found)
            return
        assert isinstance(found.made, Sketch)
        self._made.take(found.made, self._ids)
        self._cases.append(found._replace(made=None))
        if self._made.count >= CHUNK:
            self.say()

    def say(self, other: Other | None = None, refused: tuple[str, str] | None = None) -> None:
        if self._cases:
            self._cases[-1] = self._cases[-1]._replace(made=self._made)
        if self._cases or other or refused:
            self._theirs.send(_Said(self._cases, other, refused))
        self._begin()
