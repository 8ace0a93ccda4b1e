# SPDX-License-Identifier: MIT
"""The bare control that most field boxes are made of: one line with a unit or an arrow."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QKeyCombination,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    Qt,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyleOptionFrame,
    QToolTip,
    QWidget,
)

from ui.widgets.plain_tip import plain_tip

REASONS_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_M)
_GAP = 6
_TEXT_MARGIN = 2


def can_paste() -> bool:
    """Whether the clipboard has text, and not the names of files that somebody copied."""
    data = QGuiApplication.clipboard().mimeData()
    return data.hasText() and not data.hasUrls()


class FieldLine(QLineEdit):
    """One line to type into, with a unit or an arrow at its right end.

    Signals:
        finished: Enter was pressed or the focus went elsewhere.
        leaving: Enter is about to move the focus on; whoever knows a better place moves it now.
        menu_wanted: the context menu is asked for at this place of the screen.
        reasons_wanted: Ctrl+M, to say why there is no value.
        list_wanted: the arrow was pressed.
        escaped: Escape was pressed.
        proposal_wanted: Right, or a double click, while nothing stands in the line.
    """

    finished = Signal()
    leaving = Signal()
    menu_wanted = Signal(QPoint)
    reasons_wanted = Signal()
    list_wanted = Signal()
    escaped = Signal()
    proposal_wanted = Signal()

    def __init__(self, suffix: str = "", *, arrow: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self._suffix = suffix
        self._arrow = arrow
        self._shorter: tuple[str, ...] = ()
        self._hints: tuple[str, ...] = ("",)
        self._is_stale = False
        self.textChanged.connect(self._forget_shorter)
        self.textChanged.connect(self.make_room)
        self.make_room()

    def show_text(self, text: str, *shorter: str) -> None:
        """Put ``text`` in, with its beginning in sight.

        The first of the ``shorter`` forms that has room stands for it while nobody types there.
        """
        self.setText(text)
        self.setCursorPosition(0)
        self._shorter = shorter

    def show_hint(self, *forms: str) -> None:
        """Pale words while the line is empty: the first of these forms that has room."""
        hints = forms or ("",)
        if hints != self._hints:
            self._hints = hints
            self._fit_hint()

    def setPlaceholderText(self, hint: str) -> None:
        self.show_hint(hint)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish_line()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
            self.escaped.emit()
        elif event.keyCombination() == REASONS_KEY:
            self.reasons_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_Right and not self.text():
            self.proposal_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and not can_paste():
            # A picture or a file: whoever is around may know what to do with it.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def finish_line(self) -> None:
        """What Enter does: take what was typed, and go on to the next control."""
        self.finished.emit()
        self.go_on()

    def go_on(self) -> None:
        """Move the focus on, unless it has been moved already."""
        if self.hasFocus():
            self.leaving.emit()
        if self.hasFocus():
            self.focusNextChild()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._arrow and event.button() == Qt.MouseButton.LeftButton and self._hits_arrow(event):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.list_wanted.emit()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.text():
            super().mouseDoubleClickEvent(event)
        else:
            self.proposal_wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over_arrow = self._arrow and self._hits_arrow(event)
        shape = Qt.CursorShape.PointingHandCursor if over_arrow else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A form has hundreds of lines, and few of them in sight.
        self._is_stale = self.visibleRegion().isEmpty()
        if not self._is_stale:
            self.make_room()

    def event(self, event: QEvent) -> bool:
        if leaves_to_others(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return True
        is_tip = event.type() == QEvent.Type.ToolTip
        if is_tip and isinstance(event, QHelpEvent) and self._is_too_long():
            tip = "\n\n".join(filter(None, (plain_tip(self._shown()), self.toolTip())))
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.make_room()

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_stale:
            self.make_room()
        # Qt shortens by itself what stands pale.
        if self.text() and not self.hasFocus() and self._is_too_long():
            self._paint_shortened()
        else:
            super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_end(painter)
        painter.end()

    def paint_end(self, painter: QPainter) -> None:
        """Paint the unit or the arrow at the right end."""
        # The line's own palette has been made paler by the style sheet.
        muted = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(muted)
        room = self._text_room()
        if self._suffix and self.end_width():
            end = QRect(room.left(), room.top(), room.width() - 1, room.height())
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(end, flags, self._suffix)
        if self._arrow and (self.property("kind") != "cell" or self._is_pointed_at()):
            self._paint_arrow(painter)

    def set_suffix(self, suffix: str) -> None:
        """Another unit, or none."""
        if suffix == self._suffix:
            return
        self._suffix = suffix
        self.make_room()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def end_width(self) -> int:
        """The width that unit or arrow take, with the gap before them."""
        if self._suffix:
            wide = self.fontMetrics().horizontalAdvance(self._suffix) + _GAP
            return wide if self._has_room_for(wide) else 0
        return self._arrow_size() + _GAP if self._arrow else 0

    def start_width(self) -> int:
        """The width that is taken before the text."""
        return 0

    def width_for(self, text: str) -> int:
        """How wide the line has to be for a text, with its unit or arrow."""
        self.ensurePolished()
        letters = self.fontMetrics().horizontalAdvance
        end = letters(self._suffix) + 2 * _GAP if self._suffix else self.end_width()
        return self.width() - self._text_room().width() + letters(text) + end + 2 * _TEXT_MARGIN

    def make_room(self) -> None:
        """Keep the text clear of what is painted at both ends."""
        self._is_stale = False
        margins = self.textMargins()
        if (margins.left(), margins.right()) != (self.start_width(), self.end_width()):
            self.setTextMargins(self.start_width(), 0, self.end_width(), 0)
        self._fit_hint()

    def _fit_hint(self) -> None:
        *longer, hint = self._hints
        if longer:
            # Qt keeps a margin at the right of what stands pale, too, and counts parts of a pixel.
            room = self._typing_room().width() - _TEXT_MARGIN
            letters = QFontMetricsF(self.font()).horizontalAdvance
            hint = next((form for form in self._hints if letters(form) <= room), hint)
        if hint != self.placeholderText():
            super().setPlaceholderText(hint)

    def _forget_shorter(self) -> None:
        self._shorter = ()

    def _has_room_for(self, suffix: int) -> bool:
        """What was typed matters more than the unit, which goes where there is not enough room."""
        text = self.fontMetrics().horizontalAdvance(self.text())
        return text + suffix + _GAP < self._text_room().width()

    def _is_pointed_at(self) -> bool:
        return self.underMouse() or self.hasFocus()

    def _typing_room(self) -> QRect:
        room = self._text_room()
        return room.adjusted(self.start_width() + 2, 0, -self.end_width(), 0)

    def _is_too_long(self) -> bool:
        width = self.fontMetrics().horizontalAdvance(self._shown())
        return width > self._typing_room().width()

    def _shown(self) -> str:
        """The text, or what stands pale in its place."""
        return self.text() or self._hints[0] or self.placeholderText()

    def _paint_shortened(self) -> None:
        """The line with a shorter form of its text, or cut by an ellipsis."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        panel = QStyle.PrimitiveElement.PE_PanelLineEdit
        self.style().drawPrimitive(panel, option, painter, self)
        room = self._typing_room()
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        letters, forms = self.fontMetrics(), (*self._shorter, self.text())
        text = next((one for one in forms if letters.horizontalAdvance(one) <= room.width()), "")
        text = text or letters.elidedText(forms[0], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _text_room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_LineEditContents
        return self.style().subElementRect(element, option, self)

    def _arrow_size(self) -> int:
        return max(6, self.fontMetrics().ascent() * 8 // 12)

    def _hits_arrow(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self.width() - self._arrow_size() - 3 * _GAP

    def _paint_arrow(self, painter: QPainter) -> None:
        size, room = self._arrow_size() * 0.8, self._text_room()
        middle = QPointF(room.right() - size / 2 - 1, room.center().y() + 1)
        pen = QPen(painter.pen().color(), size / 6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        tip = middle + QPointF(0, size / 4)
        painter.drawLine(middle + QPointF(-size / 2, -size / 4), tip)
        painter.drawLine(tip, middle + QPointF(size / 2, -size / 4))


def leaves_to_others(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether this asks for the keys of Undo or Redo while the box has nothing to undo itself.

    A text box of Qt takes these keys in any case, and the menu would never get them.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    return (event.matches(keys.Undo) and not undo) or (event.matches(keys.Redo) and not redo)
