# SPDX-License-Identifier: MIT
"""The order in which drafts are written and forgotten, whichever thread comes first. No Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


class DraftOrders:
    """Sees to it that of two orders about one case the later one has the last word.

    Jobs run in threads of their own; a draft that was written late must not come back after it
    was discarded.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given = 0
        self._followed: dict[str, int] = {}

    def give(self) -> int:
        """The number of a new order."""
        self._given += 1
        return self._given

    def follow(self, case_id: str, number: int, act: Callable[[], R]) -> R | None:
        """Do what was ordered, unless a later order was followed before; from any thread."""
        with self._lock:
            if number < self._followed.get(case_id, 0):
                return None
            result = act()
            self._followed[case_id] = number
            return result
