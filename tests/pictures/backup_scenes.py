# SPDX-License-Identifier: MIT
"""The list of backups, and what is seen on closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.backup import BACKUPS, Backup, Found, Reason, Standing, Trouble
from models.errors import CannotWrite
from models.speech import say
from tests.pictures.stage import Stage
from ui.backups.closing import ClosingDialog
from ui.backups.dialog import BackupsDialog
from ui.jobs import Job
from ui.status import StatusBar

_NOW = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
_FIRST = "/home/anna/Clinic.kypholog/backups"
_SECOND = "/media/stick"
_MADE = (
    (1, Reason.TIMED, "a.lind", 40),
    (2, Reason.IMPORT, "a.lind", 31),
    (26, Reason.CLOSING, "b.hart", 31),
    (50, Reason.BY_HAND, "a.lind", 30),
    (24 * 9, Reason.CLOSING, "a.lind", 28),
    (24 * 40, Reason.MIGRATION, "a.lind", 22),
)


def backups(stage: Stage) -> QWidget:
    """Several, here and in the second place."""
    dialog = _dialog(stage)
    dialog.show_found(_found(dialog), _standing(dialog), _SECOND)
    stage.settle()
    return dialog


def backups_trouble(stage: Stage) -> QWidget:
    """The second place is not there."""
    dialog = _dialog(stage)
    said = CannotWrite(
        say("The second place of backups, {place}, is not there.", place=_SECOND),
        say("Connect the drive or the network, or name another folder in the settings."),
    )
    how = replace(_standing(dialog), trouble=Trouble(_NOW, str(said)))
    dialog.show_found([one for one in _found(dialog) if len(one.places) < 2], how, _SECOND)
    stage.settle()
    return dialog


def backups_busy(stage: Stage) -> QWidget:
    """One is being made."""
    dialog = _dialog(stage)
    dialog.show_found(_found(dialog), _standing(dialog), _SECOND)
    job = Job(dialog)
    dialog.follow(job, say("Backing up"))
    job.progress(40, 100)
    stage.on_leaving(job.finished.emit)
    return dialog


def backups_none(stage: Stage) -> QWidget:
    """None yet."""
    stage.action("backups")
    dialog = stage.dialog(BackupsDialog)
    stage.spread(dialog, 960, 560)
    return dialog


def closing(stage: Stage) -> QWidget:
    """The last backup is under way."""
    dialog = ClosingDialog(stage.kypholog.theme, stage.window)
    dialog.open()
    stage.on_leaving(dialog.deleteLater)
    return stage.dialog(ClosingDialog)


def closing_failed(stage: Stage) -> QWidget:
    """It cannot be made."""
    dialog = ClosingDialog(stage.kypholog.theme, stage.window)
    dialog.tell(
        CannotWrite(
            say("No backup was made: {folder} does not take it.", folder=_FIRST),
            say("Free some space, or choose another drive."),
        )
    )
    dialog.open()
    stage.on_leaving(dialog.deleteLater)
    return stage.dialog(ClosingDialog)


def window_notice(stage: Stage) -> QWidget:
    """The status bar when the last backup failed."""
    bar = stage.window.findChild(StatusBar)
    assert bar is not None
    bar.show_backup(say("Last backup failed"), "")
    stage.on_leaving(lambda: bar.show_backup("", ""))
    return stage.window


def _dialog(stage: Stage) -> BackupsDialog:
    dialog = backups_none(stage)
    assert isinstance(dialog, BackupsDialog)
    return dialog


def _found(dialog: BackupsDialog) -> list[Found]:
    here, there = dialog.folder, Path(_SECOND) / dialog.folder.name
    return [
        Found(_backup(here, *made), (here,) if number < 1 else (here, there))
        for number, made in enumerate(_MADE)
    ]


def _backup(folder: Path, hours: int, reason: Reason, user: str, cases: int) -> Backup:
    at = _NOW - timedelta(hours=hours)
    file = folder / BACKUPS / f"{at:%Y-%m-%dT%H-%M-%SZ}-{reason.value}.db"
    proven = at if reason is Reason.CLOSING else None
    size = 61_000 * cases
    return Backup(file, at, reason, user, "", {}, cases, 0, size, str(hours), "", "", at, proven)


def _standing(dialog: BackupsDialog) -> Standing:
    latest = _found(dialog)[0].backup
    return Standing(latest, _NOW - timedelta(minutes=20), None, _NOW - timedelta(hours=26))


BACKUP_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "backups": backups,
    "backups-trouble": backups_trouble,
    "backups-busy": backups_busy,
    "backups-none": backups_none,
    "backups-closing": closing,
    "backups-closing-failed": closing_failed,
    "backups-notice": window_notice,
}
