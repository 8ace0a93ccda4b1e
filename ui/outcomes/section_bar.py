# SPDX-License-Identifier: MIT
"""The row of sections, and what is asked of the figures rather than of the cases.

Where there is no room for a row of tabs, the same sections stand in a selector.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTabBar, QWidget

from models.analysis.instruments import Center
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import OUTCOMES, below, set_topic
from ui.widgets.choice_box import ChoiceBox

_MARGIN, _SPACING = 16, 8


class SectionBar(QFrame):
    """A tab for each section; mean or median; the thresholds.

    Signals:
        chosen: (str) the section with this key is to be shown.
        center_changed: mean or median is to be drawn.
        thresholds_asked: the user wants to see or change the thresholds.
    """

    chosen = Signal(str)
    center_changed = Signal()
    thresholds_asked = Signal()

    def __init__(
        self, theme: Theme, sections: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_kind(self, "toolbar")
        self._keys = tuple(sections)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(self.tr("Sections"))
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.list = ChoiceBox(self)
        self.list.setAccessibleName(self.tr("Section"))
        for label in sections.values():
            self.tabs.addTab(label)
            self.list.addItem(label)
        self._center = ChoiceBox(self)
        self._center.addItems([self.tr("Mean"), self.tr("Median")])
        self._center.setAccessibleName(self.tr("Middle line"))
        self._center.setToolTip(self.tr("What stands for the middle of the scores"))
        self.thresholds = QPushButton(self.tr("Th&resholds…"), self)
        self.thresholds.setAccessibleName(self.tr("Thresholds"))
        set_kind(self.thresholds, "quiet")
        for part in (self._center, self.thresholds):
            set_topic(part, below(OUTCOMES, "How it is worked out"))
        self._row = row = QHBoxLayout(self)
        keep(theme, row.setSpacing, _SPACING)
        row.addWidget(self.tabs)
        row.addWidget(self.list)
        row.addStretch(1)
        row.addWidget(self._center)
        row.addWidget(self.thresholds)
        self._theme = theme
        self.tabs.currentChanged.connect(self._turn)
        self.list.currentIndexChanged.connect(self.tabs.setCurrentIndex)
        theme.follow(self._spare)
        self._center.currentIndexChanged.connect(lambda _place: self.center_changed.emit())
        self.thresholds.clicked.connect(lambda _checked=False: self.thresholds_asked.emit())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        """A row of tabs where it fits beside the rest, else the selector."""
        beside = [self._center, self.thresholds]
        needed = sum(box.sizeHint().width() for box in beside if not box.isHidden())
        gaps = self._theme.px(2 * _MARGIN + _SPACING * (len(beside) + 1))
        fits = self.tabs.sizeHint().width() + needed + gaps <= self.width()
        self.tabs.setVisible(fits)
        self.list.setVisible(not fits)
        # The line below a tab touches the edge, a box does not.
        top, bottom = (2, 0) if fits else (6, 6)
        px = self._theme.px
        self._row.setContentsMargins(px(_MARGIN), px(top), px(_MARGIN), px(bottom) if bottom else 0)

    def _turn(self, place: int) -> None:
        self.list.setCurrentIndex(place)
        self.chosen.emit(self._keys[place])

    @property
    def center(self) -> Center:
        """What stands for the middle."""
        return tuple(Center)[self._center.currentIndex()]

    @property
    def section(self) -> str:
        """The key of the section that is shown."""
        return self._keys[self.tabs.currentIndex()]

    def choose(self, key: str) -> None:
        """Show another section, as a user would."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def choose_center(self, center: Center) -> None:
        """Draw mean or median, as a user would."""
        self._center.setCurrentIndex(tuple(Center).index(center))

    def offer(self, *, center: bool, thresholds: bool) -> None:
        """Show only what means something in the section."""
        self._center.setVisible(center)
        self.thresholds.setVisible(thresholds)
        self._spare()
