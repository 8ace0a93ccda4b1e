# SPDX-License-Identifier: MIT
"""The settings dialog: every setting that is declared, with its help and its default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from models.settings import DECLARED, AnySetting, LogbookSettings, Value
from ui.measures import fit_screen, gap, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.widgets.steady_scroll import SteadyScrollArea

_ANYWHERE = Qt.AlignmentFlag(0)
_WIDTH, _HEIGHT = 520, 790


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
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        keep(theme, column.setSpacing, 4)
        for declared in DECLARED:
            gap(theme, column, 12)
            self._add(declared, column, theme)
        column.addStretch(1)
        self.area = SteadyScrollArea(self)
        self.area.setAccessibleName(title.text())
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(page)
        layout.addWidget(self.area, 1)
        gap(theme, layout, 16)
        layout.addWidget(self._buttons())
        fit_screen(theme, self, _WIDTH, _HEIGHT)

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
            told = QLabel(label, self)
            told.setBuddy(control)
            layout.addWidget(told)
        is_tick = isinstance(control, QCheckBox)
        if isinstance(control, QLineEdit) and declared.names_folder:
            layout.addLayout(self._with_choice(control, label, theme))
        else:
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
            number.setRange(0, declared.most)
            number.setValue(value)
            self._read[declared] = number.value
            return number
        line = QLineEdit(value, self)
        self._read[declared] = line.text
        return line

    def _with_choice(self, line: QLineEdit, label: str, theme: Theme) -> QHBoxLayout:
        """A folder may be typed, or chosen with the button beside the line."""
        choose = QPushButton(self.tr("Choose…"), self)
        choose.setAccessibleName(self.tr("Choose: {setting}").format(setting=label))
        choose.setAutoDefault(False)

        def ask() -> None:
            if folder := QFileDialog.getExistingDirectory(self, label, line.text()):
                line.setText(folder)

        choose.clicked.connect(ask)
        row = QHBoxLayout()
        keep(theme, row.setSpacing, 8)
        row.addWidget(line, 1)
        row.addWidget(choose)
        return row

    def _said(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.tr("on") if value else self.tr("off")
        return str(value) or self.tr("none")

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = QPushButton(self.tr("Save"), self)
        guard(save, "settings")
        set_kind(save, "primary")
        save.setDefault(True)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
