# SPDX-License-Identifier: MIT
"""The spine with every level that was ever treated, and beside each the procedures that did it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.vocabulary import Level
from ui.theme import Theme
from ui.widgets.spine import SpineView
from ui.widgets.spine_marks import LevelMark

_SPINE = 58
_WORDS = 46
_GAP = 4
_LINE = 13


class PatientSpine(QWidget):
    """A compact spine whose levels carry the numbers of the procedures that treated them.

    Attributes:
        spine: what is marked.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._numbers: dict[Level, tuple[int, ...]] = {}
        self.spine = SpineView(theme, compact=True, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def show_course(
        self, marks: Mapping[Level, LevelMark], numbers: Mapping[Level, tuple[int, ...]]
    ) -> None:
        """Show these marks, and the numbers of the procedures at each level."""
        self._numbers = dict(sorted(numbers.items(), key=lambda pair: pair[0].rank))
        self.spine.set_marks(marks)
        self.updateGeometry()
        self.update()

    def words(self) -> dict[Level, str]:
        """What stands beside a level: its name and the numbers."""
        return {
            level: f"{level.label}  {', '.join(map(str, found))}"
            for level, found in self._numbers.items()
        }

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(self._font()).horizontalAdvance
        words = max((wide(said) for said in self.words().values()), default=0.0)
        gap = self._theme.px(_GAP)
        width = self._theme.px(_SPINE) + 2 * gap + max(round(words) + 2, self._theme.px(_WORDS))
        return QSize(width, self.spine.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self.spine.setGeometry(0, 0, self._theme.px(_SPINE), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        gap, left = self._theme.px(_GAP), self._theme.px(_SPINE)
        for (level, words), y in zip(self.words().items(), self._lines(), strict=True):
            bone = self.spine.rect_of(level)
            start = QPointF(max(bone.right() + gap, left - 3 * gap), bone.center().y())
            painter.setPen(QPen(self._theme.color("border"), 1.0))
            painter.drawLine(start, QPointF(left + gap, y))
            treated = self.spine.marks()[level].treated
            painter.setPen(self._theme.color("treated" if treated else "text"))
            box = QRectF(left + 2 * gap, y - 20, self.width() - left - 2 * gap, 40)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _lines(self) -> list[float]:
        """The middle of each line of words: beside its level, or moved just out of the way."""
        if not self._numbers:
            return []
        wanted = [self.spine.place_of(level).y() for level in self._numbers]
        half = self._theme.px(_LINE) / 2
        room = self.height() - 2 * half
        step = min(self._theme.px(_LINE), room / max(len(wanted) - 1, 1))
        lines: list[float] = []
        for y in wanted:
            lines.append(max(y, lines[-1] + step) if lines else max(y, half))
        limit = self.height() - half
        for place in reversed(range(len(lines))):
            lines[place] = min(lines[place], limit)
            limit = lines[place] - step
        return lines

    def _font(self) -> QFont:
        return self._theme.font("small")
