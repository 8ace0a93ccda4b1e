# SPDX-License-Identifier: MIT
"""What is printed, as plain values: a title, columns, and rows of texts or small drawings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

Progress = Callable[[int, int], None]
"""Hears how much is done, and of how much in all; raises ``Stopped`` when it is enough."""


class Stopped(Exception):
    """The user does not want it any more."""


@dataclass(frozen=True, slots=True)
class PrintColumn:
    """One column.

    Attributes:
        heading: repeated on every page; it wraps between words.
        wish: a text as wide as the column likes to be; "" where its contents decide.
        is_right: numbers stand at the right.
        blank_mm: how wide a column to write in by hand is; 0 for one that is printed. Its cells
            are left empty whatever the rows hold.
    """

    heading: str
    wish: str = ""
    is_right: bool = False
    blank_mm: float = 0.0


class Drawing(ABC):
    """A cell that is drawn. There is one a row, so it should hold little.

    Attributes:
        width: how wide it likes to be, in pixels of a screen at normal size.
    """

    __slots__ = ()
    width: ClassVar[float]

    @abstractmethod
    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint the cell, which is ``box`` without its padding, in the same pixels.

        Colors are to be those of paper, dark on white.
        """


Cell = str | Drawing
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to be printed.

    Attributes:
        title: above the first page, and small above every other.
        subtitle: lines below the title: what was left out, how many, when, by whom.
        columns: from left to right.
        rows: as many cells as there are columns. Gone through once.
        note: what has to be known to read the table, below its last row.
        footer: at the foot of every page.
    """

    title: str
    subtitle: tuple[str, ...]
    columns: tuple[PrintColumn, ...]
    rows: Iterable[Row]
    note: str = ""
    footer: str = ""
