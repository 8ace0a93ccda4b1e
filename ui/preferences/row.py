# SPDX-License-Identifier: MIT
"""One setting in the dialog: its control, what it does, and its default."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLayout, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind

_ANYWHERE = Qt.AlignmentFlag(0)
_INDENT = 26


class SettingRow(QWidget):
    """A label over the control, unless it is a tick with its own, and the words below.

    Args:
        label: a few words.
        help_text: what it does.
        default: what holds unless somebody changes it, in words.
        control: changes it.
        beside: the control with what stands beside it, where there is something.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        help_text: str,
        default: str,
        control: QWidget,
        beside: QLayout | None = None,
    ) -> None:
        super().__init__()
        self._words = f"{label} {help_text}".casefold()
        control.setAccessibleName(label)
        control.setAccessibleDescription(help_text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 4)
        is_tick = isinstance(control, QCheckBox)
        if not is_tick:
            told = QLabel(label, self)
            told.setBuddy(control)
            told.setWordWrap(True)
            layout.addWidget(told)
        if beside is not None:
            layout.addLayout(beside)
        else:
            layout.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if is_tick else _ANYWHERE)
        said = QCoreApplication.translate("settings", "{help} Default: {default}.")
        text = QLabel(said.format(help=help_text, default=default), self)
        text.setWordWrap(True)
        keep(theme, text.setContentsMargins, _INDENT if is_tick else 0, 0, 0, 0)
        set_kind(text, "muted")
        layout.addWidget(text)

    def has(self, words: list[str]) -> bool:
        """Whether all of these, in small letters, stand in its label or in what it does."""
        return all(word in self._words for word in words)
