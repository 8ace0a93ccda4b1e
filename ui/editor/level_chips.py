# SPDX-License-Identifier: MIT
"""The row of treated levels: one chip a level, and a box to add more by typing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from models.schema import TreatedLevel
from models.vocabulary import Level
from ui.theme import Theme, set_kind, set_state
from ui.topics import set_topic, topic_of
from ui.widgets.field_line import FieldLine
from ui.widgets.level_typing import run_between
from ui.widgets.one_of_several import OneOfSeveral

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_BETWEEN = re.compile(r"[\s,;+&/]+")
_AROUND_DASH = re.compile(r"\s*[-–—]\s*")


@dataclass(frozen=True, slots=True)
class ChipText:
    """What a chip says: the level, and its volume in pale; a state as of the style sheet."""

    level: str
    volume: str
    state: str = ""


class LevelChip(OneOfSeveral):
    """One treated level."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._said = ChipText("", "")
        self._size: QSize | None = None
        theme.follow(self._measure_anew)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_kind(self, "tab")

    def show_text(self, said: ChipText) -> None:
        """Say something else."""
        if said != self._said:
            self._said = said
            name = f"{said.level} {said.volume}".strip()
            self.setAccessibleName(name)
            set_state(self, said.state)
            self._measure_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            # The row of chips knows the neighbors; a button alone would move the focus away.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        if self._size is None:
            px, said = self._theme.px, self._said
            # Its own letters are still those of before when the size of the text has changed.
            plain = QFontMetrics(self._theme.font())
            width = self._bold_width() + plain.horizontalAdvance(said.volume)
            gap = px(6) if said.volume else 0
            self._size = QSize(width + gap + px(26), px(30))
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        px, said = self._theme.px, self._said
        room = self.rect().adjusted(px(13), 0, -px(13), 0)
        color = "accent" if self.isChecked() else "text"
        painter.setPen(self._theme.color(said.state or color))
        painter.setFont(self._theme.font("body", QFont.Weight.DemiBold))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said.level)
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.color("accent" if self.isChecked() else "text_muted"))
        rest = room.adjusted(self._bold_width() + px(6), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, said.volume)
        painter.end()

    def _measure_anew(self) -> None:
        self._size = None
        self.updateGeometry()
        self.update()

    def _bold_width(self) -> int:
        bold = QFontMetrics(self._theme.font("body", QFont.Weight.DemiBold))
        return bold.horizontalAdvance(self._said.level)


class LevelAdder(FieldLine):
    """Type "t12" or "l1 l2", then Enter or Tab.

    Signals:
        wanted: (levels) they are to be treated too.
        not_understood: what was typed names no level.
        refused_changed: what stands here and names no level is something else, or nothing now.
    """

    wanted = Signal(object)
    not_understood = Signal(str)
    refused_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._refused = ""
        set_kind(self, "adder")
        self.show_hint(self.tr("Add level, or click the spine"), self.tr("Add level"))
        self.setAccessibleName(self.tr("Add level"))
        self.setToolTip(self.tr("Type one level or several, such as t12 or l1 l2, then Enter"))
        self.finished.connect(self._finish)
        self.textEdited.connect(lambda: set_state(self, ""))

    @property
    def refused(self) -> str:
        """What was typed, is finished and names no level; "" for nothing."""
        return self._refused

    def show_refused(self, text: str) -> None:
        """Show typing that names no level; "" for none."""
        self.show_text(text)
        self._refuse(text)

    def take(self) -> None:
        """Take what is being typed, as leaving the box would."""
        if self.hasFocus():
            self._finish()

    def finish_line(self) -> None:
        """Enter adds; with nothing typed it goes on."""
        if self.text().strip():
            self._finish()
        else:
            self.go_on()

    def event(self, event: QEvent) -> bool:
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() == QEvent.Type.KeyPress and self.text().strip():
            self._finish()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._refuse("")
        super().keyPressEvent(event)

    def _finish(self) -> None:
        typed = self.text().strip()
        levels = levels_in(typed)
        if levels:
            self.clear()
        self._refuse("" if levels else typed)
        if levels:
            self.wanted.emit(levels)
        elif typed:
            self.not_understood.emit(typed)

    def _refuse(self, text: str) -> None:
        set_state(self, "error" if text else "")
        if text != self._refused:
            self._refused = text
            self.refused_changed.emit()


def levels_in(text: str) -> list[Level]:
    """The levels that ``text`` names, such as "l1 l2" or "t11-l1"; none if a part names none."""
    levels: list[Level] = []
    for part in _BETWEEN.split(_AROUND_DASH.sub("-", text)):
        ends = [Level.meant_by(name) for name in part.split("-")] if part else []
        if None in ends or len(ends) > 2:
            return []
        if ends:
            levels += run_between(ends[0], ends[-1])  # type: ignore[arg-type]
    return list(dict.fromkeys(levels))


class LevelChips(QWidget):
    """Chips, the adder, and buttons for the chosen level; they wrap where the room is short.

    Signals:
        picked: (place) the chip at this place was pressed.
    """

    picked = Signal(int)

    def __init__(
        self, theme: Theme, actions: Sequence[QPushButton], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: list[LevelChip] = []
        set_topic(self, topic_of(TreatedLevel.level))
        self.adder = LevelAdder(self)
        self._actions = list(actions)
        for action in self._actions:
            action.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self._arrange)

    def show_chips(self, texts: Sequence[ChipText], current: int) -> None:
        """Show these chips; the one at ``current`` is down."""
        while len(self._chips) < len(texts):
            chip = LevelChip(self._theme, self)
            place = len(self._chips)
            chip.clicked.connect(lambda _on=False, n=place: self.picked.emit(n))
            self._chips.append(chip)
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(texts))
            if place < len(texts):
                chip.show_text(texts[place])
                chip.mark(is_down=place == current)
        for action in self._actions:
            action.setVisible(current >= 0)
        self._arrange()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here: of the chips only the one that is down."""
        chips: list[QWidget] = [c for c in self._chips if not c.isHidden() and c.isChecked()]
        return [*chips, self.adder, *(a for a in self._actions if not a.isHidden())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        shown = [chip for chip in self._chips if not chip.isHidden()]
        if step and isinstance(self.focusWidget(), LevelChip) and shown:
            here = next((n for n, chip in enumerate(shown) if chip.isChecked()), 0)
            there = min(max(here + step, 0), len(shown) - 1)
            self.picked.emit(there)
            shown[there].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(0, self._place(self.width(), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.width(), move=True)

    def _arrange(self) -> None:
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> int:
        gap, left, top = self._theme.px(8), 0, 0
        height = self._theme.px(30)
        chips = [chip for chip in self._chips if not chip.isHidden()]
        actions: list[QWidget] = [action for action in self._actions if not action.isHidden()]
        # What is done to the chosen level stays together.
        singles: list[QWidget] = [*chips, self.adder]
        groups = [*([widget] for widget in singles), actions]
        for group in groups:
            hints = [self._wanted_width(widget) for widget in group]
            if left and left + sum(hints) + gap * (len(hints) - 1) > width:
                left, top = 0, top + height + gap
            for widget, hint in zip(group, hints, strict=True):
                if left and left + hint > width:
                    left, top = 0, top + height + gap
                if move:
                    widget.setGeometry(left, top, min(hint, width), height)
                left += hint + gap
        return top + height

    def _wanted_width(self, widget: QWidget) -> int:
        if widget is not self.adder:
            return widget.sizeHint().width()
        return max(self._theme.px(206), self.adder.width_for(self.adder.placeholderText()))
