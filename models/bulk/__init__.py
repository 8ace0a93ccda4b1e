# SPDX-License-Identifier: MIT
"""Saving many new cases at once: what ``save_case`` does for one, in a few statements for all.

Record, audit, list lines and search index come out as if each case had been saved by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext

from models.bulk.chunk import CHUNK, Chunk
from models.bulk.ready import Ready, make_ready
from models.case import Case
from models.logbook import Logbook
from models.settings import visit_plan

__all__ = ["CHUNK", "Chunk", "Ready", "make_ready", "save_chunks", "save_many"]


def save_many(
    logbook: Logbook,
    cases: Iterable[Case],
    reason: str = "",
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    all_or_nothing: bool = False,
) -> int:
    """Save cases that the logbook does not hold yet, and return how many were saved.

    Every ``CHUNK`` cases are one durable transaction, or all of them are where
    ``all_or_nothing``. Before each chunk ``cancelled`` is asked whether to stop, after it
    ``progress`` is told how many are saved. A stop keeps the chunks so far, or nothing where
    ``all_or_nothing``.

    Raises:
        ImpossibleCase, PatientExists, VersionConflict, CannotWrite, LogbookBusy: as ``save_case``.
            Nothing of that chunk is saved.
    """
    plan = visit_plan(logbook)
    chunks = _chunks(lambda: Chunk(logbook.user, reason, plan), cases)
    return save_chunks(logbook, chunks, progress, cancelled, all_or_nothing=all_or_nothing)


def save_chunks(
    logbook: Logbook,
    chunks: Iterable[Chunk],
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    all_or_nothing: bool = False,
) -> int:
    """As ``save_many``, for cases that were made ready already, be it by another process."""
    saved = 0
    undo: list[Callable[[], None]] = []
    try:
        with logbook.session(), logbook.transaction() if all_or_nothing else nullcontext():
            for chunk in chunks:
                if cancelled is not None and cancelled():
                    raise _Stopped
                _write(logbook, chunk)
                if all_or_nothing:
                    undo.append(chunk.undo_later())
                saved += len(chunk)
                if progress is not None:
                    progress(saved)
    except BaseException as error:
        for back in reversed(undo):
            back()
        if isinstance(error, _Stopped):
            return 0 if all_or_nothing else saved
        raise
    return saved


def _write(logbook: Logbook, chunk: Chunk) -> None:
    try:
        with logbook.transaction():
            chunk.write(logbook)
    except BaseException:
        chunk.undo()
        raise


class _Stopped(Exception):
    """Nobody wants the rest any more."""


def _chunks(begin: Callable[[], Chunk], cases: Iterable[Case]) -> Iterator[Chunk]:
    chunk = begin()
    for case in cases:
        chunk.take(case)
        if chunk.is_full:
            yield chunk
            chunk = begin()
    if len(chunk):
        yield chunk
