# SPDX-License-Identifier: MIT
"""Reads a large table and puts its plain cases together in a process beside.

Reading and putting together takes longer than writing, so this process has only to write, and does
some of what is left for the end while nothing is there to be written. What it hears comes through a
pipe, a chunk at a time; the other process goes on while a few of them are on the way, and no
longer, so that memory stays as it is.
"""

from __future__ import annotations

import gc
import marshal
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from models.bulk import CHUNK
from models.bulk.plain import PlainRows, Sketch, fresh_ids
from models.errors import LogbookError
from models.importing.mapping import Mapping
from models.importing.plainly import Found, Other, Plainly, PlainlyNew, Present
from models.importing.reading import CsvTable, Table
from models.importing.recognizing import UnreadableTable
from models.importing.survey import Survey
from models.speech import begin, say, spoken
from models.timepoints import VisitPlan

WORTH_IT = 1 << 20
"""Bytes of a file from which on it pays to start another process; about eight thousand rows."""

_ON_THE_WAY = 8
"""Chunks that may wait to be heard; one has about half a megabyte."""

_ALL_SAID = b""
"""What the other process says at its end."""

Heard = Callable[[Survey, Callable[[], bool]], Iterator[Found]]
"""Begins with what was seen of the table. Where nothing is to be heard yet, the other is called as
long as it says that it did something."""


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

    @classmethod
    def heard(cls, told: bytes) -> _Said:
        """What ``_told`` told."""
        numbered, made, rest = marshal.loads(told)
        cases = [PlainlyNew(rows, code, None) for rows, code in numbered]
        if cases:
            cases[-1] = cases[-1]._replace(made=PlainRows.unpacked(made))
        return cls(cases, *(pickle.loads(rest) if rest else ()))


_Numbered = tuple[tuple[int, ...], str]
"""The rows of a plain case, and the code of its patient."""


def _told(
    cases: list[_Numbered],
    made: PlainRows,
    other: Other | None,
    refused: tuple[str, str] | None,
) -> bytes:
    """What one process says to the other.

    Plain cases are mere texts and numbers, which ``marshal`` writes in two thirds of the time of
    pickle; it needs no care of versions, because both processes are the same program.
    """
    rest = pickle.dumps((other, refused)) if other or refused else b""
    return marshal.dumps((cases, made.packed(), rest))


def pays(table: Table) -> bool:
    """Whether another process makes it faster."""
    # In a bundled program, starting itself once more would open a second window.
    is_alone = getattr(sys, "frozen", False) or (os.cpu_count() or 1) == 1
    return isinstance(table, CsvTable) and table.size >= WORTH_IT and not is_alone


@contextmanager
def plainly_beside(
    table: Table, mapping: Mapping, plan: VisitPlan, present: Present
) -> Iterator[Heard]:
    """Within, another process tells plain cases of the table from others: see ``Plainly``.

    It gets ready while this one looks the table through, and begins when it is told what was seen.

    Raises:
        UnreadableTable: the table cannot be read to its end.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    other = context.Process(
        target=_tell, args=(theirs, spoken(), table, mapping, plan, present), daemon=True
    )
    other.start()
    theirs.close()

    def begin_with(seen: Survey, meanwhile: Callable[[], bool]) -> Iterator[Found]:
        with _not_ended(table):
            ours.send(seen)
        yield from _heard(ours, table, meanwhile)

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


def _heard(ours: Connection, table: Table, meanwhile: Callable[[], bool]) -> Iterator[Found]:
    while True:
        while not ours.poll() and meanwhile():
            pass
        with _not_ended(table):
            told = ours.recv_bytes()
        if told == _ALL_SAID:
            return
        said = _Said.heard(told)
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
    present: Present,
) -> None:
    """What the other process does; its sentences are in the language of this one."""
    begin(language)
    # Ctrl+C is for the process that writes; it sends this one home.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing that is made here goes round in circles, so looking for circles only takes time.
    gc.disable()
    try:
        seen = theirs.recv()
        with ThreadPoolExecutor(1) as sender:
            _tell_cases(_Post(theirs, sender), Plainly(table, mapping, seen, plan, present))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # Nobody wants the rest any more.
        return


def _tell_cases(post: _Post, plainly: Plainly) -> None:
    told = _Telling(post)
    try:
        for found in plainly.cases():
            told.take(found)
        told.say()
        post.send(_ALL_SAID)
    except UnreadableTable as error:
        told.say(refused=(error.message, error.cure))
    post.end()


class _Post:
    """Sends in another thread, so that nobody has to wait who can make the next chunk.

    Raises BrokenPipeError, with this or a later call, where nobody listens.
    """

    def __init__(self, theirs: Connection, sender: Executor) -> None:
        self._theirs, self._sender = theirs, sender
        self._on_the_way: deque[Future[None]] = deque()

    def send(self, told: bytes) -> None:
        self._on_the_way.append(self._sender.submit(self._theirs.send_bytes, told))
        if len(self._on_the_way) > _ON_THE_WAY:
            self._on_the_way.popleft().result()

    def end(self) -> None:
        """Wait until all was heard."""
        for each in self._on_the_way:
            each.result()


class _Telling:
    """Gathers plain cases until there are enough of them."""

    def __init__(self, post: _Post) -> None:
        self._post, self._ids = post, fresh_ids()
        self._begin()

    def _begin(self) -> None:
        self._made = PlainRows()
        self._cases: list[_Numbered] = []

    def take(self, found: Found) -> None:
        if isinstance(found, Other):
            self.say(other=found)
            return
        assert isinstance(found.made, Sketch)
        self._made.take(found.made, self._ids)
        self._cases.append((found.rows, found.patient_code))
        if self._made.count >= CHUNK:
            self.say()

    def say(self, other: Other | None = None, refused: tuple[str, str] | None = None) -> None:
        if self._cases or other or refused:
            self._post.send(_told(self._cases, self._made, other, refused))
        self._begin()
