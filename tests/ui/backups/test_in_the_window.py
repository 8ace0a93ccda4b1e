# SPDX-License-Identifier: MIT
"""Backups in the window: while somebody works, on closing, and from their list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.backup import Reason, listing, make
from models.case import save_case
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, change_setting
from models.verify import verify
from tests.builders import a_case
from tests.fresh import new_logbook
from ui.application import Application
from ui.backups.closing import ClosingDialog
from ui.backups.dialog import BackupsDialog
from ui.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder, "anna")
    for code in ("P-1", "P-2"):
        save_case(logbook, a_case(code))
    logbook.close()
    return folder


@pytest.fixture
def kypholog(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Application]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(app, Settings(store))
    made.window.backups.begin()
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.window.cases.filled):
        made.start(str(folder))
    rest(made, qtbot)
    yield made
    made.session.close()
    made.jobs.wait()


def rest(kypholog: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)


def logbook_of(kypholog: Application) -> Logbook:
    assert kypholog.session.logbook is not None
    return kypholog.session.logbook


def shown(kypholog: Application, qtbot: QtBot) -> BackupsDialog:
    action = kypholog.window.desks.actions["backups"]
    assert action is not None
    action.trigger()
    rest(kypholog, qtbot)
    (dialog,) = kypholog.window.findChildren(BackupsDialog)
    return dialog


def cells(dialog: BackupsDialog) -> list[list[str]]:
    rows = dialog.table.rows
    return [
        [str(rows.data(rows.index(row, column))) for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def said_by_status(kypholog: Application) -> str:
    buttons = kypholog.window.statusBar().findChildren(QPushButton)
    warnings = [one for one in buttons if one.property("state") == "warning"]
    return " ".join(one.text() for one in warnings if one.isVisible())


def closing(kypholog: Application) -> ClosingDialog:
    found = kypholog.window.findChildren(ClosingDialog)
    (dialog,) = (one for one in found if one.isVisible())
    return dialog


def test_while_somebody_works_only_changes_make_a_backup(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    desk = kypholog.window.backups
    for _ in range(2):
        desk.work_on()
        rest(kypholog, qtbot)
    (first,) = listing(folder)
    assert (first.reason, first.cases) == (Reason.TIMED, 2)
    assert first.proven_at is not None, "the first one is restored for proof at once"
    save_case(logbook_of(kypholog), a_case("P-3"))
    desk.work_on()
    rest(kypholog, qtbot)
    assert [(one.cases, one.proven_at is None) for one in listing(folder)] == [
        (3, True),
        (2, False),
    ]
    assert said_by_status(kypholog) == ""


def test_closing_the_window_makes_the_last_backup_first(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    assert not kypholog.window.close()
    dialog = closing(kypholog)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not kypholog.window.isVisible())
    assert kypholog.session.logbook is None
    (made,) = listing(folder)
    assert (made.reason, made.cases) == (Reason.CLOSING, 2)


def test_what_is_in_a_backup_already_makes_nobody_wait(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    make(logbook_of(kypholog), Reason.BY_HAND)
    assert kypholog.window.close()
    assert len(listing(folder)) == 1


def test_the_last_backup_can_be_skipped_and_leaves_nothing(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    kypholog.window.close()
    closing(kypholog).skip.click()
    assert not kypholog.window.isVisible()
    assert kypholog.session.logbook is None
    kypholog.jobs.wait()
    assert [path for path in (folder / "backups").glob("*") if path.suffix == ".part"] == []


def test_a_last_backup_that_fails_says_why_and_leaves_the_choice(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    (folder / "backups").write_text("in the way")
    kypholog.window.close()
    dialog = closing(kypholog)
    qtbot.waitUntil(lambda: "failed" in dialog.said)
    assert "No backup was made" in dialog.said
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert kypholog.window.isVisible()
    assert logbook_of(kypholog).folder == folder
    kypholog.window.close()
    again = closing(kypholog)
    qtbot.waitUntil(lambda: "failed" in again.said)
    again.skip.click()
    assert not kypholog.window.isVisible()


def test_closing_the_logbook_alone_makes_one_too(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    action = kypholog.window.desks.actions["close_logbook"]
    assert action is not None
    action.trigger()
    qtbot.waitUntil(lambda: kypholog.session.logbook is None)
    assert kypholog.window.isVisible()
    assert [one.reason for one in listing(folder)] == [Reason.CLOSING]


def test_the_list_says_what_is_in_each_and_one_is_made_checked_and_proven(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    dialog = shown(kypholog, qtbot)
    assert cells(dialog) == []
    assert not dialog.check.isEnabled()
    dialog.back_up.click()
    rest(kypholog, qtbot)
    (made,) = listing(folder)
    (line,) = cells(dialog)
    today = made.at.astimezone().strftime("%Y-%m-%d")
    assert line[0].startswith(today)
    assert line[1:4] == ["By hand", logbook_of(kypholog).user, "2"]
    assert line[5:] == ["Here", today, "–"]
    assert dialog.notice.text == "Backed up and checked."
    dialog.check.click()
    rest(kypholog, qtbot)
    assert "whole" in dialog.notice.text
    dialog.prove.click()
    rest(kypholog, qtbot)
    assert "every case in it is right" in dialog.notice.text
    assert cells(dialog)[0][-1] == today
    assert [path.name for path in (folder / "backups").iterdir() if ".part" in path.name] == []


def test_a_damaged_one_is_told(kypholog: Application, folder: Path, qtbot: QtBot) -> None:
    made = make(logbook_of(kypholog), Reason.TIMED)
    made.file.write_bytes(made.file.read_bytes()[:-4_096])
    dialog = shown(kypholog, qtbot)
    dialog.check.click()
    rest(kypholog, qtbot)
    assert "was changed after it was written" in dialog.notice.text
    dialog.prove.click()
    rest(kypholog, qtbot)
    assert "cannot be used" in dialog.notice.text


def test_restoring_asks_and_keeps_the_present_logbook_aside(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    make(logbook_of(kypholog), Reason.BY_HAND)
    save_case(logbook_of(kypholog), a_case("P-3"))
    dialog = shown(kypholog, qtbot)
    dialog.restore.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert "with 2 cases?" in box.text()
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    (go_on,) = (one for one in box.buttons() if one.text() == "Restore")
    with qtbot.waitSignal(kypholog.window.cases.filled):
        go_on.click()
    rest(kypholog, qtbot)
    (told,) = [
        one for one in kypholog.window.findChildren(QMessageBox) if "was restored" in one.text()
    ]
    told.accept()
    (aside,) = folder.glob("replaced *")
    assert str(aside) in told.informativeText()
    assert logbook_of(kypholog).database.execute_sql(
        "SELECT COUNT(*) FROM procedure"
    ).fetchone() == (2,)
    other = Logbook.open(aside)
    assert verify(other) == verify(logbook_of(kypholog)) == []
    other.close()


def test_a_second_place_that_is_not_there_is_told_and_does_no_harm(
    kypholog: Application, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    change_setting(logbook_of(kypholog), BACKUP_PLACE, str(stick))
    kypholog.window.backups.work_on()
    rest(kypholog, qtbot)
    assert len(listing(folder)) == 1
    assert said_by_status(kypholog) == "No backup in the second place"
    dialog = shown(kypholog, qtbot)
    assert "is not there" in dialog.notice.text
    stick.mkdir()
    dialog.back_up.click()
    rest(kypholog, qtbot)
    assert said_by_status(kypholog) == ""
    assert {line[5] for line in cells(dialog)} == {"Here", "Here and second place"}


def test_an_audit_that_is_broken_is_told_lastingly_and_backups_go_on(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    logbook = logbook_of(kypholog)
    make(logbook, Reason.TIMED)
    logbook.database.execute_sql("UPDATE audit_entry SET reason = 'x' WHERE number = 1")
    save_case(logbook, a_case("P-3"))
    make(logbook, Reason.IMPORT)
    kypholog.events.cases_changed.emit()
    rest(kypholog, qtbot)
    assert said_by_status(kypholog) == "The audit trail is broken"
    dialog = shown(kypholog, qtbot)
    assert [line[3:][::4] for line in cells(dialog)] == [
        ["3", "Audit broken at entry 1"],
        ["2", cells(dialog)[1][-1]],
    ]
    assert "is broken at entry 1" in dialog.notice.text
    assert (dialog.check.isEnabled(), dialog.prove.isEnabled()) == (True, False)
    dialog.restore.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert "its audit trail is broken at entry 1" in box.informativeText()
    box.reject()
    dialog.table.selectRow(1)
    assert dialog.prove.isEnabled()
    dialog.back_up.click()
    rest(kypholog, qtbot)
    assert "is broken at entry 1" in dialog.notice.text
    dialog.close()
    assert said_by_status(kypholog) == "The audit trail is broken"
    assert [one.cases for one in listing(folder)] == [3, 3, 2]


def test_changes_in_no_backup_for_days_are_told_quietly(
    kypholog: Application, folder: Path, qtbot: QtBot
) -> None:
    from models.backup import standing
    from ui.backups.words import notice_of

    how = standing(logbook_of(kypholog))
    now = datetime.now(UTC)
    assert notice_of(how, now) == ("", "")
    said, in_full = notice_of(how, now + timedelta(days=8))
    assert said == "No backup for days"
    assert "no backup yet" in in_full


def test_everything_in_the_list_is_reached_by_keys_and_has_a_name(
    kypholog: Application, qtbot: QtBot
) -> None:
    make(logbook_of(kypholog), Reason.BY_HAND)
    dialog = shown(kypholog, qtbot)
    reached = set()
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    buttons = {dialog.back_up, dialog.check, dialog.prove, dialog.restore, dialog.closing}
    assert buttons | {dialog.table} <= reached
    assert dialog.table.accessibleName() == "Backups"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
