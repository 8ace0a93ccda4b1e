# SPDX-License-Identifier: MIT
"""The bar above the page: what is asked of the scores, and what is done with the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QWidget,
)

from models.analysis.grouping import CompareBy, FilterGroups
from models.analysis.question import FOLLOW_UPS, Question
from models.filters import NamedFilter
from models.vocabulary import TimePoint
from ui.charts.kinds import FigureKind
from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.topics import OUTCOMES, below, set_topic
from ui.widgets.choice_box import ChoiceBox


class OutcomesBar(QFrame):
    """Title, selectors and figure buttons.

    Signals:
        asked: the user chose another follow-up or another grouping.
        copy_asked: a figure, by its kind, is to be copied.
        caption_asked: its caption is to be copied.
        methods_asked: its sentence of methods is to be copied.
        export_asked: a figure, by its kind, is to be kept in a file.
    """

    asked = Signal()
    copy_asked = Signal(FigureKind)
    caption_asked = Signal(FigureKind)
    methods_asked = Signal(FigureKind)
    export_asked = Signal(FigureKind)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "toolbar")
        title = QLabel(self.tr("Outcomes"), self)
        set_kind(title, "title")
        self._to = ChoiceBox(self)
        self._to.addItem(self.tr("Latest"))
        for point in FOLLOW_UPS:
            self._to.addItem(point.label)
        self._groupings: list[CompareBy | FilterGroups | None] = []
        self._by = ChoiceBox(self)
        self.offer_filters(())
        self._copy = self._figure_button(self.tr("Cop&y figure"))
        self._export = self._figure_button(self.tr("E&xport figure"))
        for box in (self._to, self._by):
            set_topic(box, below(OUTCOMES, "What is compared"))
        for button in (self._copy, self._export):
            set_topic(button, below(OUTCOMES, "Handing on"))
        labels = [
            self._label(self.tr("Follow-&up"), self._to),
            self._label(self.tr("Compare &by"), self._by),
        ]
        # The rail says it too, and the boxes say what they choose by their tips.
        self._title, self._labels = title, labels
        self._sparing = False
        self._arrange(theme)
        theme.follow(self._spare)
        self._to.currentIndexChanged.connect(self.asked)
        self._by.currentIndexChanged.connect(self.asked)
        self.allow_figures(allowed=False)

    def _arrange(self, theme: Theme) -> None:
        asking, acting = QHBoxLayout(), QHBoxLayout()
        asking.addWidget(self._title)
        keep(theme, self._title.setContentsMargins, 0, 0, 12, 0)
        for label, box in zip(self._labels, (self._to, self._by), strict=True):
            asking.addWidget(label)
            asking.addWidget(box)
            gap(theme, asking, 4)
        asking.addStretch(1)
        acting.addWidget(self._copy)
        acting.addWidget(self._export)
        acting.addStretch(0)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.addLayout(asking, 1)
        self._rows.addLayout(acting)
        keep(theme, self._rows.setContentsMargins, 16, 8, 16, 8)
        for layout in (self._rows, asking, acting):
            keep(theme, layout.setSpacing, 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        # Before it shows a part of the bar, Qt lays out what holds it, and may come here again.
        if self._sparing:
            return
        self._sparing, width = True, -1
        try:
            while width != self.width():
                width = self.width()
                self._leave_out(width)
        finally:
            self._sparing = False

    def _leave_out(self, room: int) -> None:
        """Where all does not fit, the title goes first and then the buttons go below.

        The labels go only where even that does not help.
        """
        directions = QBoxLayout.Direction
        for is_named, direction, is_labeled in (
            (True, directions.LeftToRight, True),
            (False, directions.LeftToRight, True),
            (False, directions.TopToBottom, True),
            (False, directions.TopToBottom, False),
        ):
            self._title.setVisible(is_named)
            for label in self._labels:
                label.setVisible(is_labeled)
            self._rows.setDirection(direction)
            if self._rows.minimumSize().width() <= room:
                return

    @property
    def question(self) -> Question:
        """What the selectors say."""
        return Question(
            to=(None, *FOLLOW_UPS)[self._to.currentIndex()],
            by=self._groupings[max(self._by.currentIndex(), 0)],
        )

    def choose(self, to: TimePoint | None, by: CompareBy | FilterGroups | None = None) -> None:
        """Set both selectors, as a user would."""
        self._to.setCurrentIndex(0 if to is None else FOLLOW_UPS.index(to) + 1)
        self._by.setCurrentIndex(self._groupings.index(by))

    def offer_filters(self, named: Sequence[NamedFilter]) -> None:
        """Offer saved filters, whose cases are compared with all others, beside the fields.

        What is chosen stays chosen while it is offered.
        """
        filters = [FilterGroups(one.name, one.filter) for one in named if one.filter is not None]
        offered: list[CompareBy | FilterGroups | None] = [None, *CompareBy, *filters]
        if offered == self._groupings:
            return
        chosen = self._groupings[self._by.currentIndex()] if self._groupings else None
        self._groupings = offered
        self._by.blockSignals(True)
        self._by.clear()
        self._by.addItem(self.tr("All cases together"))
        self._by.addItems([by.label for by in (*CompareBy, *filters)])
        self._by.setCurrentIndex(offered.index(chosen) if chosen in offered else 0)
        self._by.blockSignals(False)
        if chosen not in offered:
            self.asked.emit()

    def offer_figures(self, kinds: Sequence[FigureKind]) -> None:
        """Offer the figures of the section that is shown."""
        copying, exporting = self._copy.menu(), self._export.menu()
        for menu in (copying, exporting):
            menu.clear()
        _add(copying, kinds, self.copy_asked.emit)
        for title, ask in (
            (self.tr("Caption"), self.caption_asked.emit),
            (self.tr("Methods sentence"), self.methods_asked.emit),
        ):
            copying.addSeparator()
            _add(copying, kinds, ask, f"{title}: ")
        _add(exporting, kinds, self.export_asked.emit, ending="…")

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

    def _figure_button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        set_kind(button, "menu")
        button.setToolTip(text.replace("&", ""))
        button.setAccessibleName(text.replace("&", ""))
        button.setMenu(QMenu(button))
        return button


def _add(
    menu: QMenu,
    kinds: Sequence[FigureKind],
    ask: Callable[[FigureKind], None],
    beginning: str = "",
    ending: str = "",
) -> None:
    for kind in kinds:
        action = menu.addAction(f"{beginning}{kind.heading}{ending}")
        action.triggered.connect(lambda _checked=False, figure=kind: ask(figure))
