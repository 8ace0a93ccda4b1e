# SPDX-License-Identifier: MIT
"""Going through the cases of an export a few at a time, with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from models.errors import LogbookError
from models.speech import say

AT_ONCE = 250
"""Cases that are read together: enough to be fast, few enough for memory to stay flat."""

Progress = Callable[[int, int], None]


class Steps:
    """Counts cases over all sheets of an export.

    Attributes:
        at_once: how many cases are read together.
        total: cases, each as often as it will be read; 0 until it is known.
    """

    def __init__(
        self,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self.at_once = at_once
        self.total = 0
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def through(self, case_ids: Sequence[str]) -> Iterator[Sequence[str]]:
        """The ids in chunks.

        Raises:
            LogbookError: the export was stopped.
        """
        for start in range(0, len(case_ids), self.at_once):
            self.stop_if_cancelled()
            chunk = case_ids[start : start + self.at_once]
            yield chunk
            self._done += len(chunk)
            if self._progress is not None and self.total:
                self._progress(min(self._done, self.total), self.total)

    def stop_if_cancelled(self) -> None:
        """Raises LogbookError where somebody stopped the export."""
        if self._cancelled is not None and self._cancelled():
            raise LogbookError(say("The export was stopped."), say("No file was written."))
