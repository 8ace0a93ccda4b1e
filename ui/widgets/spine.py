# SPDX-License-Identifier: MIT
"""The spine as a control: shows what is marked at each level; click or type to choose levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from models.vocabulary import Level
from ui.theme import Theme
from ui.widgets.level_typing import LevelTyping
from ui.widgets.spine_geometry import build_spine
from ui.widgets.spine_marks import (
    NO_MARK,
    LevelMark,
    describe_marks,
    fractured_levels,
    variants_in,
)
from ui.widgets.spine_paint import LABEL_GAP, Pointing, SpinePainter, label_end

__all__ = ["LevelMark", "SpineView"]

FIRST_CURRENT = Level.T12  # where most augmentations are; the keyboard starts here
TYPING_PAUSE_MS = 1200  # after this, "t1" means T1 and not the beginning of T12
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class SpineView(QWidget):
    """The spine, lateral, facing left, with marks on its levels.

    The widget keeps no selection: what is treated or selected comes in with the marks, and the
    signals say what the user wants. Adding is one gesture; a treated level is taken away only with
    Space or Enter, never by a stray click.

    Attributes:
        level_clicked: (Level) the user pointed at a level, with the mouse or by typing its name.
        level_toggled: (Level, bool) the user wants the level added (True) or taken away (False):
            a click or a typed name adds; Space and Enter add or take away; a click takes away a
            level that is selected without being treated (a filter).

    Args:
        theme: colors and sizes.
        compact: small and without labels, for a detail pane.
    """

    level_clicked = Signal(object)
    level_toggled = Signal(object, bool)

    def __init__(
        self, theme: Theme, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compact = compact
        self._interactive = False
        self._marks: dict[Level, LevelMark] = {}
        self._variants: frozenset[Level] = frozenset()
        self._spine = build_spine()
        self._hovered: Level | None = None
        self._current: Level | None = None
        self._typing = LevelTyping(self._spine.vertebrae)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._finish_typing)
        self.setMouseTracking(True)
        policy = QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("Spine")
        self._say()
        theme.changed.connect(self._dress)

    def set_marks(self, marks: Mapping[Level, LevelMark]) -> None:
        """Show these marks and no others. A marked T13 or L6 is put into the column."""
        self._marks = dict(marks)
        self._rebuild()

    def marks(self) -> dict[Level, LevelMark]:
        """What is shown at each marked level."""
        return dict(self._marks)

    def set_variants(self, variants: Iterable[Level]) -> None:
        """Put these transitional levels (T13, L6) into the column.

        Raises:
            ValueError: one of them is an ordinary level.
        """
        wanted = frozenset(variants)
        if wanted != variants_in(wanted):
            raise ValueError(f"No transitional levels: {sorted(wanted - variants_in(wanted))}")
        self._variants = wanted
        self._rebuild()

    def set_interactive(self, interactive: bool) -> None:
        """Let levels be chosen by mouse and keyboard, or only be looked at."""
        self._interactive = interactive
        focus = Qt.FocusPolicy.StrongFocus if interactive else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        if not interactive:
            self._current = None
        self.update()

    @property
    def current_level(self) -> Level | None:
        """Where the keyboard is; None before it was used."""
        return self._current

    def set_current_level(self, level: Level | None) -> None:
        """Move the keyboard's place to a level, without choosing it."""
        if level is not None and level not in self._spine.vertebrae:
            return
        self._current = level
        self._say()
        self.update()

    def levels(self) -> tuple[Level, ...]:
        """The levels of the column, head to tail."""
        return tuple(self._spine.vertebrae)

    def level_at(self, position: QPointF) -> Level | None:
        """The level at a place of the widget, bone or label; None beside them."""
        back, possible = self._placement().inverted()
        if not possible:
            return None
        return self._spine.level_at(back.map(position)) or self._label_at(position)

    def place_of(self, level: Level) -> QPointF:
        """Where the middle of a body is in the widget.

        Raises:
            KeyError: the level is not in the column.
        """
        return self._placement().map(self._spine.vertebrae[level].center)

    def sizeHint(self) -> QSize:
        width, height = (90, 230) if self._compact else (200, 560)
        return QSize(self._theme.px(width), self._theme.px(height))

    def minimumSizeHint(self) -> QSize:
        width, height = (50, 130) if self._compact else (120, 320)
        return QSize(self._theme.px(width), self._theme.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        artist = SpinePainter(
            painter,
            self._spine,
            self._placement(),
            self._theme.palette,
            self._marks,
            compact=self._compact,
        )
        pointing = Pointing(
            hovered=self._hovered if self._interactive else None,
            current=self._current if self.hasFocus() else None,
        )
        artist.paint(pointing)
        if self._compact:
            artist.paint_warnings()
        else:
            artist.paint_labels(pointing, self._label_font())
        self._paint_typed(painter)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            level = self.level_at(QPointF(event.pos()))
            if level is None:
                QToolTip.hideText()
                event.ignore()
            else:
                QToolTip.showText(event.globalPos(), self.tool_tip(level), self)
            return True
        return super().event(event)

    def tool_tip(self, level: Level) -> str:
        """The name of a level and what is marked there."""
        words = self._marks.get(level, NO_MARK).words()
        return f"{level.label}: {words}" if words else level.label

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.level_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        level = self.level_at(event.position())
        if not self._interactive or event.button() != Qt.MouseButton.LeftButton or level is None:
            super().mousePressEvent(event)
            return
        self._finish_typing()
        self.set_current_level(level)
        self.level_clicked.emit(level)
        mark = self._marks.get(level, NO_MARK)
        if not mark.treated:
            self.level_toggled.emit(level, not mark.selected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if not (self._interactive and plain and self._handle_key(event)):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._current is None:
            treated = (level for level in self.levels() if self._marks.get(level, NO_MARK).treated)
            self.set_current_level(next(treated, FIRST_CURRENT))
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._finish_typing()
        super().focusOutEvent(event)
        self.update()

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False if it means nothing."""
        key = Qt.Key(event.key())
        if key in STEPS or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._finish_typing()
            self._step(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._finish_typing():
                self._toggle_current()
        elif key == Qt.Key.Key_Space and not self._typing.expects_separator:
            self._toggle_current()
        elif key == Qt.Key.Key_Backspace and self._typing.text:
            self._typing.erase()
            self._show_typing()
        elif event.text() and self._typing.accepts(event.text()):
            self._choose(self._typing.type(event.text()))
            self._show_typing()
        else:
            return False
        return True

    def _step(self, key: Qt.Key) -> None:
        levels = self.levels()
        if key in STEPS:
            here = levels.index(self._current) if self._current else 0
            there = min(max(here + STEPS[key], 0), len(levels) - 1)
        else:
            there = 0 if key == Qt.Key.Key_Home else len(levels) - 1
        self.set_current_level(levels[there])

    def _toggle_current(self) -> None:
        self._typing.clear()
        if self._current is not None:
            mark = self._marks.get(self._current, NO_MARK)
            self.level_toggled.emit(self._current, not (mark.treated or mark.selected))

    def _choose(self, levels: Iterable[Level]) -> None:
        """Typing a name adds the level, or goes to it if it is there already."""
        for level in levels:
            self.set_current_level(level)
            self.level_clicked.emit(level)
            mark = self._marks.get(level, NO_MARK)
            if not (mark.treated or mark.selected):
                self.level_toggled.emit(level, True)

    def _show_typing(self) -> None:
        """Show what was typed so far and where it leads."""
        if self._typing.text:
            self._pause.start()
            if (meant := self._typing.meant) is not None:
                self.set_current_level(meant)
        else:
            self._pause.stop()
        self.update()

    def _finish_typing(self) -> bool:
        """Take what was typed as complete; True if that chose a level."""
        self._pause.stop()
        chosen = self._typing.finish()
        self._choose(chosen)
        self.update()
        return bool(chosen)

    def _hover(self, level: Level | None) -> None:
        if level is self._hovered:
            return
        self._hovered = level
        pointing = self._interactive and level is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def _rebuild(self) -> None:
        variants = self._variants | variants_in(self._marks)
        self._spine = build_spine(variants, fractured_levels(self._marks))
        self._typing = LevelTyping(self._spine.vertebrae)
        if self._current not in self._spine.vertebrae:
            self._current = None
        self._hovered = None
        self._say()
        self.update()

    def _say(self) -> None:
        """Tell screen readers what the picture shows."""
        here = f" At {self.tool_tip(self._current)}." if self._current else ""
        self.setAccessibleDescription(describe_marks(self._marks) + here)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()

    def _placement(self) -> QTransform:
        """From the units of the spine to the widget: as large as it fits, in the middle."""
        margin = self._theme.px(4 if self._compact else 8)
        gutter = 0 if self._compact else self._theme.px(32) + LABEL_GAP
        room = QRectF(self.rect()).adjusted(margin + gutter, margin, -margin, -margin)
        bounds = self._spine.bounds
        scale = max(min(room.width() / bounds.width(), room.height() / bounds.height()), 0.01)
        corner = room.center() - QPointF(bounds.width(), bounds.height()) * (scale / 2)
        place = QTransform.fromTranslate(corner.x(), corner.y())
        place.scale(scale, scale)
        return place.translate(-bounds.left(), -bounds.top())

    def _label_at(self, position: QPointF) -> Level | None:
        if self._compact:
            return None
        place, font = self._placement(), self._label_font()
        width, half = font.pixelSize() * 2.2, font.pixelSize() * 0.6
        for level, vertebra in self._spine.vertebrae.items():
            end = label_end(vertebra, self._marks.get(level, NO_MARK), place)
            away = position - end
            if -width <= away.x() <= LABEL_GAP and abs(away.y()) <= half:
                return level
        return None

    def _label_font(self) -> QFont:
        """As large as the theme says, but not larger than the narrow neck leaves room for."""
        font = self._theme.font("small")
        neck = self._spine.vertebrae
        pitch = neck[Level.C5].center.y() - neck[Level.C4].center.y()
        room = pitch * self._placement().m11() * 0.76
        font.setPixelSize(max(1, min(font.pixelSize(), int(room))))
        return font

    def _paint_typed(self, painter: QPainter) -> None:
        """Show what was typed while it could still become another level."""
        if not self._typing.text:
            return
        px = self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font("body", QFont.Weight.DemiBold)
        painter.setFont(font)
        text = f"{self._typing.text.upper()}…"
        box = painter.fontMetrics().boundingRect(text)
        pill = QRectF(px(6), px(6), box.width() + px(16), box.height() + px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("tooltip"))
        painter.drawRoundedRect(pill, px(6), px(6))
        painter.setPen(self._theme.color("tooltip_text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
