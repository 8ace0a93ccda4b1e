# SPDX-License-Identifier: MIT
"""The spine as a control: shows what is marked at each level; click or type to choose levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from models.vocabulary import Level
from ui.theme import Theme
from ui.widgets.level_typing import LevelTyping
from ui.widgets.spine_accessible import install, tell_current
from ui.widgets.spine_geometry import build_spine
from ui.widgets.spine_labels import Label, gutter, named_at
from ui.widgets.spine_marks import (
    NO_MARK,
    LevelMark,
    describe_marks,
    fractured_levels,
    tip_of,
    variants_in,
)
from ui.widgets.spine_menu import add_variants, spine_menu
from ui.widgets.spine_paint import Pointing, SpinePainter, paint_typed
from ui.widgets.spine_place import Room, SpinePlace

__all__ = ["LevelMark", "SpineView"]

FIRST_CURRENT = Level.T12  # where most augmentations are; the keyboard starts here
TYPING_PAUSE_MS = 1200  # after this, "t1" means T1 and not the beginning of T12
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class SpineView(QWidget):
    """The spine, lateral, facing left, with marks on its levels.

    The widget keeps no selection: what is treated or selected comes in with the marks, and the
    signals say what the user wants. Adding is one gesture; a treated level is taken away only with
    Delete or by the menu, never by a stray click or key.

    Attributes:
        level_clicked: (Level) the user pointed at a level, with the mouse, Space, Enter or by
            typing its name.
        level_toggled: (Level, bool) the user wants the level added (True) or taken away (False):
            a click, Space, Enter or a typed name adds; Delete or the menu takes away; a click,
            Space or Enter takes away a level that is selected without being treated (a filter).
        variants_changed: the user put T13 or L6 into the column, or took it out.

    Args:
        theme: colors and sizes.
        compact: small and without labels, for a detail pane.
    """

    level_clicked = Signal(object)
    level_toggled = Signal(object, bool)
    variants_changed = Signal()

    def __init__(
        self, theme: Theme, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        install()
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
        self.setAccessibleName(self.tr("Spine"))
        self._say()
        theme.follow(self._dress)

    def set_marks(self, marks: Mapping[Level, LevelMark]) -> None:
        """Show these marks and no others. A marked T13 or L6 is put into the column."""
        self._marks = dict(marks)
        self._rebuild()

    def marks(self) -> dict[Level, LevelMark]:
        """What is shown at each marked level."""
        return dict(self._marks)

    def is_chosen(self, level: Level) -> bool:
        """Whether a level is treated, or selected."""
        mark = self._marks.get(level, NO_MARK)
        return mark.treated or mark.selected

    def set_variants(self, variants: Iterable[Level]) -> None:
        """Put these transitional levels (T13, L6) into the column.

        Raises:
            ValueError: one of them is an ordinary level.
        """
        wanted = frozenset(variants)
        if wanted != variants_in(wanted):
            raise ValueError(f"No transitional levels: {sorted(wanted - variants_in(wanted))}")
        if wanted != self._variants:
            self._variants = wanted
            self._rebuild()

    def variants(self) -> frozenset[Level]:
        """The transitional levels that are in the column."""
        return variants_in(self._spine.vertebrae)

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
        moved = level is not self._current
        self._current = level
        self._say()
        self.update()
        if moved and level is not None and self.hasFocus():
            tell_current(self)

    def levels(self) -> tuple[Level, ...]:
        """The levels of the column, head to tail."""
        return tuple(self._spine.vertebrae)

    def level_at(self, position: QPointF) -> Level | None:
        """The level at a place of the widget, bone or name; None beside them."""
        return self._place().bone_at(position) or named_at(self.labels(), position)

    def labels(self) -> list[Label]:
        """The names beside the levels, where they stand in the widget; none if it is compact."""
        pointing = self._pointing()
        return self._place().names(self._marks, self._theme, *pointing) if not self._compact else []

    def place_of(self, level: Level) -> QPointF:
        """Where the middle of a body is in the widget.

        Raises:
            KeyError: the level is not in the column.
        """
        return self._place().transform.map(self._spine.vertebrae[level].center)

    def rect_of(self, level: Level) -> QRectF:
        """The rectangle around a body, in the widget.

        Raises:
            KeyError: the level is not in the column.
        """
        return self._place().rect_of(level)

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
            self._place().transform,
            self._theme.palette,
            self._marks,
            line=0.8 if self._compact else 1.0,
        )
        pointing = self._pointing()
        artist.paint(pointing)
        artist.paint_labels(self.labels(), pointing)
        if self._compact:
            artist.paint_warnings()
        if self._typing.shown:
            paint_typed(painter, self._theme, f"{self._typing.shown}…")
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            level = self.level_at(QPointF(event.pos()))
            if level is None:
                QToolTip.hideText()
                event.ignore()
            else:
                tip = tip_of(level, self._marks.get(level, NO_MARK))
                QToolTip.showText(event.globalPos(), tip, self)
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._interactive:
            super().contextMenuEvent(event)
            return
        self._finish_typing()
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        level = self._current if by_key else self.level_at(QPointF(event.pos()))
        if level is not None:
            self.set_current_level(level)
        where = self.place_of(level).toPoint() if by_key and level else event.pos()
        self.open_menu(level, self.mapToGlobal(where))

    def open_menu(self, level: Level | None, where: QPoint) -> None:
        """Show what can be done with a level, and which variants the patient has."""
        mark = self._marks.get(level, NO_MARK) if level else NO_MARK
        menu = spine_menu(self, level, mark, self.level_toggled.emit, self.level_clicked.emit)
        add_variants(menu, self.variants(), variants_in(self._marks), self._choose_variant)
        menu.popup(where)

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
        tell_current(self)
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
                self.toggle(self._current)
        elif key == Qt.Key.Key_Space and not self._typing.expects_separator:
            self.toggle(self._current)
        elif key == Qt.Key.Key_Delete and self._current is not None:
            self._remove(self._current)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape) and self._typing.shown:
            self._typing.erase() if key == Qt.Key.Key_Backspace else self._typing.clear()
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

    def toggle(self, level: Level | None) -> None:
        """Add the level, or go to it if it is treated already."""
        self._typing.clear()
        mark = self._marks.get(level, NO_MARK) if level else NO_MARK
        if mark.treated:
            self.level_clicked.emit(level)
        elif level:
            self.level_toggled.emit(level, not mark.selected)

    def _remove(self, level: Level) -> None:
        self._typing.clear()
        if self.is_chosen(level):
            self.level_toggled.emit(level, False)

    def _choose_variant(self, level: Level, is_there: bool) -> None:
        wanted = self._variants | {level} if is_there else self._variants - {level}
        if wanted != self._variants:
            self.set_variants(wanted)
            self.variants_changed.emit()

    def _choose(self, levels: Iterable[Level]) -> None:
        """Typing a name adds the level, or goes to it if it is there already."""
        for level in levels:
            if level.is_variant:
                self._choose_variant(level, is_there=True)
            self.set_current_level(level)
            self.level_clicked.emit(level)
            if not self.is_chosen(level):
                self.level_toggled.emit(level, True)

    def _show_typing(self) -> None:
        """Show what was typed so far and where it leads."""
        if self._typing.shown:
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
        self._typing.set_column(self._spine.vertebrae)
        if self._current not in self._spine.vertebrae:
            self._current = None
        self._hovered = None
        self._say()
        self.update()

    def _say(self) -> None:
        """Tell screen readers what the picture shows."""
        at = self._current and self.tr(" At {level}.").format(level=self.tool_tip(self._current))
        self.setAccessibleDescription(describe_marks(self._marks) + (at or ""))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()

    def _pointing(self) -> Pointing:
        return Pointing(
            hovered=self._hovered if self._interactive else None,
            current=self._current if self.hasFocus() else None,
        )

    def _place(self) -> SpinePlace:
        margin = self._theme.px(4 if self._compact else 8)
        names = 0.0 if self._compact else gutter(self._theme, self._marks, self.width())
        return SpinePlace(self._spine, Room(QRectF(self.rect()), margin, names))
