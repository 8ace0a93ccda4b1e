# SPDX-License-Identifier: MIT
"""Others at work on the same logbook: both versions of a case, who is here, who is waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QMessageBox, QWidget

from models.drive import Drive, Kind
from models.errors import LogbookBusy
from models.news import Doing, News
from models.reconciling import Choice, Clash, Save, Side, Spot
from models.speech import say
from tests.pictures.cases_scenes import cases
from tests.pictures.stage import Stage
from ui.editor.clash_dialog import ClashDialog
from ui.status import StatusBar

_AT = datetime(2026, 1, 20, 9, 12, tzinfo=UTC)
_FIELDS = (
    ("Case", "Operator", "Dr A. Lind", "Dr B. Hart", "Dr R. Okafor", None),
    ("T12", "Cement", "6 mL", "7 mL", "4 mL", None),
    ("T12", "Height restored", "", "3 to 5 mm, as reported by the fellow", "4.2 mm", None),
    ("L1", "Leakage", "not assessed", "present", "not assessed", Side.MINE),
    ("Score at 3 months", "Added", "", "", "NRS 1, on 2026-01-18", Side.THEIRS),
)


def clash(stage: Stage) -> QWidget:
    """Two versions of a case, with something to decide."""
    return _clash(stage, _clash_of(stage))


def clash_refused(stage: Stage) -> QWidget:
    """Half is decided, and the last choice could not be saved."""
    dialog = _clash(stage, _clash_of(stage))
    dialog.take([0], Side.MINE)
    dialog.warn(
        LogbookBusy(
            say(
                "{who} is writing to {file} and did not let go.", who=_who(), file="Clinic.kypholog"
            ),
            say(
                "Wait until that is finished, then try again. Nothing of what you entered is lost."
            ),
        )
    )
    stage.settle()
    return dialog


def clash_agreed(stage: Stage) -> QWidget:
    """Nothing is to be decided, but somebody put the case into the bin."""
    found = _clash_of(stage)
    agreed = tuple(one for one in found.choices if one.changed_by is not None)
    return _clash(stage, replace(found, choices=agreed, is_binned=True))


def changed_elsewhere(stage: Stage) -> QWidget:
    """Somebody saved the case in which something is entered."""
    stage.edit(stage.shown.rich)
    stage.enter(operator="Dr B. Hart")
    doing = Doing("Rita Okafor", _AT, 99)
    stage.kypholog.events.changed_elsewhere.emit(News(0, cases={stage.shown.rich: doing}))
    stage.settle()
    return stage.window


def company(stage: Stage) -> QWidget:
    """Two others have it open, and it lies on a network drive."""
    cases(stage)
    bar = _bar(stage)
    said, brief = "{n} others have this logbook open", "{n} others here"
    bar.show_company(say(said, n=2), _who(), brief=say(brief, n=2))
    bar.show_drive(say("In a folder that {name} syncs", name="OneDrive"), "")
    bar.show_backup(say("Last backup failed"), "")
    return stage.window


def waiting(stage: Stage) -> QWidget:
    """Somebody else is writing."""
    cases(stage)
    said = say("Waiting for {who} to finish writing…", who=_who())
    _bar(stage).show_company(said, _who(), brief=say("Waiting…"), is_urgent=True)
    return stage.window


def network_drive(stage: Stage) -> QWidget:
    """What is said of a logbook on a network drive."""
    return _drive(stage, Drive(Kind.NETWORK, "SMB"))


def synced_folder(stage: Stage) -> QWidget:
    """What is said of one in a folder that a program syncs."""
    return _drive(stage, Drive(Kind.SYNCED, "OneDrive"))


def clash_of_nothing(case_id: str = "", choices: tuple[Choice, ...] = ()) -> Clash:
    """Two versions that differ in this."""
    saves = (Save("Rita Okafor", _AT),)
    return Clash(case_id, "KYP-0007", 1, 2, {}, saves, False, {}, {}, {}, True, choices)


def _clash_of(stage: Stage) -> Clash:
    case_id = stage.shown.rich
    choices = tuple(
        Choice(Spot("procedure", case_id, (str(n),)), place, label, base, mine, theirs, changed_by)
        for n, (place, label, base, mine, theirs, changed_by) in enumerate(_FIELDS)
    )
    return clash_of_nothing(case_id, choices)


def _clash(stage: Stage, found: Clash) -> ClashDialog:
    dialog = ClashDialog(stage.kypholog.theme, found, stage.window)
    dialog.open()
    stage.spread(dialog, 980, 560)
    return stage.dialog(ClashDialog)


def _drive(stage: Stage, drive: Drive) -> QWidget:
    logbook = stage.kypholog.session.logbook
    assert logbook is not None
    assert logbook.present is not None
    present, before = logbook.present, logbook.present.drive
    present.drive = drive
    stage.on_leaving(lambda: setattr(present, "drive", before))
    _bar(stage).drive_wanted.emit()
    return stage.dialog(QMessageBox)


def _who() -> str:
    return say("{user} at {host} (since {since})", user="Anna Lind", host="ward-2", since="08:55")


def _bar(stage: Stage) -> StatusBar:
    """The status bar, which says meanwhile what it is told here and no more."""
    bar, others = stage.window.statusBar(), stage.window.others
    assert isinstance(bar, StatusBar)
    others._clock.stop()
    stage.until(lambda: others._job is None)

    def undo() -> None:
        for show in (bar.show_company, bar.show_drive, bar.show_backup):
            show("", "")
        others._clock.start()

    stage.on_leaving(undo)
    return bar


TOGETHER_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "clash": clash,
    "clash-refused": clash_refused,
    "clash-agreed": clash_agreed,
    "changed-elsewhere": changed_elsewhere,
    "company": company,
    "waiting": waiting,
    "network-drive": network_drive,
    "synced-folder": synced_folder,
}
