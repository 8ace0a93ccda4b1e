# SPDX-License-Identifier: MIT
"""What is asked and told about backups in a box of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from models.speech import numeral
from ui.backups.words import when
from ui.topics import BACKUPS, SERVERS, explain
from ui.widgets.message import message

if TYPE_CHECKING:
    from models.backup import Backup, Found


def ask_to_restore(parent: QWidget, name: str, found: Found, go_on: Callable[[], object]) -> None:
    """Restore a backup of the logbook of this name only once the user knows what that means."""
    box = QMessageBox(parent)
    explain(box, BACKUPS)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_tr("Restore"))
    cases = found.backup.cases
    said = _tr("Make {logbook} what it was on {when}, with {n} cases?")
    if cases == 1:
        said = _tr("Make {logbook} what it was on {when}, with one case?")
    box.setText(said.format(logbook=name, when=when(found.backup.at), n=numeral(cases, ",")))
    kept = _tr(
        "The logbook as it is now is kept aside, in a folder inside it that can be opened "
        "like any other. Nothing is removed."
    )
    box.setInformativeText(f"{kept}{_audit_in(found.backup)}")
    restore = box.addButton(_tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    restore.clicked.connect(lambda _checked=False: go_on())
    box.open()


def _audit_in(backup: Backup) -> str:
    """That the audit in a backup is broken; "" where it is whole."""
    if backup.breaks is None:
        return ""
    said = _tr(
        "This backup is a true copy of the cases, but its audit trail is broken at entry {n}. "
        "Backups without this mark in the list have a whole trail."
    )
    return f"\n\n{said.format(n=numeral(backup.breaks.entry, ','))}"


def tell_restored(parent: QWidget, aside: str) -> None:
    """A backup was restored; what was there before lies ``aside``, where anything was."""
    kept = _tr("What was there before lies in {place}.").format(place=aside) if aside else ""
    told = _tr("The backup was restored.")
    message(parent, _tr("Restore"), told, topic=BACKUPS, more=kept).open()


def tell_of_server(parent: QWidget, name: str, export: Callable[[], object]) -> None:
    """The server looks after the backups of this logbook; a data package can be taken along."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(_tr("Backups"))
    explain(box, SERVERS)
    box.setText(_tr("{logbook} is on a server, and so are its backups.").format(logbook=name))
    box.setInformativeText(
        _tr(
            "Whoever looks after the server makes and restores them; Kypholog makes none. Ask how "
            "often that is done, and whether restoring was tried. To have a copy of your own, "
            "export a data package: tables, codebook and checksums in one file."
        )
    )
    package = box.addButton(_tr("Export a data package…"), QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
    package.clicked.connect(lambda _checked=False: export())
    box.open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("asking", text)
