# SPDX-License-Identifier: MIT
"""The bar above the page: what is asked of the scores, and what is done with the figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from models.analysis.grouping import CompareBy
from models.analysis.question import FOLLOW_UPS, Question
from models.vocabulary import TimePoint
from ui.charts.kinds import FigureKind
from ui.measures import gap, keep
from ui.theme import Theme, set_kind

_LETTERS = 13
"""Room for a choice in a selector; its list shows longer ones in full."""

_NARROWEST = 92


class OutcomesBar(QFrame):
    """Title, selectors and figure buttons.

    Signals:
        asked: the user chose another follow-up or another grouping.
        copy_asked: a figure, by its kind, is to be copied.
        export_asked: a figure, by its kind, is to be kept in a file.
    """

    asked = Signal()
    copy_asked = Signal(FigureKind)
    export_asked = Signal(FigureKind)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "toolbar")
        title = QLabel(self.tr("Outcomes"), self)
        set_kind(title, "title")
        self._to = QComboBox(self)
        self._to.addItem(self.tr("Latest"))
        for point in FOLLOW_UPS:
            self._to.addItem(point.label)
        self._by = QComboBox(self)
        self._by.addItem(self.tr("All cases together"))
        for by in CompareBy:
            self._by.addItem(by.label)
        copy, export = self.tr("Copy &figure"), self.tr("&Export figure")
        self._copy = self._figure_button(copy, self.copy_asked.emit)
        self._export = self._figure_button(export, self.export_asked.emit, "…")
        self._names = {
            self._copy: (copy, self.tr("Copy")),
            self._export: (export, self.tr("&Export")),
        }

        for box in (self._to, self._by):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_LETTERS)
            keep(theme, box.setMinimumWidth, _NARROWEST)

        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 16, 8, 16, 8)
        keep(theme, layout.setSpacing, 8)
        labels = [
            self._label(self.tr("Follow-&up"), self._to),
            self._label(self.tr("Compare &by"), self._by),
        ]
        # The rail says it too, and the boxes say what they choose by their tips.
        self._spared = (title, *labels)
        layout.addWidget(title)
        gap(theme, layout, 12)
        layout.addWidget(labels[0])
        layout.addWidget(self._to)
        gap(theme, layout, 4)
        layout.addWidget(labels[1])
        layout.addWidget(self._by)
        layout.addStretch(1)
        layout.addWidget(self._copy)
        layout.addWidget(self._export)
        theme.changed.connect(self._spare)
        self._to.currentIndexChanged.connect(self.asked)
        self._by.currentIndexChanged.connect(self.asked)
        self.allow_figures(allowed=False)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        """Where all does not fit, the title goes first, then the labels, then "figure"."""
        for widget in self._spared:
            widget.show()
        for button, (full, _short) in self._names.items():
            button.setText(full)
        layout = self.layout()
        assert layout is not None
        for widget in self._spared:
            if layout.minimumSize().width() <= self.width():
                return
            widget.hide()
        if layout.minimumSize().width() > self.width():
            for button, (_full, short) in self._names.items():
                button.setText(short)

    @property
    def question(self) -> Question:
        """What the selectors say."""
        to, by = self._to.currentIndex(), self._by.currentIndex()
        return Question(
            to=(None, *FOLLOW_UPS)[to],
            by=(None, *CompareBy)[by],
        )

    def choose(self, to: TimePoint | None, by: CompareBy | None = None) -> None:
        """Set both selectors, as a user would."""
        self._to.setCurrentIndex(0 if to is None else FOLLOW_UPS.index(to) + 1)
        self._by.setCurrentIndex(0 if by is None else by.rank + 1)

    def allow_figures(self, *, allowed: bool) -> None:
        """Whether there are figures to copy and to export."""
        self._copy.setEnabled(allowed)
        self._export.setEnabled(allowed)

    def _label(self, text: str, buddy: QComboBox) -> QLabel:
        label = QLabel(text, self)
        set_kind(label, "muted")
        label.setBuddy(buddy)
        buddy.setAccessibleName(text.replace("&", ""))
        buddy.setToolTip(text.replace("&", ""))
        return label

    def _figure_button(
        self, text: str, ask: Callable[[FigureKind], None], ending: str = ""
    ) -> QPushButton:
        button = QPushButton(text, self)
        set_kind(button, "menu")
        button.setToolTip(text.replace("&", ""))
        button.setAccessibleName(text.replace("&", ""))
        menu = QMenu(button)
        for kind in FigureKind:
            action = menu.addAction(f"{kind.heading}{ending}")
            action.triggered.connect(lambda _checked=False, figure=kind: ask(figure))
        button.setMenu(menu)
        return button
