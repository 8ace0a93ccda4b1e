# SPDX-License-Identifier: MIT
"""The boxes of the row that is being asked: the score, the analgesics, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from models.vocabulary import AnalgesicLevel
from ui.followup.words import tr
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state

_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PROBLEM_WIDTH = 400
_LEAST = 150
_MOST_HIGH = 1.5


def _is_undo(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    return event.matches(keys.Undo) or event.matches(keys.Redo)


class ScoreBox(QLineEdit):
    """Takes a score, a range or words; the arrow keys lead to the other rows.

    Signals:
        entered: Enter was pressed.
        moved: (int) so many rows down.
        escaped: Escape was pressed.
    """

    entered = Signal()
    moved = Signal(int)
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(200)
        # The table has a menu of its own, with what can come of a call.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and _is_undo(event):
            # The menu decides: typing is taken back first, then what was saved.
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if key in _ENTER and plain:
            self.entered.emit()
        elif key in _MOVES and plain:
            self.moved.emit(_MOVES[key])
        elif key == Qt.Key.Key_Escape and plain:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class AnalgesicsBox(QComboBox):
    """What the patient takes against the pain; Enter saves the row, as in the box of the score.

    The terms are longer than the box, which shows the one that is chosen in brief.

    Signals:
        entered: Enter was pressed while the list is closed.
    """

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Analgesics"))
        self.addItem(tr("Analgesics"), None)
        for level in AnalgesicLevel:
            self.addItem(level.label, level)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)

    @property
    def level(self) -> AnalgesicLevel | None:
        """What is chosen."""
        found = self.currentData()
        return AnalgesicLevel(found) if found is not None else None

    def show_level(self, level: AnalgesicLevel | None) -> None:
        """Show what is chosen, without telling so."""
        place = 0 if level is None else 1 + list(AnalgesicLevel).index(level)
        self.blockSignals(True)
        self.setCurrentIndex(place)
        self.blockSignals(False)
        self.setToolTip(level.label if level is not None else "")

    def showPopup(self) -> None:
        # The terms are longer than the box.
        wide = self.view().sizeHintForColumn(0) + 2 * self.fontMetrics().averageCharWidth()
        self.view().setMinimumWidth(max(wide, self.width()))
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(kind, option, part, self).width()
        level, letters = self.level, self.fontMetrics().horizontalAdvance
        if level is not None and letters(level.label) > room:
            option.currentText = level.abbreviated
        painter.drawComplexControl(kind, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel moves the list, and never what somebody answered.
        event.ignore()


class ProblemLabel(QLabel):
    """Why what was typed is not taken: beside the box, or below it where there is no room.

    Attributes:
        is_beside: whether it stands over what follows in the row.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.is_beside = False
        self.setObjectName("problem")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_kind(self, "callout")
        set_state(self, "error")
        keep(theme, self.setContentsMargins, 8, 4, 8, 4)
        self.hide()

    def tell(self, sentence: str, beside: QRect, room: QRect) -> None:
        """Show a sentence beside a box, within the room of the list.

        Args:
            sentence: why; "" hides it.
            beside: the box with what belongs to it.
            room: what can be seen of the list.
        """
        self.setVisible(bool(sentence))
        if not sentence:
            self.is_beside = False
            return
        self.setText(sentence)
        px, edge = self._theme.px, self._theme.px(8)
        free = min(room.right() - beside.right() - 2 * edge, px(_PROBLEM_WIDTH))
        self.is_beside = self._high(free) <= _MOST_HIGH * beside.height() and free >= px(_LEAST)
        if self.is_beside:
            size = QSize(self._wide(free), max(self._high(free), beside.height()))
            place = QPoint(beside.right() + edge, beside.center().y() - size.height() // 2)
        else:
            most = min(room.width() - 2 * edge, px(_PROBLEM_WIDTH))
            size = QSize(self._wide(most), self._high(most))
            left = min(beside.left(), room.right() - size.width() - edge)
            above, below = beside.top() - edge - size.height(), beside.bottom() + edge
            if below + size.height() <= room.bottom():
                place = QPoint(left, below)
            elif above >= room.top():
                place = QPoint(left, above)
            else:
                place, size = self._before(beside, room, edge)
        self.setGeometry(QRect(place, size))
        self.raise_()

    def _before(self, beside: QRect, room: QRect, edge: int) -> tuple[QPoint, QSize]:
        """Left of the box, for a list that has room for hardly more than this row."""
        wide = self._wide(beside.left() - room.left() - 2 * edge)
        high = max(self._high(wide), beside.height())
        top = max(room.top(), beside.center().y() - high // 2)
        return QPoint(beside.left() - edge - wide, top), QSize(wide, high)

    def _wide(self, most: int) -> int:
        """As wide as the sentence, within what there is."""
        margins = self.contentsMargins()
        around = margins.left() + margins.right() + self._theme.px(4)
        return min(most, self.fontMetrics().horizontalAdvance(self.text()) + around)

    def _high(self, most: int) -> int:
        return self.heightForWidth(self._wide(most)) if most > 0 else 0
