# SPDX-License-Identifier: MIT
"""The About box: version, licence, libraries, where the data lies."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from models import VERSION
from models.logbook import Logbook
from ui.measures import give_room, keep
from ui.theme import Theme, set_kind
from ui.widgets.field_line import plain_tip

_PARTS = {
    "PySide6_Essentials": "LGPL-3.0",
    "peewee": "MIT",
    "sqlcipher3": "zlib, with SQLCipher BSD-3-Clause",
    "numpy": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "matplotlib": "PSF-based",
    "superqt": "BSD-3-Clause",
    "QtAwesome": "MIT",
    "platformdirs": "MIT",
}
_WIDTH = 480


class AboutDialog(QDialog):
    """What runs here, under which licences, and where the logbook is."""

    def __init__(
        self, theme: Theme, logbook: Logbook | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Kypholog"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 12)
        title = QLabel(f"Kypholog {VERSION}", self)
        set_kind(title, "title")
        about = QLabel(
            self.tr(
                "A case log for vertebral augmentation. It is a log and no medical device: it "
                "gives no advice on treatment. Nothing leaves this machine."
            ),
            self,
        )
        about.setWordWrap(True)
        parts = QLabel(_parts(), self)
        set_kind(parts, "small")
        parts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        parts.setWordWrap(True)
        place = QLabel(
            self.tr("The open logbook lies in") if logbook else self.tr("No logbook is open."), self
        )
        place.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        for widget in (title, about, place):
            layout.addWidget(widget)
        if logbook is not None:
            layout.addWidget(self._folder(str(logbook.folder)))
        layout.addWidget(parts)
        layout.addWidget(buttons)
        give_room(self)

    def _folder(self, folder: str) -> QLineEdit:
        """A line, because a path has no words at which it could wrap, and is there to be copied."""
        line = QLineEdit(folder, self)
        line.setReadOnly(True)
        line.setCursorPosition(0)
        line.setToolTip(plain_tip(folder))
        line.setAccessibleName(self.tr("Folder of the logbook"))
        return line


def _parts() -> str:
    lines = [f"Python {platform.python_version()} (PSF-2.0), Inter (OFL-1.1)"]
    for name, licence in _PARTS.items():
        try:
            lines.append(f"{name.replace('_', '-')} {version(name)} ({licence})")
        except PackageNotFoundError:
            lines.append(f"{name.replace('_', '-')} ({licence})")
    return ", ".join(lines)
