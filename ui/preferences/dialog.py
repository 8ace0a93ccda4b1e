# SPDX-License-Identifier: MIT
"""The settings dialog: every setting that is declared, with its help and its default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from models.settings import DECLARED, AnySetting, LogbookSettings, Value
from ui.measures import gap, give_room, keep
from ui.theme import Theme, set_kind

_ANYWHERE = Qt.AlignmentFlag(0)
_WIDTH = 520
_MOST = 100_000


class PreferencesDialog(QDialog):
    """Shows the settings of a logbook; nothing is changed before it is accepted."""

    def __init__(
        self,
        theme: Theme,
        settings: LogbookSettings,
        logbook_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        self._settings = settings
        self._read: dict[AnySetting, Callable[[], Value]] = {}
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 4)
        title = QLabel(self.tr("Settings of {logbook}").format(logbook=logbook_name), self)
        set_kind(title, "title")
        title.setWordWrap(True)
        about = QLabel(self.tr("They hold for everybody who opens this logbook."), self)
        set_kind(about, "muted")
        about.setWordWrap(True)
        layout.addWidget(title)
        layout.addWidget(about)
        for declared in DECLARED:
            gap(theme, layout, 12)
            self._add(declared, layout, theme)
        gap(theme, layout, 16)
        layout.addStretch(1)
        layout.addWidget(self._buttons())
        give_room(self)

    @property
    def changes(self) -> list[tuple[AnySetting, Value]]:
        """The settings that are to be others, with their new values."""
        read = [(declared, value()) for declared, value in self._read.items()]
        return [(one, value) for one, value in read if value != self._settings.value_of(one)]

    def _add(self, declared: AnySetting, layout: QVBoxLayout, theme: Theme) -> None:
        label = _tr(declared.label)
        control = self._control(declared, label)
        control.setAccessibleName(label)
        control.setAccessibleDescription(_tr(declared.help))
        if not isinstance(control, QCheckBox):
            layout.addWidget(QLabel(label, self))
        is_tick = isinstance(control, QCheckBox)
        layout.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if is_tick else _ANYWHERE)
        said = self.tr("{help} Default: {default}.").format(
            help=_tr(declared.help), default=self._said(declared.default)
        )
        text = QLabel(said, self)
        text.setWordWrap(True)
        keep(theme, text.setContentsMargins, 26, 0, 0, 0)
        set_kind(text, "muted")
        layout.addWidget(text)

    def _control(self, declared: AnySetting, label: str) -> QWidget:
        value = self._settings.value_of(declared)
        if isinstance(value, bool):
            box = QCheckBox(label, self)
            box.setChecked(value)
            self._read[declared] = box.isChecked
            return box
        if isinstance(value, int):
            number = QSpinBox(self)
            number.setRange(0, _MOST)
            number.setValue(value)
            self._read[declared] = number.value
            return number
        line = QLineEdit(value, self)
        self._read[declared] = line.text
        return line

    def _said(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.tr("on") if value else self.tr("off")
        return str(value)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = QPushButton(self.tr("Save"), self)
        set_kind(save, "primary")
        save.setDefault(True)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
