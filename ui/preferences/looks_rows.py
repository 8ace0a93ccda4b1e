# SPDX-License-Identifier: MIT
"""How Kypholog looks on this computer, whatever logbook is open."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from models.speech import LANGUAGES
from models.speech.choosing import kept
from ui.own_settings import LANGUAGE, MODE, SIZE, OwnSetting
from ui.preferences.holding import Control
from ui.preferences.row import SettingRow
from ui.theme import SCALES, Mode, Theme
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.steady_number import SteadyNumber

_PERCENT = 100


class LooksRows:
    """Light or dark, the size of the text, and the language.

    Attributes:
        rows: for the dialog.
        mode_box, size_box, language_box: their controls.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._theme = theme
        self.mode_box = ChoiceBox(parent)
        for mode, label in (
            (Mode.SYSTEM, tr("As the system")),
            (Mode.LIGHT, tr("Light")),
            (Mode.DARK, tr("Dark")),
        ):
            self.mode_box.addItem(label, mode)
        self.mode_box.setCurrentIndex(self.mode_box.findData(theme.mode))
        self.size_box = SteadyNumber(parent)
        self.size_box.setDecimals(0)
        self.size_box.setRange(*(round(scale * _PERCENT) for scale in SCALES))
        self.size_box.setSingleStep(10)
        self.size_box.setSuffix(" %")
        self.size_box.setValue(round(theme.scale * _PERCENT))
        self.language_box = ChoiceBox(parent)
        self.language_box.addItem(tr("As the system"), "")
        for language in LANGUAGES.values():
            # Each is named in itself, for whoever came into one that he cannot read.
            self.language_box.addItem(language.name, language.code)
        self._language = kept()
        self.language_box.setCurrentIndex(self.language_box.findData(self._language))
        self.rows = [
            self._row(MODE, Mode.SYSTEM, self.mode_box),
            self._row(SIZE, _PERCENT, self.size_box),
            self._row(LANGUAGE, "", self.language_box),
        ]

    def _row(self, setting: OwnSetting, default: object, control: Control) -> SettingRow:
        words = (setting.label, setting.help, setting.also)
        return SettingRow(self._theme, setting.name, words, (default, setting.default), control)

    @property
    def mode(self) -> Mode:
        """What was chosen."""
        return Mode(self.mode_box.currentData())

    @property
    def language(self) -> str | None:
        """The language that was chosen, "" for that of the system; None for the one of before."""
        chosen = str(self.language_box.currentData())
        return None if chosen == self._language else chosen

    @property
    def scale(self) -> float:
        """The size that was chosen; 1 is normal."""
        return self.size_box.value() / _PERCENT


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("settings", text)
