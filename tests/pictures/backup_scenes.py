# SPDX-License-Identifier: MIT
"""The list of backups, and what is seen on closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from models.audit import Fault
from models.backup import BACKUPS, Backup, Found, Reason, Standing, Trouble
from models.backup.trouble import Kind, audit_said
from models.copies.breaks import Breaks
from models.errors import CannotWrite
from models.speech import say
from tests.pictures.stage import Stage
from ui.backups import words
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
    stage.spread(dialog, 1000, 560)
    return dialog


def backups_audit_broken(stage: Stage) -> QWidget:
    """Somebody changed the audit: backups are true copies since then, and prove nothing."""
    dialog = _dialog(stage)
    dialog.show_found(_broken(dialog), _standing_broken(dialog), _SECOND)
    stage.settle()
    return dialog


def backups_restore(stage: Stage) -> QWidget:
    """The question before such a backup is restored."""
    dialog = backups_audit_broken(stage)
    assert isinstance(dialog, BackupsDialog)
    dialog.restore.click()
    return stage.dialog(QMessageBox)


def backups_damaged(stage: Stage) -> QWidget:
    """The logbook cannot be opened, and one of its backups is to be restored."""
    dialog = BackupsDialog(stage.kypholog.theme, Path("/home/anna/Clinic.kypholog"), stage.window)
    dialog.show_damaged(_found(dialog))
    dialog.open()
    stage.on_leaving(dialog.deleteLater)
    stage.spread(dialog, 1000, 560)
    return dialog


def closing(stage: Stage) -> QWidget:
    """The last backup is under way."""
    return _closing(stage)


def closing_failed(stage: Stage) -> QWidget:
    """It cannot be made."""
    return _closing(
        stage,
        CannotWrite(
            say("No backup was made: {folder} does not take it.", folder=_FIRST),
            say("Free some space, or choose another drive."),
        ),
    )


def window_audit_broken(stage: Stage) -> QWidget:
    """The status bar when the audit is broken."""
    dialog = _dialog(stage)
    notice = words.notice_of(_standing_broken(dialog), _NOW)
    dialog.close()
    return _noticing(stage, *notice)


def window_notice(stage: Stage) -> QWidget:
    """The status bar when the last backup failed."""
    return _noticing(stage, say("Last backup failed"))


def _noticing(stage: Stage, notice: str, told: str = "") -> QWidget:
    """The window, its status bar with a notice of backups."""
    bar = stage.window.findChild(StatusBar)
    assert bar is not None
    bar.show_backup(notice, told)
    stage.on_leaving(lambda: bar.show_backup("", ""))
    return stage.window


def _closing(stage: Stage, trouble: CannotWrite | None = None) -> QWidget:
    dialog = ClosingDialog(stage.kypholog.theme, stage.window)
    if trouble is not None:
        dialog.tell(trouble)
    dialog.open()
    stage.on_leaving(dialog.deleteLater)
    return stage.dialog(ClosingDialog)


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


def _broken(dialog: BackupsDialog) -> list[Found]:
    """The last two of them found it."""
    found = _found(dialog)
    breaks = Breaks(Fault.CHANGED, 1214, 1, found[1].backup.at)
    marked = [replace(one, backup=replace(one.backup, breaks=breaks)) for one in found[:2]]
    return [*marked, *found[2:]]


def _standing_broken(dialog: BackupsDialog) -> Standing:
    found = _broken(dialog)
    said = audit_said(found[0].backup, found[2].backup)
    return replace(_standing(dialog), trouble=Trouble(_NOW, said, Kind.AUDIT))


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
    "backups-audit": backups_audit_broken,
    "backups-audit-notice": window_audit_broken,
    "backups-restore": backups_restore,
    "backups-damaged": backups_damaged,
}
