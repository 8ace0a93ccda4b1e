# SPDX-License-Identifier: MIT
"""Numbers of tables and figures, in the order in which they stand in a report."""

from __future__ import annotations

from models.speech import say


class Numbering:
    """Counts the tables and figures of one report."""

    def __init__(self) -> None:
        self._tables = self._figures = 0

    def table(self, caption: str) -> str:
        """The caption of the next table, with its number."""
        self._tables += 1
        return say("Table {tables}. {caption}", tables=self._tables, caption=caption)

    def figure(self) -> str:
        """The number of the next figure."""
        self._figures += 1
        return say("Figure {figures}", figures=self._figures)
