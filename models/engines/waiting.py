# SPDX-License-Identifier: MIT
"""Waits for the writer's lock of a database, for as long as somebody wants to wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import peewee

from models.errors import WaitStopped
from models.speech import say

_SLICE_MS = 100
"""So long the engine waits at a time; then it is asked whether anybody still wants that."""


@contextmanager
def writing(database: peewee.SqliteDatabase, goes_on: Callable[[], bool]) -> Iterator[None]:
    """As ``Engine.writing``."""
    patience_ms = int(database.pragma("busy_timeout"))
    with ExitStack() as stack:
        database.pragma("busy_timeout", min(_SLICE_MS, patience_ms))
        try:
            _begin(stack, database, time.monotonic() + patience_ms / 1_000, goes_on)
        finally:
            database.pragma("busy_timeout", patience_ms)
        yield


def _begin(
    stack: ExitStack, database: peewee.SqliteDatabase, last: float, goes_on: Callable[[], bool]
) -> None:
    while True:
        try:
            stack.enter_context(database.atomic("IMMEDIATE"))
        except peewee.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= last:
                raise
        else:
            return
        if not goes_on():
            raise WaitStopped(
                say("Waiting was stopped; nothing was saved."),
                say("What you entered is kept. Save it when the other program has finished."),
            )
