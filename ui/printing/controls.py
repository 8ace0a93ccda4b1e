# SPDX-License-Identifier: MIT
"""Parts that the dialogs about paper have in common."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.measures import keep
from ui.printing.paper import SheetSize
from ui.theme import Theme, set_kind, set_state

_OF_THE_WINDOW = 0.94


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("printing", text)


def paper_box(parent: QWidget) -> QComboBox:
    """Chooses the paper; at first the one that is usual where the user is."""
    box = QComboBox(parent)
    box.setAccessibleName(tr("Paper"))
    for size in SheetSize:
        box.addItem(size.label, size)
    box.setCurrentIndex(list(SheetSize).index(SheetSize.usual(QLocale())))
    return box


class PageTurner(QWidget):
    """Two arrows, and which page is in sight between them.

    Signals:
        turned: (by) the user wants the page that is so many further.

    Attributes:
        row: where more can stand behind them.
        before, after: the arrows.
    """

    turned = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.before = _arrow(Qt.ArrowType.LeftArrow, tr("Page before"), self)
        self.after = _arrow(Qt.ArrowType.RightArrow, tr("Next page"), self)
        self._place = QLabel(self)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addStretch(1)
        for widget in (self.before, self._place, self.after):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        self.before.clicked.connect(lambda _checked=False: self.turned.emit(-1))
        self.after.clicked.connect(lambda _checked=False: self.turned.emit(1))

    def show_place(self, number: int, last: int, count: int) -> None:
        """Which page is in sight, which is the last to be looked at, and how many there are."""
        self._place.setText(tr("Page {page} of {pages}").format(page=number, pages=count))
        self.before.setEnabled(number > 1)
        self.after.setEnabled(number < last)


def _arrow(way: Qt.ArrowType, name: str, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setArrowType(way)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def patient_notice(theme: Theme, text: str, parent: QWidget) -> QFrame:
    """Whose data it holds and what follows from that."""
    frame = QFrame(parent)
    set_kind(frame, "notice")
    set_state(frame, "warning")
    layout = QVBoxLayout(frame)
    keep(theme, layout.setContentsMargins, 12, 8, 12, 8)
    words = QLabel(text, frame)
    words.setWordWrap(True)
    layout.addWidget(words)
    return frame


def fit_window(theme: Theme, dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog this size for scale 1, or nearly that of the window it belongs to."""
    size = theme.px(width), theme.px(height)
    if (parent := dialog.parentWidget()) is not None:
        room = parent.window().size() * _OF_THE_WINDOW
        size = min(size[0], room.width()), min(size[1], room.height())
    dialog.resize(*size)
