# SPDX-License-Identifier: MIT
"""A field as it stands in a form: its label, its box or boxes, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.fields import ClinicalField
from models.findings import Severity
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.field_box import FieldBox
from ui.widgets.field_label import FieldLabel
from ui.widgets.line_box import LineBox
from ui.widgets.told_tip import told_tip

ARROW = "→"


class FieldCell(QWidget):
    """A label above one box, or above several that belong together.

    Two boxes whose labels differ in their last word, such as a height before and after, get one
    label and an arrow between them.

    Args:
        boxes: the boxes, from left to right.
        bare: without the label.

    Attributes:
        boxes: the boxes, from left to right.
        note: the sentence of an error, for the form to place under the row; hidden if none.

    Signals:
        noted: the note came, went or changed.
    """

    noted = Signal()

    def __init__(
        self,
        boxes: Sequence[FieldBox],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        bare: bool = False,
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
        self._label.setHidden(bare)
        self._label.setBuddy(self.boxes[0])
        self._label.setToolTip(told_tip((label, fields[0].help)))
        self._arrange(theme, arrow=short != label)
        for box in self.boxes:
            box.noticed.connect(self._show_notices)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [box.input for box in self.boxes]

    @property
    def label(self) -> FieldLabel:
        """What stands over the boxes."""
        return self._label

    def least_width(self) -> int:
        """What the label and what is usually entered need to be read whole."""
        total = sum(self._shares)
        # Boxes share the width that arrows and distances leave.
        each = max(
            box.least_width() * total / share
            for box, share in zip(self.boxes, self._shares, strict=True)
        )
        fixed = sum(arrow.sizeHint().width() for arrow in self._arrows)
        fixed += self._line.spacing() * (self._line.count() - 1)
        label = 0 if self._label.isHidden() else self._label.least_width()
        return max(label, ceil(each) + fixed)

    def _arrange(self, theme: Theme, *, arrow: bool) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line = line = QHBoxLayout()
        self._arrows: list[QLabel] = []
        # The last of a pair has the unit to show too, or is the unit.
        self._shares = [3 if number else 2 for number in range(len(self.boxes))]
        keep(theme, line.setSpacing, 4)
        for number, box in enumerate(self.boxes):
            if arrow and number < len(self.boxes) - 1 and isinstance(box, LineBox):
                box.input.set_suffix("")
            if number and arrow:
                between = QLabel(ARROW, self)
                set_kind(between, "muted")
                line.addWidget(between)
                self._arrows.append(between)
            box.setParent(self)
            line.addWidget(box, self._shares[number])
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
