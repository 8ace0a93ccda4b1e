# SPDX-License-Identifier: MIT
"""What is seen while no logbook is open: make one, open one, or look at the example."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.address import Address, Place
from ui.help.catching_up import CatchingUp
from ui.jobs import Job
from ui.measures import gap, keep
from ui.theme import RESOURCES, Theme, set_kind

_WIDTH = 400
_ICON = 88


class WelcomePage(QWidget):
    """The first page of all.

    Signals:
        new_wanted, open_wanted, server_wanted, example_wanted, tour_wanted: what the buttons say.
        recent_wanted: (models.address.Place) where a logbook lies that was open before.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    server_wanted = Signal()
    example_wanted = Signal()
    tour_wanted = Signal()
    recent_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._new = QPushButton(self.tr("New logbook…"), self)
        self._open = QPushButton(self.tr("Open logbook…"), self)
        self._server = QPushButton(self.tr("Open on a server…"), self)
        self._example = QPushButton(self.tr("Look at the example"), self)
        self._tour = QPushButton(self.tr("Take the tour"), self)
        for button in (self._new, self._open, self._server, self._example, self._tour):
            # Enter presses what has the focus, as in a dialog.
            button.setAutoDefault(True)
        set_kind(self._new, "primary")
        self._first = self._new
        self._new.clicked.connect(self.new_wanted)
        self._open.clicked.connect(self.open_wanted)
        self._server.clicked.connect(self.server_wanted)
        self._example.clicked.connect(self.example_wanted)
        self._tour.clicked.connect(self.tour_wanted)
        self._recent = QVBoxLayout()
        self._recent_title = QLabel(self.tr("Opened before"), self)
        set_kind(self._recent_title, "muted")
        # As far in as the names below it, which have a frame around them.
        keep(theme, self._recent_title.setIndent, 5)
        self._box = QWidget(self)
        self._icon = QLabel(self._box)
        self._about = QLabel(self._what_it_is(), self._box)
        self._buttons = QWidget(self._box)
        self._catching_up = CatchingUp(theme, self._box)
        self._catching_up.hide()
        self._arrange()

    def show_recent(self, places: Sequence[Place]) -> None:
        """List the logbooks that were open before."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._recent_title.setVisible(bool(places))
        # Whoever was here before most likely goes on where they were.
        first = self._new
        for place in places:
            name = place.shown if isinstance(place, Address) else place.name
            entry = QPushButton(name.replace("&", "&&"), self)
            set_kind(entry, "link")
            entry.setAutoDefault(True)
            entry.setToolTip(str(place))
            entry.setCursor(Qt.CursorShape.PointingHandCursor)
            entry.clicked.connect(lambda _checked=False, p=place: self.recent_wanted.emit(p))
            if not self._recent.count():
                first = entry
            self._recent.addWidget(entry)
        self._first = first

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # A focus proxy would let Tab jump over all that stands before it.
        self._first.setFocus(event.reason())

    def follow(self, job: Job, name: str) -> None:
        """Show how a logbook is brought up to date, in place of all that opens one."""
        self._about.hide()
        self._buttons.hide()
        self._catching_up.follow(job, name)
        job.finished.connect(self._offer)

    def wait_for(self, job: Job, name: str) -> None:
        """Say that a logbook of this name is made, and offer nothing else until it is."""
        # What stands below stays where it is.
        self._about.setMinimumHeight(self._about.height())
        self._about.setText(self.tr("Making {logbook}…").format(logbook=name))
        self._buttons.setEnabled(False)
        job.finished.connect(self._offer)

    def _offer(self) -> None:
        self._catching_up.hide()
        self._about.setText(self._what_it_is())
        self._about.setMinimumHeight(0)
        self._about.show()
        self._buttons.show()
        self._buttons.setEnabled(True)
        self.setFocus()

    def _what_it_is(self) -> str:
        return self.tr(
            "A case log for vertebral augmentation. A logbook is a folder on this machine, which "
            "nothing leaves, or a database on a server that you name."
        )

    def _arrange(self) -> None:
        theme = self._theme
        theme.follow(self._draw_icon)
        self._draw_icon()
        # A label that wraps its text beside it would otherwise be given the icon's height.
        keep(theme, self._icon.setMinimumHeight, _ICON)
        title = QLabel("Kypholog", self._box)
        set_kind(title, "title")
        self._about.setWordWrap(True)
        set_kind(self._about, "muted")
        column = QVBoxLayout()
        keep(theme, column.setSpacing, 8)
        for widget in (self._icon, title, self._about):
            column.addWidget(widget)
        gap(theme, column, 12)
        column.addWidget(self._buttons)
        column.addWidget(self._catching_up)
        self._arrange_buttons()
        keep(theme, self._box.setFixedWidth, _WIDTH)
        self._box.setLayout(column)
        page = QWidget(self)
        set_kind(page, "page")
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        # Not by an alignment, which would forget the height that wrapped words need.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._box)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)
        # With large text there is more than a small screen has room for.
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Kypholog")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    def _arrange_buttons(self) -> None:
        column = QVBoxLayout(self._buttons)
        column.setContentsMargins(0, 0, 0, 0)
        keep(self._theme, column.setSpacing, 8)
        column.addWidget(self._new)
        others = (self._open, self._server, self._example, self._tour)
        column.addWidget(_InPairs(self._theme, others, self._buttons))
        gap(self._theme, column, 16)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)

    def _draw_icon(self) -> None:
        self._icon.setPixmap(_app_icon(self._theme.px(_ICON), self.devicePixelRatioF()))


class _InPairs(QWidget):
    """Buttons two in a line, or each in its own where the words of two have no room in one."""

    def __init__(self, theme: Theme, buttons: Sequence[QPushButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._grid.setSpacing, 8)
        self._put(2)

    def event(self, event: QEvent) -> bool:
        # A change of the look may come to the buttons later than it is told here.
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._put(2 if self._width_of_pairs() <= self.width() else 1)
        return super().event(event)

    def _width_of_pairs(self) -> int:
        left, right = (
            max(button.sizeHint().width() for button in self._buttons[side::2]) for side in (0, 1)
        )
        return left + self._grid.horizontalSpacing() + right

    def _put(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons):
            self._grid.removeWidget(button)
            self._grid.addWidget(button, *divmod(place, columns))
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _app_icon(size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(str(RESOURCES / "icons" / "kypholog-256.png")).scaledToWidth(
        round(size * ratio), Qt.TransformationMode.SmoothTransformation
    )
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
