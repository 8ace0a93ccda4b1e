# SPDX-License-Identifier: MIT
"""Sizes and looks of a report: letters, cells and distances, in the unit of its paper."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFrameFormat,
    QTextTableCellFormat,
)

from ui.theme import FAMILY

INK, MUTED, SHADE, ZEBRA = "#000000", "#3d4652", "#e3e8ed", "#f4f6f8"
"""Colors of paper, whatever the program looks like."""
BOLD = QFont.Weight.DemiBold
ABOVE, BESIDE = 1.6, 3.0
"""Padding of a cell, in points."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of a document.

    Attributes:
        unit: of its lengths, for one point.
        width: of its text, in points.
        shrink: of its letters; 1 for none.
        in_points: letters are told in points instead of the unit, as a file for others needs it.
        height: of its pages, in points; None where it has none, so that tables are not parted.
    """

    unit: float
    width: float
    shrink: float = 1.0
    in_points: bool = False
    height: float | None = None

    def of(self, points: float) -> float:
        """A length."""
        return points * self.unit

    def letters(self, points: float) -> float:
        """The size of letters."""
        return points * self.unit * self.shrink


class Formats:
    """What Qt is told of letters, cells and distances of one size.

    Args:
        measures: of the document.
    """

    def __init__(self, measures: Measures) -> None:
        self._measures = measures

    def font(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Letters of so many points."""
        font = QFont(FAMILY)
        if self._measures.in_points:
            font.setPointSizeF(size * self._measures.shrink)
        else:
            font.setPixelSize(max(1, round(self._measures.letters(size))))
        font.setWeight(weight)
        # No alternate forms of digits and dashes, which have no letters behind them in a PDF file.
        font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
        return font

    @staticmethod
    def unbroken(text: str) -> str:
        """The text with every percent sign in the line of its number."""
        return text.replace(" %", "\N{NO-BREAK SPACE}%")

    def letters(
        self, size: float, weight: QFont.Weight = QFont.Weight.Normal, color: str = INK
    ) -> QTextCharFormat:
        """The same with a color."""
        made = QTextCharFormat()
        made.setFont(self.font(size, weight))
        made.setForeground(QBrush(QColor(color)))
        return made

    def cell(self, bottom: float = 0, ground: str = "") -> QTextTableCellFormat:
        """A cell with a line of so many points below it, or with a ground."""
        made = QTextTableCellFormat()
        made.setTopPadding(self._measures.letters(ABOVE))
        made.setBottomPadding(self._measures.letters(ABOVE))
        made.setLeftPadding(self._measures.of(BESIDE))
        made.setRightPadding(self._measures.of(BESIDE))
        if bottom:
            made.setBottomBorder(self._measures.of(bottom))
            made.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            made.setBottomBorderBrush(QBrush(QColor(INK)))
        if ground:
            made.setBackground(QBrush(QColor(ground)))
        return made

    def gap(self, points: float) -> QTextBlockFormat:
        """An empty block of this height."""
        made = QTextBlockFormat()
        made.setLineHeight(
            self._measures.letters(points), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        return made
