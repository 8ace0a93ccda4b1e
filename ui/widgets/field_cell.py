# SPDX-License-Identifier: MIT
"""A field as it stands in a form: its label, its box or boxes, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.fields import ClinicalField
from models.findings import Severity
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.field_box import FieldBox, LineBox

ARROW = "→"
_DOT = 2.25


class FieldLabel(QLabel):
    """A label of one line; shortened where it does not fit, with a dot while a core field is open.

    One line, so that all boxes of a row stand on one height.
    """

    def __init__(self, text: str, short: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._short = short
        self._is_open = False
        set_kind(self, "field")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the dot."""
        if is_open != self._is_open:
            self._is_open = is_open
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = self.fontMetrics()
        room = self.width() - (4 * _DOT if self._is_open else 0)
        fits = metrics.horizontalAdvance(self.text()) <= room
        text = self.text() if fits else self._short or self.text()
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        if self._is_open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QGuiApplication.palette().color(QPalette.ColorRole.Accent))
            x = metrics.horizontalAdvance(text) + 2.6 * _DOT
            painter.drawEllipse(QPointF(x, self.height() / 2 + 0.5), _DOT, _DOT)
        painter.end()


class FieldCell(QWidget):
    """A label above one box, or above several that belong together.

    Two boxes whose labels differ in their last word, such as a height before and after, get one
    label and an arrow between them.

    Attributes:
        boxes: the boxes, from left to right.
        note: the sentence of an error, for the form to place under the row; hidden if none.

    Signals:
        noted: the note came, went or changed.
    """

    noted = Signal()

    def __init__(
        self, boxes: Sequence[FieldBox], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.boxes = tuple(boxes)
        self.note = QLabel(parent)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.hide()
        set_kind(self.note, "small")
        set_state(self.note, "error")
        fields = [box.field for box in boxes]
        label, short = label_of(fields)
        self._label = FieldLabel(label, short, self)
        self._label.setBuddy(self.boxes[0])
        self._label.setToolTip("\n\n".join(filter(None, (label, fields[0].help))))
        self._arrange(theme, arrow=short != label)
        for box in self.boxes:
            box.noticed.connect(self._show_notices)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [box.input for box in self.boxes]

    def _arrange(self, theme: Theme, *, arrow: bool) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout()
        keep(theme, line.setSpacing, 4)
        for number, box in enumerate(self.boxes):
            if arrow and number < len(self.boxes) - 1 and isinstance(box, LineBox):
                box.input.set_suffix("")
            if number and arrow:
                between = QLabel(ARROW, self)
                set_kind(between, "muted")
                line.addWidget(between)
            box.setParent(self)
            # The last of a pair has the unit to show too, or is the unit.
            line.addWidget(box, 3 if number else 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 3)
        layout.addWidget(self._label)
        layout.addLayout(line)

    def _show_notices(self) -> None:
        self._label.set_open(any(box.is_open for box in self.boxes))
        notices = [notice for box in self.boxes if (notice := box.notice())]
        errors = [n.sentence for n in notices if n.severity is Severity.ERROR]
        text = "\n".join(dict.fromkeys(errors))
        if text != self.note.text():
            self.note.setText(text)
            self.note.setVisible(bool(text))
            self.noted.emit()


def label_of(fields: Sequence[ClinicalField]) -> tuple[str, str]:
    """The label over some boxes, and a short one for where it does not fit.

    Of a pair such as before and after the words that both labels begin with are said once; those
    alone are the short label. Otherwise both are the first label.
    """
    first = fields[0].label
    if len(fields) < 2:
        return first, first
    ours, theirs = first.split(), fields[1].label.split()
    same = takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False))
    shared = [word for word, _ in same]
    if not shared or len(shared) == len(ours):
        return first, first
    ends = (" ".join(words[len(shared) :]) for words in (ours, theirs))
    short = " ".join(shared)
    return f"{short}, {f' {ARROW} '.join(ends)}", short
