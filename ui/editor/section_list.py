# SPDX-License-Identifier: MIT
"""The list of sections on the left: where one is, and where something is to be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from models.findings import Severity
from ui.editor.blocks import Section
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import ENTRY, below, set_topic
from ui.widgets.one_of_several import OneOfSeveral

_WIDTH = 172
_AROUND = 58
"""What stands beside the words of an entry: margins, padding, and the tick or the number."""


@dataclass(frozen=True, slots=True)
class SectionState:
    """How a section stands.

    Attributes:
        complete: every core field in it is answered.
        errors: how many findings are errors.
        warnings: how many findings are warnings.
    """

    complete: bool = False
    errors: int = 0
    warnings: int = 0

    @property
    def severity(self) -> Severity | None:
        """What weighs most."""
        if self.errors:
            return Severity.ERROR
        return Severity.WARNING if self.warnings else None


class SectionEntry(OneOfSeveral):
    """A section with a check mark, or the number of its findings."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._theme = theme
        self._state = SectionState()
        set_kind(self, "rail")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, state: SectionState) -> None:
        """Show how the section stands."""
        if state == self._state:
            return
        self._state = state
        count = state.errors + state.warnings
        said = self.tr("complete") if state.complete else ""
        self.setAccessibleDescription(self.tr("{n} to check").format(n=count) if count else said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.width() - self._theme.px(10)
        severity = self._state.severity
        if severity is not None:
            painter.setPen(self._theme.color(severity.value))
            painter.setFont(self._theme.font("label", QFont.Weight.DemiBold))
            room = self.rect().adjusted(0, 0, right - self.width(), 0)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, flags, str(self._state.errors + self._state.warnings))
        elif self._state.complete:
            self._paint_tick(painter, right)
        painter.end()

    def _paint_tick(self, painter: QPainter, right: int) -> None:
        pen = QPen(self._theme.color("success"), 1.6 * self._theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        size, middle = self._theme.px(4), self.height() / 2
        start = QPointF(right - 2.2 * size, middle)
        foot = QPointF(right - 1.45 * size, middle + 0.8 * size)
        painter.drawPolyline((start, foot, QPointF(right, middle - 0.9 * size)))


class SectionList(QFrame):
    """Goes to a section, and shows which one is in sight.

    Signals:
        chosen: the name of a section.
    """

    chosen = Signal(str)

    def __init__(
        self, sections: Sequence[Section], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: dict[str, SectionEntry] = {}
        set_kind(self, "sections")
        set_topic(self, below(ENTRY, "What belongs in it"))
        self.setAccessibleName(self.tr("Sections"))
        self._layout = QVBoxLayout(self)
        for section in sections:
            entry = SectionEntry(section.title, theme, self)
            entry.clicked.connect(lambda _on=False, name=section.name: self._choose(name))
            self._layout.addWidget(entry)
            self._entries[section.name] = entry
        self._layout.addStretch()
        self._legend = QLabel(self)
        self._legend.setWordWrap(True)
        self._legend.hide()
        set_kind(self._legend, "small")
        self._layout.addWidget(self._legend)
        theme.follow(self._fit)
        self._fit()
        keep(theme, self._layout.setContentsMargins, 8, 12, 8, 8)
        keep(theme, self._layout.setSpacing, 2)
        keep(theme, self._legend.setContentsMargins, 10, 0, 0, 8)

    def _fit(self) -> None:
        """As wide as the longest title needs, which is bold where one is."""
        metrics = QFontMetrics(self._theme.font("body", QFont.Weight.DemiBold))
        longest = max(metrics.horizontalAdvance(entry.text()) for entry in self._entries.values())
        self.setFixedWidth(max(self._theme.px(_WIDTH), longest + self._theme.px(_AROUND)))

    def show_place(self, name: str) -> None:
        """Mark the section that is in sight."""
        # No button group: in one, Qt lets Tab reach only the button that had the focus last.
        for other, entry in self._entries.items():
            entry.mark(is_down=other == name)

    def show_states(self, states: Mapping[str, SectionState]) -> None:
        """Show how each section stands."""
        for name, entry in self._entries.items():
            entry.show_state(states.get(name, SectionState()))

    def explain_proposals(self, *, shown: bool) -> None:
        """Say what the pale values in the boxes are and how to take them, while there are any."""
        accent = self._theme.palette.accent
        proposed = f'<i style="color: {accent}">{escape(self.tr("Proposed"))}</i>'
        keys = self.tr("→ takes one, Ctrl+T those of the section.")
        self._legend.setText(f"{proposed}: {escape(keys)}")
        self._legend.setVisible(shown)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here: the section in sight."""
        return [entry for entry in self._entries.values() if entry.isChecked()]

    def _choose(self, name: str) -> None:
        self.show_place(name)
        self.chosen.emit(name)
