# SPDX-License-Identifier: MIT
"""Tells what follows from the heights under their boxes, and suggests the grade of Genant."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models.errors import InvalidValue
from models.heights import Loss
from models.schema import Record, TreatedLevel
from models.speech import say
from models.vocabulary import Genant
from ui.editor.case_rows import Subject, copy_row
from ui.editor.gain import Told, suggestion, tell
from ui.editor.gain_table import GainTable
from ui.key_words import native
from ui.keys import TAKE_GRADE
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm, focused_box


class GainView(QWidget):
    """The gain in one line, each formula at each wall in a table, then angles.

    Follows the typing. A grade is only suggested: it is taken by the button or its key.
    """

    def __init__(self, form: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._theme = theme
        self._level: TreatedLevel | None = None
        self._loss: Loss | None = None
        self._gain = _words(self)
        self.table = GainTable(theme, self)
        self.table.copy_wanted.connect(form.copy_wanted)
        self._angles = _words(self)
        self._doubt = _words(self)
        set_state(self._doubt, "warning")
        self._why = _words(self)
        self.take = QPushButton(self)
        self._key = QShortcut(QKeySequence(TAKE_GRADE.sequence), self)
        self._key.activated.connect(self._take_grade)
        self.take.clicked.connect(self._take_grade)
        for label in (self._gain, self._angles, self._doubt, self._why):
            # Accents may stand out at the left of their letters.
            keep(theme, label.setIndent, 1)
        self._arrange()
        form.edited.connect(self._on_edited)
        form.typed.connect(self._on_typed)
        theme.follow(self._tell)

    def make_ready(self, _subject: Subject) -> Iterator[None]:
        """Nothing: all of it is there from the beginning."""
        return iter(())

    def show_subject(self, subject: Subject) -> None:
        """Tell the gain of this level."""
        self._level = subject.level
        self._tell()

    def follow(self, subject: Subject) -> None:
        """Tell the gain of this level as it is now."""
        self.show_subject(subject)

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """None: nothing is entered here."""
        return None

    def focus_boxes(self) -> list[QWidget]:
        """The button while it has something to offer; the figures, to be read and copied."""
        stops: list[QWidget] = [self.take, self.table]
        return [stop for stop in stops if not stop.isHidden()]

    def _arrange(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grade = QHBoxLayout()
        keep(self._theme, grade.setSpacing, 8)
        grade.addWidget(self.take)
        grade.addWidget(self._why, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(self._theme, layout.setSpacing, 6)
        layout.addWidget(self._gain)
        layout.addWidget(self._doubt)
        layout.addLayout(grade)
        layout.addWidget(self.table)
        layout.addWidget(self._angles)

    def _on_edited(self, row: Record, _field: str) -> None:
        if row is self._level:
            self._tell()

    def _on_typed(self) -> None:
        """Tell what would follow from the height that is being typed."""
        box, level = focused_box(), self._level
        if box is None or level is None or self._form.row_of(box) is not level:
            return
        if not box.field.name.endswith(("_mm", "_deg")) or len(box.fields) > 1:
            return
        try:
            typed = {box.field.name: box.read(box.text())}
        except InvalidValue:
            return
        self._show(tell(copy_row(level, **typed)))

    def _tell(self) -> None:
        if self._level is not None:
            self._show(tell(self._level))

    def _show(self, told: Told) -> None:
        label, color = self.tr("Height gain"), self._theme.palette.text
        shown = f'<b style="color: {color}">{escape(told.gain)}</b>'
        self._gain.setText(
            say(
                "{label}&nbsp; {shown} &nbsp;{basis}",
                label=escape(label),
                shown=shown,
                basis=escape(told.basis),
            )
        )
        self.setAccessibleName(f"{label}: {told.gain}, {told.basis}")
        self._say(self._doubt, told.doubt)
        self._say(self._angles, told.angles)
        self._angles.setToolTip(self.tr("Change is after − before. Kyphosis is positive."))
        self.table.show_lines(told.lines)
        self._suggest(told.loss)

    def _say(self, label: QLabel, words: str) -> None:
        label.setText(escape(words))
        label.setAccessibleName(words)
        label.setVisible(bool(words))

    def _suggest(self, loss: Loss | None) -> None:
        """Offer the grade where it means something and is not what was entered."""
        level, field = self._level, TreatedLevel.genant
        applies = level is not None and (field.applies_to(level) or level.genant is not None)
        offered = loss if applies and level is not None else None
        if offered is not None and level is not None and level.genant is offered.genant:
            offered = None
        self._loss = offered
        grade = offered.genant.label if offered is not None else ""
        why = suggestion(offered) if offered is not None else ""
        self.take.setText(
            self.tr("Genant {grade}").format(grade=_briefly(offered.genant) if offered else "")
        )
        self.take.setToolTip(f"{self.tr('Take this grade')} ({native(TAKE_GRADE.sequence)})")
        self.take.setAccessibleName(self.tr("Take Genant {grade}").format(grade=grade))
        self.take.setAccessibleDescription(why)
        self.take.setVisible(offered is not None)
        takes = self.tr("{key} takes it.").format(key=native(TAKE_GRADE.sequence))
        self._say(self._why, f"{why} {takes}" if why else "")

    def _take_grade(self) -> None:
        level, loss = self._level, self._loss
        if level is None or loss is None:
            return
        self._form.commit()
        level.genant = loss.genant
        self._form.refresh(level)
        self._form.edited.emit(level, TreatedLevel.genant.name)


def _briefly(grade: Genant) -> str:
    return grade.label.split(",")[0]


def _words(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_kind(label, "small")
    return label
