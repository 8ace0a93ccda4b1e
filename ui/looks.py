# SPDX-License-Identifier: MIT
"""Light or dark, and how large: what the View menu changes, remembered for the next start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ui.settings import Settings
from ui.theme import Mode, Theme

_STEP = 0.1


class Looks(QObject):
    """Changes the theme, and keeps the check marks of the menu right."""

    def __init__(self, theme: Theme, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._actions: Mapping[str, QAction] = {}

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What the actions of the menu do."""
        return {
            **{f"theme_{mode.value}": partial(self._set_mode, mode) for mode in Mode},
            "larger": lambda: self._zoom(self._theme.scale + _STEP),
            "smaller": lambda: self._zoom(self._theme.scale - _STEP),
            "normal_size": lambda: self._zoom(1.0),
        }

    def show(self, mode: Mode, scale: float) -> None:
        """Look so from now on, and at the next start."""
        self._theme.show(mode, round(scale, 1))
        self._settings.theme = mode
        self._settings.scale = self._theme.scale
        self._check()

    def check(self, actions: Mapping[str, QAction]) -> None:
        """Mark in these actions what is on, from now on."""
        self._actions = actions
        self._theme.follow(self._check)
        self._check()

    def _set_mode(self, mode: Mode) -> None:
        self.show(mode, self._theme.scale)

    def _zoom(self, scale: float) -> None:
        self.show(self._theme.mode, scale)

    def _check(self) -> None:
        for mode in Mode:
            self._actions[f"theme_{mode.value}"].setChecked(self._theme.mode is mode)
