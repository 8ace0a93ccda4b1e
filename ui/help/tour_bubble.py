# SPDX-License-Identifier: MIT
"""A few words beside a part of the window, and a ring around that part."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind

_WIDTH, _AWAY, _RING, _ROUND, _OUTSIDE = 320, 12, 2, 8, 5


class TourRing(QWidget):
    """Lies over the window, catches no click and shows what is spoken of."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._around = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_around(self, around: QRect) -> None:
        """Draw the ring around a part, in the coordinates of the window."""
        self._around = around
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent"), self._theme.px(_RING)))
        half = self._theme.px(_RING) // 2 + 1
        away = self._theme.px(_OUTSIDE)
        around = self._around.adjusted(-away, -away, away, away)
        shown = around.intersected(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(shown, self._theme.px(_ROUND), self._theme.px(_ROUND))
        painter.end()


class TourBubble(QFrame):
    """Title, words, and the way on. It stands beside its part, wherever there is room.

    Signals:
        next_wanted, back_wanted, leave_wanted: the buttons; Escape leaves, too.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._target: QWidget | None = None
        self._ring = TourRing(theme, window)
        set_kind(self, "popover")
        self.setAccessibleName(self.tr("Tour"))
        self._title, self._words, self._count = QLabel(self), QLabel(self), QLabel(self)
        set_kind(self._title, "heading")
        set_kind(self._count, "muted")
        self._words.setWordWrap(True)
        self.leave = QPushButton(self.tr("Leave"), self)
        self.back = QPushButton(self.tr("Back"), self)
        self.next = QPushButton(self)
        set_kind(self.next, "primary")
        self.leave.clicked.connect(lambda _checked=False: self.leave_wanted.emit())
        self.back.clicked.connect(lambda _checked=False: self.back_wanted.emit())
        self.next.clicked.connect(lambda _checked=False: self.next_wanted.emit())
        row, layout = QHBoxLayout(), QVBoxLayout(self)
        self._row, self._layout = row, layout
        keep(theme, row.setSpacing, 8)
        keep(theme, layout.setContentsMargins, 16, 14, 16, 14)
        keep(theme, layout.setSpacing, 8)
        row.addWidget(self._count)
        row.addStretch(1)
        for button in (self.leave, self.back, self.next):
            # Enter presses it, as in a dialog.
            button.setAutoDefault(True)
            row.addWidget(button)
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        layout.addLayout(row)
        window.installEventFilter(self)
        theme.follow(self.place)

    def say(self, target: QWidget, title: str, words: str, number: int, last: int) -> None:
        """Speak of a part of the window; ``number`` of ``last`` is the step."""
        self._target = target
        self._title.setText(title)
        self._words.setText(words)
        self._count.setText(self.tr("{number} of {last}").format(number=number, last=last))
        self.setAccessibleDescription(f"{title}. {words}")
        self.back.setEnabled(number > 1)
        self.next.setText(self.tr("Done") if number == last else self.tr("Next"))
        self.place()
        self.show()
        self.raise_()
        self.next.setFocus(Qt.FocusReason.PopupFocusReason)

    def end(self) -> None:
        """Go, and take the ring along."""
        self._ring.deleteLater()
        self.deleteLater()

    def place(self) -> None:
        """Stand beside the part: right of it, left of it, or in it where it takes all the room."""
        window, target, gap = self._window, self._target, self._theme.px(_AWAY)
        if target is None:
            return
        around = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        self._ring.show_around(around)
        words = self._title, self._words, self._count
        for part in (self, *words, self.leave, self.back, self.next):
            part.ensurePolished()
        self._row.invalidate()
        self._layout.invalidate()
        margins = self._layout.contentsMargins()
        needed = self._row.sizeHint().width() + margins.left() + margins.right()
        self.setFixedWidth(max(self._theme.px(_WIDTH), needed + 2 * self.frameWidth()))
        self.setFixedHeight(self._layout.totalHeightForWidth(self.width()))
        left = around.right() + gap
        if left + self.width() > window.width():
            left = around.left() - gap - self.width()
        if left < 0:
            left = around.right() - gap - self.width()
        top = around.top()
        if around.height() > 2 * self.height():
            top += gap * 4
        self.move(
            max(gap, min(left, window.width() - self.width() - gap)),
            max(gap, min(top, window.height() - self.height() - gap)),
        )
        self.raise_()

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab stays here: what lies behind is spoken of, and not used meanwhile."""
        ways = [one for one in (self.leave, self.back, self.next) if one.isEnabled()]
        step = 1 if next_one else -1
        here = next((place for place, one in enumerate(ways) if one.hasFocus()), -step)
        ways[(here + step) % len(ways)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)
