# SPDX-License-Identifier: MIT
"""What a workstation remembers between two starts. Nothing else reads or writes QSettings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from models.address import Place, read, written
from models.errors import LogbookError
from models.vocabulary import AssessmentMode
from ui.theme import Mode

_RECENT_KEPT = 8


class Settings:
    """Typed access to the settings of this user on this machine.

    Nothing of a patient is kept here: places of logbooks, sizes of windows, the look.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("Kypholog", "Kypholog")

    @property
    def where(self) -> str:
        """The file that keeps them, or the place in the registry of Windows."""
        return self._store.fileName()

    @property
    def theme(self) -> str:
        """system, light or dark."""
        kept = str(self._store.value("look/theme", Mode.SYSTEM))
        return kept if kept in set(Mode) else Mode.SYSTEM

    @theme.setter
    def theme(self, mode: str) -> None:
        self._store.setValue("look/theme", mode)

    @property
    def scale(self) -> float:
        """Size of text and controls; 1 is normal."""
        try:
            kept = float(str(self._store.value("look/scale", 1.0)))
        except ValueError:
            # Written by hand, or by another version.
            return 1.0
        return kept if isfinite(kept) else 1.0

    @scale.setter
    def scale(self, scale: float) -> None:
        self._store.setValue("look/scale", scale)

    @property
    def recent_logbooks(self) -> list[Place]:
        """Where the logbooks opened last lie, the newest first; no address holds a password."""
        found: list[Place] = []
        for text in self._texts("logbooks/recent"):
            # Written by hand, it may be no address at all.
            with suppress(LogbookError):
                found.append(read(text))
        return found

    def remember_logbook(self, place: Place) -> None:
        """Put a logbook at the head of the recent ones."""
        others = [other for other in self.recent_logbooks if other != place]
        kept = [place, *others][:_RECENT_KEPT]
        self._store.setValue("logbooks/recent", [written(one) for one in kept])

    def forget_logbook(self, place: Place) -> None:
        """Take a logbook off the list of recent ones."""
        kept = [written(other) for other in self.recent_logbooks if other != place]
        self._store.setValue("logbooks/recent", kept)

    @property
    def warned_logbooks(self) -> list[Path]:
        """Folders of logbooks on a shared drive, of which the danger was told."""
        return self._paths("logbooks/warned")

    def note_warned(self, folder: Path) -> None:
        """The danger was told, and is not told again."""
        kept = [*self.warned_logbooks, folder]
        self._store.setValue("logbooks/warned", [str(path) for path in kept])

    @property
    def export_folder(self) -> Path:
        """Where the last export went, or the home folder."""
        return Path(str(self._store.value("export/folder", str(Path.home()))))

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._store.setValue("export/folder", str(folder))

    @property
    def recent_imports(self) -> list[Path]:
        """The files that cases were taken from last, the newest first."""
        return self._paths("import/recent")

    def remember_import(self, file: Path) -> None:
        """Put a file at the head of the recent ones."""
        others = [path for path in self.recent_imports if path != file]
        kept = [file, *others][:_RECENT_KEPT]
        self._store.setValue("import/recent", [str(path) for path in kept])

    @property
    def export_form(self) -> dict[str, str]:
        """What the last export was like: format, rows, columns, persons, dates, signs."""
        self._store.beginGroup("export/form")
        kept = {name: str(self._store.value(name, "")) for name in self._store.childKeys()}
        self._store.endGroup()
        return kept

    @export_form.setter
    def export_form(self, form: Mapping[str, str]) -> None:
        for name, value in form.items():
            self._store.setValue(f"export/form/{name}", value)

    @property
    def asked_by(self) -> AssessmentMode | None:
        """How patients are asked for their scores from here; None where nobody says."""
        kept = str(self._store.value("followup/asked_by", AssessmentMode.PHONE.value))
        return AssessmentMode(kept) if kept in set(AssessmentMode) else None

    @asked_by.setter
    def asked_by(self, mode: AssessmentMode | None) -> None:
        self._store.setValue("followup/asked_by", mode.value if mode is not None else "")

    def _paths(self, key: str) -> list[Path]:
        return [Path(name) for name in self._texts(key)]

    def _texts(self, key: str) -> list[str]:
        stored = self._store.value(key, [])
        return [stored] if isinstance(stored, str) else list(stored or [])  # type: ignore[call-overload]

    def state(self, name: str) -> QByteArray:
        """A remembered geometry or splitter state; empty if there is none."""
        value = self._store.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Remember a geometry or splitter state."""
        self._store.setValue(f"state/{name}", state)
