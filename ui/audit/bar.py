# SPDX-License-Identifier: MIT
"""What is asked of the audit: words, case, field, user, action and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from models.audit import Action
from models.partial_date import PartialDate
from models.trail import ACTIONS, Asked
from ui.audit.model import tr
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.clearing import offer_clearing

_PAUSE_MS = 250
_AROUND_NAME = 28


class TrailBar(QWidget):
    """The boxes; what they ask is told a moment after somebody stopped typing.

    Signals:
        asked: something else is asked for.

    Attributes:
        words, case, field, since, until: boxes to type into.
        user, action: lists to choose from.
        clear: asks for everything again.
    """

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = tr("Day, such as 2026-03-14")
        self.words = self._box(tr("Words or values"), tr("In reasons and in old and new values"))
        self.case = self._box(tr("Patient code"), tr("How it begins, or the id of a case"))
        self.field = self._box(tr("Field"), tr("Part of its name, such as cement"))
        self.since, self.until = self._box(tr("From day"), hint), self._box(tr("To day"), hint)
        self.user, self.action = ChoiceBox(self), ChoiceBox(self)
        self.user.setAccessibleName(tr("Who"))
        self.action.setAccessibleName(tr("What was done"))
        for action, label in ACTIONS.items():
            self.action.addItem(label, action.value)
        self.action.insertItem(0, tr("Everything done"), "")
        self.action.setCurrentIndex(0)
        for choice in (self.user, self.action):
            choice.currentIndexChanged.connect(lambda _row: self.asked.emit())
        self.offer_users([])
        self.clear = QPushButton(tr("&Show all"), self)
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(lambda _checked=False: self.ask_all())
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.asked)
        self._arrange(theme)
        self._theme = theme
        self._keep_room()
        theme.follow(self._keep_room)

    def asks(self) -> Asked:
        """What is asked for; a day that cannot be read asks nothing, and its box is marked."""
        action = str(self.action.currentData() or "")
        return Asked(
            user=str(self.user.currentData() or ""),
            since=_day(self.since, last=False),
            until=_day(self.until, last=True),
            actions=frozenset({Action(action)}) if action else frozenset(),
            case=self.case.text().strip(),
            field=self.field.text().strip(),
            words=self.words.text().strip(),
        )

    def ask_all(self) -> None:
        """Ask for everything."""
        for box in (self.words, self.case, self.field, self.since, self.until):
            box.clear()
        self.user.setCurrentIndex(0)
        self.action.setCurrentIndex(0)
        self.words.setFocus()

    def offer_users(self, names: Sequence[str]) -> None:
        """Offer these people; who is chosen stays chosen."""
        before = self.user.currentData()
        self.user.blockSignals(True)
        self.user.clear()
        self.user.addItem(tr("Everybody"), "")
        for name in names:
            self.user.addItem(name, name)
        self.user.setCurrentIndex(max(self.user.findData(before), 0))
        self.user.blockSignals(False)

    def _box(self, name: str, hint: str) -> QLineEdit:
        box = QLineEdit(self)
        box.setPlaceholderText(name)
        box.setAccessibleName(name)
        box.setToolTip(hint)
        offer_clearing(box)
        box.textChanged.connect(lambda _text: self._pause.start())
        return box

    def _keep_room(self) -> None:
        """For what each box is called, which stands in it."""
        for box in (self.words, self.case, self.field, self.since, self.until):
            box.ensurePolished()
            name = box.fontMetrics().horizontalAdvance(box.placeholderText())
            box.setMinimumWidth(name + self._theme.px(_AROUND_NAME))

    def _arrange(self, theme: Theme) -> None:
        set_kind(self, "toolbar")
        grid = QGridLayout(self)
        keep(theme, grid.setContentsMargins, 0, 0, 0, 0)
        keep(theme, grid.setHorizontalSpacing, 8)
        keep(theme, grid.setVerticalSpacing, 8)
        rows = (
            (self.words, self.case, self.field, self.clear),
            (self.user, self.action, self.since, self.until),
        )
        for row, widgets in enumerate(rows):
            for column, widget in enumerate(widgets):
                grid.addWidget(widget, row, column)
        for column in range(len(rows[0])):
            grid.setColumnStretch(column, 1)


def _day(box: QLineEdit, *, last: bool) -> date | None:
    """The day that was typed; of a month or year the first or last one."""
    text = box.text().strip()
    found = None
    if text:
        try:
            typed = PartialDate.parse(text)
            found = typed.latest if last else typed.earliest
        except ValueError:
            found = None
    set_state(box, "error" if text and found is None else "")
    return found
