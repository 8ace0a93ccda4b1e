# SPDX-License-Identifier: MIT
"""Asks which list is handed out, and whether with names."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.followup.spans import Which
from ui.followup.top_bar import LISTS
from ui.followup.words import list_name, tr
from ui.measures import gap, give_room, keep
from ui.theme import Theme, set_kind
from ui.topics import FOLLOW_UP, below, explain

_WIDTH = 440


class HandOutDialog(QDialog):
    """Which list, and with or without names.

    Attributes:
        lists: a button for each list.
        names: whether names and record numbers are on it; hidden where none are stored.
    """

    def __init__(
        self,
        theme: Theme,
        which: Which,
        title: str,
        about: str,
        button: str,
        parent: QWidget | None = None,
        *,
        may_name: bool,
    ) -> None:
        super().__init__(parent)
        explain(self, below(FOLLOW_UP, "On paper and in the calendar"))
        self.setWindowTitle(title)
        keep(theme, self.setMinimumWidth, _WIDTH)
        heading, text = QLabel(title, self), QLabel(about, self)
        set_kind(heading, "title")
        set_kind(text, "muted")
        text.setWordWrap(True)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 20, 24, 20)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(heading)
        layout.addWidget(text)
        gap(theme, layout, 4)
        group = QButtonGroup(self)
        self.lists: dict[Which, QRadioButton] = {}
        for one in LISTS:
            name = list_name(one) if one is not Which.ALL else tr("All visits to come")
            self.lists[one] = QRadioButton(name, self)
            group.addButton(self.lists[one])
            layout.addWidget(self.lists[one])
        self.lists[which].setChecked(True)
        self.names = QCheckBox(tr("With names and record &numbers"), self)
        self.names.setVisible(may_name)
        layout.addWidget(self.names)
        gap(theme, layout, 8)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        accept = QPushButton(button, self)
        set_kind(accept, "primary")
        accept.setDefault(True)
        buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        give_room(self)

    @classmethod
    def for_paper(cls, theme: Theme, which: Which, parent: QWidget) -> HandOutDialog:
        """About a call list, where names are stored."""
        about = tr("A list with names is written down in the audit as soon as it is made.")
        return cls(theme, which, tr("Print call list"), about, tr("Go on…"), parent, may_name=True)

    @classmethod
    def for_calendar(
        cls, theme: Theme, which: Which, parent: QWidget, *, may_name: bool
    ) -> HandOutDialog:
        """About a calendar file."""
        about = tr(
            "A file that any calendar opens, with each visit on its target day under the code of "
            "the patient. Writing it again brings the same visits up to date."
        )
        return cls(
            theme, which, tr("Calendar file"), about, tr("Choose file…"), parent, may_name=may_name
        )

    @property
    def which(self) -> Which:
        """The list."""
        return next(which for which, button in self.lists.items() if button.isChecked())

    @property
    def has_names(self) -> bool:
        """Whether names are wanted."""
        return self.names.isChecked() and not self.names.isHidden()
