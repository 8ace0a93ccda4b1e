# SPDX-License-Identifier: MIT
"""Letters on paper: how wide words are, and how they break into lines."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF

from ui.printing.paper import TWIPS
from ui.theme import FAMILY

TITLE, SMALL = 14.0, 8.0
"""Sizes in points; that of the rows depends on how many columns there are."""


class Lettering:
    """One font in one size, with all that was measured in it. Belongs to one thread.

    Attributes:
        font: for a painter that counts in twips.
        line: from one line to the next.
        ascent: from the top of a line to where its letters stand.
    """

    def __init__(self, points: float, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        self.font = print_font(points, weight)
        metrics = QFontMetricsF(self.font)
        self.line = metrics.height()
        self.ascent = metrics.ascent()
        self._metrics = metrics
        self._widths: dict[str, float] = {}
        self._space = metrics.horizontalAdvance(" ")

    def width(self, text: str) -> float:
        """How wide a text is in one line."""
        found = self._widths.get(text)
        if found is None:
            found = self._widths[text] = self._metrics.horizontalAdvance(text)
        return found

    def longest_word(self, text: str) -> float:
        """What has to fit for no word to be broken."""
        return max((self.width(word) for word in text.split()), default=0.0)

    def wrap(self, text: str, room: float) -> list[str]:
        """The lines of a text: broken between words, and within one that has no room alone."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            if self.width(paragraph) <= room:
                lines.append(paragraph)
            else:
                lines += self._fold(paragraph, room)
        return lines

    def _fold(self, paragraph: str, room: float) -> list[str]:
        lines: list[str] = []
        line, used = "", 0.0
        for word in paragraph.split():
            for piece in self._pieces(word, room):
                wide = self.width(piece)
                if line and used + self._space + wide > room:
                    lines.append(line)
                    line, used = piece, wide
                elif line:
                    line, used = f"{line} {piece}", used + self._space + wide
                else:
                    line, used = piece, wide
        return [*lines, line]

    def _pieces(self, word: str, room: float) -> list[str]:
        """The word, or parts of it that have room."""
        if self.width(word) <= room:
            return [word]
        pieces: list[str] = []
        piece = ""
        for letter in word:
            if piece and self._metrics.horizontalAdvance(piece + letter) > room:
                pieces.append(piece)
                piece = letter
            else:
                piece += letter
        return [*pieces, piece]


class Kit:
    """All lettering of a printed list. Belongs to one thread, as fonts do."""

    def __init__(self, points: float) -> None:
        semi_bold = QFont.Weight.DemiBold
        self.points = points
        self.body = Lettering(points)
        self.heading = Lettering(points, semi_bold)
        self.small = Lettering(SMALL)
        self.running = Lettering(SMALL, semi_bold)
        self.title = Lettering(TITLE, semi_bold)


def print_font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of the program for a painter that counts in twips."""
    font = QFont(FAMILY)
    font.setPixelSize(round(points * TWIPS))
    font.setWeight(weight)
    # Alternate forms of digits and dashes have no letters behind them in a PDF file: nobody could
    # search for a patient code or copy a number.
    font.setFeature(QFont.Tag("calt"), 0)
    return font
