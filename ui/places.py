# SPDX-License-Identifier: MIT
"""Asks where a logbook lies, or where a new one shall lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from models.logbook import FOLDER_SUFFIX


def ask_for_new_logbook(parent: QWidget) -> Path | None:
    """The folder that a new logbook is to be made in; None if the user thought better of it."""
    name, _ = QFileDialog.getSaveFileName(
        parent,
        _tr("New logbook"),
        str(Path.home() / f"{_tr('Clinic')}{FOLDER_SUFFIX}"),
        _tr("Logbook folders (*{suffix})").format(suffix=FOLDER_SUFFIX),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return Path(name.removesuffix(FOLDER_SUFFIX) + FOLDER_SUFFIX) if name else None


def ask_for_logbook(parent: QWidget) -> Path | None:
    """The folder of a logbook to open; None if the user thought better of it."""
    name = QFileDialog.getExistingDirectory(parent, _tr("Open logbook"), str(Path.home()))
    return Path(name) if name else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("places", text)
