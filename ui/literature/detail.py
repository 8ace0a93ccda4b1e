# SPDX-License-Identifier: MIT
"""What a published rate says in full, below the table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.literature.model import Line
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.rate_words import NOT_STATED, count_of, rate_of, technique_of, tr


class RateDetail(QFrame):
    """Source, counts, how it was looked for, and what a reader has to know."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "foot")
        self._title, self._facts, self._remark = QLabel(self), QLabel(self), QLabel(self)
        set_kind(self._title, "heading")
        set_kind(self._remark, "muted")
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 16, 10, 16, 12)
        keep(theme, layout.setSpacing, 3)
        for label in (self._title, self._facts, self._remark):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            layout.addWidget(label)

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n".join(one.text() for one in (self._title, self._facts, self._remark))

    def show_line(self, line: Line | None) -> None:
        """Tell of another rate; of none it takes no room."""
        self.setVisible(line is not None)
        if line is None:
            return
        rate = line.rate
        year = f" ({rate.year})" if rate.year and str(rate.year) not in rate.source else ""
        self._title.setText(f"{rate.source}{year}")
        facts = [rate.measure.label, technique_of(rate), rate.indication, rate.time_point]
        facts += [count_of(rate), rate_of(rate) if rate.counts else ""]
        if rate.detection is not None:
            facts.append(tr("looked for by {way}").format(way=rate.detection.label))
        if rate.reported:
            facts.append(tr("printed as “{text}”").format(text=rate.reported))
        self._facts.setText("  ·  ".join(fact for fact in facts if fact and fact != NOT_STATED))
        self._remark.setText(rate.remark)
        self._remark.setVisible(bool(rate.remark))
