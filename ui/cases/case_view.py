# SPDX-License-Identifier: MIT
"""One case as the pane beside the list shows it; made when the first case is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.cases.detail_history import Recent
from ui.cases.detail_parts import empty_out, heading, label
from ui.cases.detail_rows import Detail, open_fields_title
from ui.cases.level_box import STATES, LevelBox
from ui.measures import gap, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.widgets.image_entry import ImageEntry
from ui.widgets.pain_curve import PainCurve
from ui.widgets.steady_scroll import SteadyScrollArea
from ui.widgets.thumbnails import ThumbnailStrip


class CaseView(SteadyScrollArea):
    """The content of the pane for one case.

    Signals:
        image_opened: (place) an image is to be looked at.
        history_wanted: the button below the last changes.
        images_wanted: (files) images are to be added.
    """

    image_opened = Signal(int)
    history_wanted = Signal()
    images_wanted = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "read")
        self.setAccessibleName(self.tr("Case"))
        self._theme = theme
        self._detail: Detail | None = None
        page = QWidget(self)
        set_kind(page, "page")
        self.heading = label("title")
        self.subtitle = label("small")
        self.edit = QPushButton(self.tr("Edit"), page)
        guard(self.edit, "edit_case")
        self._procedure = label("")
        self._small_print = label("small")
        self.levels = LevelBox(theme, page)
        self._below = QVBoxLayout()
        self._layout = QVBoxLayout(page)
        self._head = self._make_head()
        self._layout.addLayout(self._head)
        gap(theme, self._layout, 4)
        self._layout.addWidget(heading(self.tr("Procedure")))
        self._layout.addWidget(self._procedure)
        self._layout.addWidget(self._small_print)
        self._layout.addWidget(self.levels)
        self._layout.addLayout(self._below)
        self._layout.addStretch(1)
        self.setWidget(page)
        keep(theme, self._layout.setContentsMargins, 13, 12, 10, 16)
        keep(theme, self._layout.setSpacing, 6)
        keep(theme, self._below.setSpacing, 6)
        theme.follow(self._show_again)
        self._wanted = 0
        self.verticalScrollBar().rangeChanged.connect(self._scroll_back)
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._stay())

    def show_detail(self, detail: Detail) -> None:
        """Show this case, from its top if it is another one than before."""
        another = self._detail is None or self._detail.case_id != detail.case_id
        place = 0 if another else self.verticalScrollBar().value()
        self._detail = detail
        self.setUpdatesEnabled(False)
        self.heading.setText(detail.heading)
        self._share_width()
        self.subtitle.setText(detail.subtitle)
        self._procedure.setText(detail.procedure)
        self._small_print.setText(detail.small_print)
        self._small_print.setVisible(bool(detail.small_print))
        self.levels.show_levels(detail.levels, detail.marks, detail.variants)
        empty_out(self._below)
        self._fill_below(detail)
        self.setUpdatesEnabled(True)
        self._wanted = place
        if another:
            self.verticalScrollBar().setValue(0)

    def _scroll_back(self, _least: int, most: int) -> None:
        """What is new has its height only later; until then the page is too short."""
        if self._wanted and most >= self._wanted:
            self.verticalScrollBar().setValue(self._wanted)
            self._wanted = 0

    def _stay(self) -> None:
        """Somebody scrolls."""
        self._wanted = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        super().resizeEvent(event)

    def _share_width(self) -> None:
        margins = self._layout.contentsMargins()
        room = self.viewport().width() - margins.left() - margins.right()
        self.levels.share_width(room)
        # Where a word of the heading has no room beside the button, that stands below.
        letters = self.heading.fontMetrics().horizontalAdvance
        longest = max(map(letters, self.heading.text().split()), default=0)
        beside = longest + self.edit.sizeHint().width() + self._head.spacing() <= room
        directions = QBoxLayout.Direction
        self._head.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    @property
    def images(self) -> tuple[ImageEntry, ...]:
        """The images of the case."""
        return self._detail.images if self._detail is not None else ()

    def _make_head(self) -> QBoxLayout:
        names = QVBoxLayout()
        keep(self._theme, names.setSpacing, 2)
        names.addWidget(self.heading)
        names.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        head.addWidget(self.edit, 0, corner)
        return head

    def _fill_below(self, detail: Detail) -> None:
        for curve in detail.curves:
            self._begin_part(curve.title)
            drawn = PainCurve(self._theme)
            drawn.set_course(curve.points, curve.maximum)
            drawn.setMinimumHeight(drawn.sizeHint().height())
            self._below.addWidget(drawn)
        self._begin_part(self.tr("Images"))
        strip = ThumbnailStrip(self._theme)
        strip.show_images(detail.images, detail.thumbnails or {})
        strip.opened.connect(self.image_opened)
        strip.add_wanted.connect(self.images_wanted)
        self._below.addWidget(strip)
        for part in detail.texts:
            self._begin_part(part.title, STATES.get(part.state, ""))
            for paragraph in part.paragraphs:
                self._below.addWidget(label("", paragraph))
        if detail.open_fields:
            self._below.addSpacing(self._theme.space(2))
            self._below.addWidget(self._notice(detail))
        if detail.recent:
            self._add_history(detail.recent)

    def _add_history(self, recent: tuple[Recent, ...]) -> None:
        self._begin_part(self.tr("History"))
        for change in recent:
            self._below.addWidget(label("small", change.when))
            self._below.addWidget(label("", change.what))
        button = QPushButton(self.tr("All history…"))
        set_kind(button, "link")
        button.clicked.connect(lambda _checked=False: self.history_wanted.emit())
        self._below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _begin_part(self, title: str, state: str = "") -> None:
        self._below.addSpacing(self._theme.space(2))
        self._below.addWidget(heading(title, state))

    def _notice(self, detail: Detail) -> QFrame:
        notice = QFrame()
        set_kind(notice, "notice")
        layout = QVBoxLayout(notice)
        keep(self._theme, layout.setContentsMargins, 12, 8, 12, 8)
        keep(self._theme, layout.setSpacing, 2)
        count = sum(len(part.fields) for part in detail.open_fields)
        layout.addWidget(heading(open_fields_title(count)))
        for part in detail.open_fields:
            layout.addWidget(label("small", part.said))
        return notice

    def _show_again(self) -> None:
        """What was made for this case was made for the former look."""
        if self._detail is not None:
            self.show_detail(self._detail)
