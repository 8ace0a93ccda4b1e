# SPDX-License-Identifier: MIT
"""The settings dialog: how it looks here, and every setting of the logbook, with its default."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
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
    QVBoxLayout,
    QWidget,
)

from models.settings import DECLARED, AnySetting, LogbookSettings, Value
from ui.measures import fit_screen, keep
from ui.permits import guard
from ui.preferences.holding import Control, held
from ui.preferences.looks_rows import LooksRows
from ui.preferences.row import SettingRow
from ui.theme import Theme, set_kind
from ui.topics import SETTINGS, explain
from ui.widgets.clearing import offer_clearing
from ui.widgets.steady_number import SteadyCount
from ui.widgets.steady_scroll import SteadyScrollArea

_WIDTH, _HEIGHT = 540, 790


class PreferencesDialog(QDialog):
    """Shows the settings, and finds them by words; nothing is changed before it is accepted.

    Args:
        settings: those of the open logbook.
        logbook_name: its name; "" while none is open, and only this computer is asked about.

    Attributes:
        line: what is looked for.
        looks: how it looks on this computer.
        area: holds the settings.
    """

    def __init__(
        self,
        theme: Theme,
        settings: LogbookSettings,
        logbook_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, SETTINGS)
        self.setWindowTitle(self.tr("Settings"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        self._theme = theme
        self._settings = settings
        self._controls: dict[AnySetting, Control] = {}
        self._rows: dict[AnySetting, SettingRow] = {}
        self._groups: list[tuple[QWidget, Sequence[SettingRow]]] = []
        title = QLabel(self.tr("Settings"), self)
        set_kind(title, "title")
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(self.tr("Search the settings"))
        self.line.setAccessibleName(self.tr("Search the settings"))
        offer_clearing(self.line)
        self.line.textChanged.connect(self._search)
        self._none = QLabel(self._not_here(), self)
        self._none.setWordWrap(True)
        set_kind(self._none, "muted")
        self._none.hide()
        self.area = SteadyScrollArea(self)
        self.area.setAccessibleName(title.text())
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._page(logbook_name))
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 12)
        for widget in (title, self.line):
            layout.addWidget(widget)
        layout.addWidget(self.area, 1)
        layout.addWidget(self._buttons())
        fit_screen(theme, self, max(_WIDTH, self._least() / theme.scale), _HEIGHT)

    def _least(self) -> int:
        """The width in which no tick is cut off, which has its words in one line."""
        layout, page = self.layout(), self.area.widget()
        assert layout is not None
        assert page is not None
        margins, bar = layout.contentsMargins(), self.area.verticalScrollBar().sizeHint().width()
        needed = page.minimumSizeHint().width()
        return needed + margins.left() + margins.right() + bar

    def _page(self, logbook_name: str) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        keep(self._theme, column.setSpacing, 16)
        self.looks = LooksRows(self._theme, self)
        column.addWidget(self._group(self.tr("On this computer"), "", self.looks.rows))
        if logbook_name:
            rows = [self._row(declared) for declared in DECLARED]
            about = self.tr("They hold for everybody who opens this logbook.")
            heading = self.tr("In the logbook {logbook}").format(logbook=logbook_name)
            column.addWidget(self._group(heading, about, rows))
            for row in rows:
                guard(row, "change_settings")
        column.addWidget(self._none)
        column.addStretch(1)
        return page

    @property
    def changes(self) -> list[tuple[AnySetting, Value]]:
        """The settings of the logbook that are to be others, with their new values."""
        changed: list[tuple[AnySetting, Value]] = []
        for declared, control in self._controls.items():
            value = held(control)
            assert isinstance(value, bool | int | str)
            if value != self._settings.value_of(declared):
                changed.append((declared, value))
        return changed

    def accept(self) -> None:
        """Go, unless something was typed that can never be right."""
        for declared, value in self.changes:
            if declared.names_folder and value and not Path(str(value)).is_absolute():
                row = self._rows[declared]
                if row.isHidden():
                    self.line.clear()
                row.refuse(self.tr("Name the folder in full, from its drive on, or choose it."))
                # What came into sight by it has its place no earlier than it is laid out.
                QTimer.singleShot(0, row, partial(self.area.ensureWidgetVisible, row))
                return
        super().accept()

    def _not_here(self) -> str:
        return self.tr(
            "No setting has these words. Visit plan, users, passwords and encryption are in the "
            "Tools menu, thresholds on the Outcomes page."
        )

    def _group(self, heading: str, about: str, rows: Sequence[SettingRow]) -> QWidget:
        group = QWidget(self)
        column = QVBoxLayout(group)
        keep(self._theme, column.setContentsMargins, 0, 0, 8, 0)
        keep(self._theme, column.setSpacing, 4)
        told = QLabel(heading, group)
        set_kind(told, "heading")
        told.setWordWrap(True)
        column.addWidget(told)
        if about:
            words = QLabel(about, group)
            set_kind(words, "muted")
            words.setWordWrap(True)
            column.addWidget(words)
        for row in rows:
            column.addWidget(row)
        self._groups.append((group, rows))
        return group

    def _search(self) -> None:
        """Leave the settings that have all words, under the headings of those."""
        words = self.line.text().casefold().split()
        for group, rows in self._groups:
            for row in rows:
                row.setVisible(row.has(words))
            group.setVisible(any(row.has(words) for row in rows))
        self._none.setVisible(not any(row.has(words) for _, rows in self._groups for row in rows))

    def _row(self, declared: AnySetting) -> SettingRow:
        label = _tr(declared.label)
        control = self._control(declared, label)
        beside = None
        if isinstance(control, QLineEdit) and declared.names_folder:
            beside = self._with_choice(control, label)
        words = (label, _tr(declared.help), declared.also)
        default = (declared.default, self._said(declared.default))
        row = SettingRow(self._theme, declared.name, words, default, control, beside)
        self._controls[declared], self._rows[declared] = control, row
        return row

    def _control(self, declared: AnySetting, label: str) -> Control:
        value = self._settings.value_of(declared)
        if isinstance(value, bool):
            box = QCheckBox(label, self)
            box.setChecked(value)
            return box
        if isinstance(value, int):
            number = SteadyCount(self)
            number.setRange(0, declared.most)
            number.setValue(value)
            return number
        return QLineEdit(value, self)

    def _with_choice(self, line: QLineEdit, label: str) -> QHBoxLayout:
        """A folder may be typed, or chosen with the button beside the line."""
        choose = QPushButton(self.tr("Choose…"), self)
        choose.setAccessibleName(self.tr("Choose: {setting}").format(setting=label))
        choose.setAutoDefault(False)

        def ask() -> None:
            if folder := QFileDialog.getExistingDirectory(self, label, line.text()):
                line.setText(folder)

        choose.clicked.connect(ask)
        row = QHBoxLayout()
        keep(self._theme, row.setSpacing, 8)
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
        set_kind(save, "primary")
        save.setDefault(True)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
