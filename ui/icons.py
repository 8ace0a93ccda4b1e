# SPDX-License-Identifier: MIT
"""Which picture stands for what: one table, and the one place that loads the icon font.

The icon library takes long to load, so the window is shown first and gets its icons afterwards.
"""

from __future__ import annotations

import weakref
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QAbstractButton

from ui.theme import RESOURCES, Theme

ICONS = {
    "add": "ph.plus",
    "adverse_event": "ph.warning-octagon",
    "back": "ph.arrow-left",
    "backup": "ph.archive",
    "bin": "ph.trash",
    "calendar": "ph.calendar-blank",
    "call": "ph.phone",
    "case": "ph.clipboard-text",
    "case_new": "ph.file-plus",
    "cases": "ph.list-bullets",
    "close": "ph.x",
    "columns": "ph.columns",
    "copy": "ph.copy",
    "data": "ph.database",
    "discard": "ph.arrow-counter-clockwise",
    "done": "ph.check",
    "down": "ph.caret-down",
    "edit": "ph.pencil-simple",
    "error": "ph.x-circle",
    "export": "ph.export",
    "filter": "ph.funnel-simple",
    "followup": "ph.phone-call",
    "forward": "ph.arrow-right",
    "help": "ph.question",
    "history": "ph.clock-counter-clockwise",
    "image": "ph.image",
    "import": "ph.download-simple",
    "info": "ph.info",
    "literature": "ph.books",
    "lock": "ph.lock-simple",
    "logbook": "ph.notebook",
    "menu": "ph.dots-three",
    "open": "ph.folder-open",
    "outcomes": "ph.trend-down",
    "print": "ph.printer",
    "quit": "ph.sign-out",
    "redo": "ph.arrow-u-up-right",
    "safety": "ph.shield-check",
    "save": "ph.floppy-disk",
    "search": "ph.magnifying-glass",
    "settings": "ph.gear-six",
    "theme": "ph.circle-half",
    "undo": "ph.arrow-u-up-left",
    "unlock": "ph.lock-simple-open",
    "user": "ph.user",
    "verify": "ph.check-square",
    "warning": "ph.warning",
    "zoom_in": "ph.magnifying-glass-plus",
    "zoom_out": "ph.magnifying-glass-minus",
}
"""What the program calls an icon, and what the icon font calls it."""

Target = QAction | QAbstractButton


class Icons(QObject):
    """Gives icons to actions and buttons, in the colors of the theme, once the window is there.

    Before ``start`` icons are only promised, so a menu can be built without loading anything.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._started = False
        self._wanted: list[tuple[weakref.ref[Target], str, str]] = []
        theme.changed.connect(self._recolor)

    def attach(self, target: Target, name: str, color: str = "text_muted") -> None:
        """Give a target its icon: now if the icons are loaded, otherwise at the start.

        Args:
            target: an action or a button.
            name: one of ``ICONS``.
            color: a color of the palette.

        Raises:
            KeyError: there is no icon of that name.
        """
        if name not in ICONS:
            raise KeyError(name)
        self._wanted.append((weakref.ref(target), name, color))
        if self._started:
            target.setIcon(self.icon(name, color))

    def start(self) -> None:
        """Load the icons and hand out those that were promised. Call it after the first paint."""
        self._started = True
        self._recolor()

    def icon(self, name: str, color: str = "text_muted") -> QIcon:
        """An icon by itself. Loads the icon font if nothing has yet.

        Raises:
            KeyError: there is no icon of that name.
        """
        import qtawesome

        palette = self._theme.palette
        return qtawesome.icon(
            ICONS[name],
            color=getattr(palette, color),
            color_active=palette.accent,
            color_on=palette.accent,
            color_disabled=palette.text_disabled,
        )

    def _recolor(self) -> None:
        if not self._started:
            return
        alive = []
        for reference, name, color in self._wanted:
            target = reference()
            if target is not None and _exists(target):
                target.setIcon(self.icon(name, color))
                alive.append((reference, name, color))
        self._wanted = alive


def app_icon() -> QIcon:
    """The program's own icon, for title bars and task bars."""
    folder: Path = RESOURCES / "icons"
    icon = QIcon(str(folder / "kypholog.svg"))
    icon.addFile(str(folder / "kypholog-256.png"))
    return icon


def _exists(target: Target) -> bool:
    """Whether Qt still has the object; Python may hold one whose window is gone."""
    import shiboken6

    return shiboken6.isValid(target)
