# SPDX-License-Identifier: MIT
"""Questions before something is done, what is told after it, and the window while it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from models.errors import LogbookDamaged
from tests.pictures.cases_scenes import cases
from tests.pictures.stage import Stage
from ui.cases.bin_dialog import BinDialog
from ui.data.check_dialog import CheckDialog
from ui.jobs import Job
from ui.status import StatusBar

_FOUND = (
    "Entry 96 was changed after it was written.",
    "KYP-0412, 2025-11-20: Cement is 18 mL, and 6 mL in the audit.",
    "An image of KYP-0600 is not there.",
)


def into_the_bin(stage: Stage) -> QWidget:
    """Why several cases go into the bin."""
    BinDialog(stage.kypholog.theme, 3, stage.window).open()
    dialog = stage.dialog(BinDialog)
    dialog.reason_box.setText("Entered twice")
    return dialog


def check(stage: Stage) -> QWidget:
    """Nothing is wrong with the logbook."""
    CheckDialog(stage.kypholog.theme, [], stage.window).open()
    return stage.dialog(CheckDialog)


def check_findings(stage: Stage) -> QWidget:
    """Something is wrong with it."""
    CheckDialog(stage.kypholog.theme, list(_FOUND), stage.window).open()
    return stage.dialog(CheckDialog)


def damaged(stage: Stage) -> QWidget:
    """A logbook that cannot be opened, and has no backup in its folder."""
    said = "Clinic.kypholog is damaged: its database cannot be read."
    cure = "Restore a backup, and keep the folder as it is until that is done."
    stage.kypholog.session.failed.emit(LogbookDamaged(said, cure))
    return stage.dialog(QMessageBox)


def busy(stage: Stage) -> QWidget:
    """A task that takes a while, and can be stopped."""
    cases(stage)
    bar = stage.window.statusBar()
    assert isinstance(bar, StatusBar)
    job = Job(stage.window)
    bar.follow(job, "Checking the logbook")
    job.progress(62, 100)
    stage.on_leaving(job.finished.emit)
    return stage.window


QUESTION_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "bin-ask": into_the_bin,
    "check": check,
    "check-findings": check_findings,
    "damaged": damaged,
    "busy": busy,
}
