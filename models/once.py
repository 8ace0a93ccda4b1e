# SPDX-License-Identifier: MIT
"""A change that is carried out once, however often a server has to be asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from models.errors import AnswerLost
from models.logbook import Logbook

T = TypeVar("T")


class Once(Generic[T]):
    """Can be carried out again after ``ServerAway``; what was done then is not done again.

    Args:
        logbook: what is changed.
        work: changes it, in a transaction; it may be called again where nothing came of it.

    Attributes:
        logbook: as given.
    """

    def __init__(self, logbook: Logbook, work: Callable[[], T]) -> None:
        self.logbook, self._work = logbook, work
        self._number = ""
        self._is_done = False
        self._hoped: T | None = None

    def was_done(self) -> bool:
        """Whether it is done, also where the server could not say so; no attempt is begun.

        Raises:
            ServerAway: the server cannot be asked.
        """
        if self._number:
            self._is_done = self.logbook.has_saved(self._number)
            self._number = ""
        return self._is_done

    def carry_out(self) -> T:
        """Do it, unless it is done; what came of it.

        Raises:
            ServerAway: not now; it can be carried out again.
            LogbookError: as ``work``.
        """
        if not self.was_done():
            try:
                with self.logbook.transaction():
                    self._hoped = self._work()
            except AnswerLost as lost:
                self._number = lost.number
                raise
            self._is_done = True
        return cast("T", self._hoped)
