# SPDX-License-Identifier: MIT
"""Numbers of tables and figures, in the order in which they stand in a report."""

from __future__ import annotations


class Numbering:
    """Counts the tables and figures of one report."""

    def __init__(self) -> None:
        self._tables = self._figures = 0

    def table(self, caption: str) -> str:
        """The caption of the next table, with its number."""
        self._tables += 1
        return f"Table {self._tables}. {caption}"

    def figure(self) -> str:
        """The number of the next figure."""
        self._figures += 1
        return f"Figure {self._figures}"
