# SPDX-License-Identifier: MIT
"""Filling a logbook with synthetic cases, on all processors where there are many to make."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial

from models.bulk import Chunk, save_chunks
from models.errors import LogbookError
from models.logbook import Logbook
from models.sample.generator import Block, blocks_of, make_block
from models.schema import Procedure
from models.settings import visit_plan
from models.speech import say
from models.timepoints import STANDARD, VisitPlan

REASON = "Synthetic case"
"""What the audit says of each synthetic case."""

_WORTH_IT = 3_000
"""Cases from which on it pays to start other processes."""


def fill(
    logbook: Logbook,
    count: int,
    seed: int,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> int:
    """Add ``count`` synthetic cases, all of them or none, and return how many were added.

    ``workers`` is the number of processes that make them, 1 for this one; None is as many as
    there is work for. The cases are the same.

    Raises:
        LogbookError: the logbook holds cases of real patients, or these cases already.
        CannotWrite, LogbookBusy: as their names say.
    """
    _refuse_real_cases(logbook)
    blocks = list(blocks_of(count, seed))
    fitting = _usable_processors() if count >= _WORTH_IT else 1
    ready = partial(prepare, user=logbook.user, plan=visit_plan(logbook))
    chunks = _ready(blocks, ready, workers or fitting)
    return save_chunks(logbook, chunks, progress, cancelled, all_or_nothing=True)


def prepare(block: Block, user: str, plan: VisitPlan = STANDARD) -> Chunk:
    """Make the cases of a block and make them ready to be saved, in whatever process."""
    chunk = Chunk(user, REASON, plan)
    for case in make_block(block):
        chunk.take(case)
    chunk.detach()
    return chunk


def _refuse_real_cases(logbook: Logbook) -> None:
    with logbook.session():
        is_real = Procedure.synthetic == False  # noqa: E712 - an expression, not a comparison
        real = Procedure.select().where(is_real).exists(logbook.database)
    if real:
        raise LogbookError(
            say("{place} holds cases that are not synthetic.", place=logbook.place),
            say("Synthetic cases are never mixed with them; name a new folder."),
        )


def _ready(
    blocks: list[Block], prepared: Callable[[Block], Chunk], workers: int
) -> Iterator[Chunk]:
    """The chunks in their order; with several workers a few of them are made ahead."""
    if workers == 1:
        for block in blocks:
            yield prepared(block)
        return
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_settle_in
    )
    pending: deque[Future[Chunk]] = deque()
    try:
        for block in blocks:
            pending.append(pool.submit(prepared, block))
            if len(pending) > 2 * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _settle_in() -> None:
    # Ctrl+C is for the process that writes; it sends the others home.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing that is made here goes round in circles, so looking for circles only takes time.
    gc.disable()


def _usable_processors() -> int:
    # In a bundled program, starting itself once more would open a second window.
    return 1 if getattr(sys, "frozen", False) else os.cpu_count() or 1
