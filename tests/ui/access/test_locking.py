# SPDX-License-Identifier: MIT
"""A lock hides everything of the logbook at once, whatever is open, and loses nothing typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QSettings, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.drafts import drafts
from models.settings import LOCK_MINUTES, change_setting, read_settings
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS, make
from tests.fresh import new_logbook
from tests.pictures.record import NOW, Shown, fill
from tests.pictures.stage import Stage
from tests.ui.access.desk import PATIENCE_MS, a_clinic, action, asked, enter, press, settle, sign_in
from tests.ui.access.openings import OPEN, UNSEEN, begin, dialogs
from tests.ui.editor.keyboard import Keyboard
from ui.access.recovery_dialog import RecoveryDialog
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application
from ui.preferences.dialog import PreferencesDialog
from ui.settings import Settings


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """The program with an encrypted logbook in which every page has something to show."""
    folder = tmp_path / "Clinic.kypholog"
    logbook, _ = make(folder)
    shown: Shown = fill(logbook, synthetic=6)
    logbook.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store), lambda: NOW)
    qtbot.addWidget(kypholog.window)
    kypholog.window.show()
    made = Stage(kypholog, shown)
    enter(kypholog, qtbot, folder, ADMIN)
    made.leave()
    yield made
    made.leave()
    kypholog.session.close()
    kypholog.jobs.wait()


def names_in(folder: Path) -> set[str]:
    """Every code and name of a patient in the logbook."""
    from tests.encrypted import enter as enter_models

    logbook = enter_models(folder)
    with logbook.session():
        sql = "SELECT patient_code FROM patient UNION SELECT full_name FROM patient_identity"
        found = {str(row[0]) for row in logbook.database.execute_sql(sql) if row[0]}
    logbook.close()
    return found


def words_in_sight() -> str:
    """Whatever a window in sight shows, in its title too."""
    said: list[str] = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            said.append(top.windowTitle())
            said += (word for one in (top, *top.findChildren(QWidget)) for word in _words(one))
    return "\n".join(said)


def _words(widget: QWidget) -> Iterator[str]:
    if not widget.isVisible():
        return
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QLineEdit():
            yield widget.text()
        case QPlainTextEdit():
            yield widget.toPlainText()
        case QAbstractItemView() if (model := widget.model()) is not None:
            # A list has one column, and does not say so.
            wide = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
            for row in range(min(model.rowCount(), 30)):
                for column in range(wide):
                    yield str(model.index(row, column).data() or "")


def test_whatever_is_open_nothing_of_a_patient_stays_in_sight(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kypholog = stage.kypholog
    logbook = kypholog.session.logbook
    assert logbook is not None
    names = names_in(logbook.folder)
    assert len(names) > 10
    # What is in sight is read from the controls, and painting the page each time takes a third of
    # it. The window goes on to paint with each logbook that it opens, and its pages do not.
    pages = stage.window.centralWidget()
    assert pages is not None
    pages.setUpdatesEnabled(False)
    left: list[str] = []
    seen, shown = 0, set(UNSEEN)
    for name in OPEN:
        shown |= begin(stage, name)
        before = words_in_sight()
        seen += any(one in before for one in names)
        at_once: list[str] = []
        monkeypatch.setattr(kypholog.session, "close", _looking(kypholog.session.close, at_once))
        stage.action("lock")
        monkeypatch.undo()
        asks = stage.dialog(SignInDialog)
        for when, words in (("at once", at_once[0]), ("locked", words_in_sight())):
            found = [one for one in names if one in words]
            left += [f"{name}, {when}: {found}"] if found else []
        tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        if tops != [one for one in tops if one in (kypholog.window, asks)]:
            left.append(f"{name}: {tops}")
        assert kypholog.session.logbook is None
        asks.secret_box.setText(SECRETS[ADMIN])
        press(asks, "Sign in")
        stage.until(lambda: kypholog.session.logbook is not None)
        stage.settle()
        stage.leave()
    assert left == []
    assert seen > len(OPEN) // 2, "what is looked for is in sight before"
    assert dialogs() - shown == set(), "a dialog that nobody locked"


def _looking(close: object, words: list[str]) -> object:
    def look(why: str) -> None:
        words.append(words_in_sight())
        assert callable(close)
        close(why)

    return look


def test_what_cannot_be_kept_as_a_draft_stays_hidden_until_the_same_user_is_back(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY, READER)
    enter(kypholog, qtbot, folder, ADMIN)
    type_a_case(kypholog, qtbot, "Z-99")

    with full_disk():
        action(kypholog, "lock").trigger()
    dialog = asked(kypholog, qtbot, SignInDialog)
    assert "Z-99" not in words_in_sight()
    assert not kypholog.window.menuBar().isEnabled()
    dialog.reject()
    # Nothing else leads back, so it asks again.
    qtbot.waitUntil(lambda: any(one.isVisible() for one in all_asking(kypholog)))
    dialog = next(one for one in all_asking(kypholog) if one.isVisible())
    dialog.name_box.setCurrentText(ENTRY)
    dialog.secret_box.setText(SECRETS[ENTRY])
    press(dialog, "Sign in")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert f"only {ADMIN} can go on" in dialog.trouble.text()
    assert "Z-99" not in words_in_sight()
    dialog.name_box.setCurrentText(ADMIN)
    dialog.secret_box.setText(SECRETS[ADMIN])
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: kypholog.window.menuBar().isEnabled(), timeout=PATIENCE_MS)
    box = asked(kypholog, qtbot, QMessageBox)
    assert "could not be kept as a draft" in box.text()
    box.accept()
    assert "Z-99" in words_in_sight()
    action(kypholog, "lock").trigger()
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    assert kept(kypholog) == ["Z-99"]


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can be made longer meanwhile."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, most[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)


def all_asking(kypholog: Application) -> list[SignInDialog]:
    return kypholog.window.findChildren(SignInDialog)


def type_a_case(kypholog: Application, qtbot: QtBot, code: str) -> None:
    """Begin a case and type the code of the patient."""
    kypholog.window.new_case()
    editor = kypholog.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: bool(editor.case_id))
    kypholog.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=PATIENCE_MS)
    Keyboard().enter(code)


def kept(kypholog: Application) -> list[str]:
    logbook = kypholog.session.logbook
    assert logbook is not None
    return [draft.patient_code for draft in drafts(logbook)]


@pytest.mark.parametrize("signs_in", [True, False])
def test_what_was_begun_before_the_lock_brings_nothing_into_sight_after_it(
    stage: Stage, qtbot: QtBot, signs_in: bool
) -> None:
    kypholog = stage.kypholog
    logbook = kypholog.session.logbook
    assert logbook is not None
    names = names_in(logbook.folder)
    stage.window.cases.select_row(0)
    stage.settle()
    late = QMessageBox(stage.window)
    late.setText(f"Patient {min(names)}")
    kypholog.jobs.run(logbook, lambda: None, lambda _: late.open())
    stage.action("case_history")
    stage.action("verify")
    stage.action("drafts")
    stage.action("lock")
    dialog = stage.dialog(SignInDialog)
    stage.settle()
    assert [one for one in names if one in words_in_sight()] == []
    tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert set(tops) == {kypholog.window, dialog}
    if not signs_in:
        dialog.reject()
        stage.settle()
        assert [one for one in names if one in words_in_sight()] == []
        return
    sign_in(kypholog, qtbot, dialog, ADMIN)
    stage.settle()
    late.open()
    assert late.isVisible()
    late.accept()


@pytest.mark.parametrize("asks", ["leaving", "export"])
def test_a_question_that_nobody_answers_does_not_hold_the_lock_up(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, asks: str
) -> None:
    enter(kypholog, qtbot, a_clinic(tmp_path / "Clinic.kypholog"), ADMIN)
    type_a_case(kypholog, qtbot, "Z-97")
    locked: list[str] = []

    def lock() -> None:
        assert QApplication.activeModalWidget() is not None
        action(kypholog, "lock").trigger()
        locked.append(words_in_sight())

    QTimer.singleShot(0, lambda: QTimer.singleShot(200, lock))
    # Each of them waits for its dialog, and goes on when the lock has closed it.
    if asks == "leaving":
        kypholog.window.show_page("cases")
    else:
        action(kypholog, "export").trigger()
    assert "Z-97" not in locked[0] + words_in_sight()
    assert kypholog.session.logbook is None
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    assert kept(kypholog) == ["Z-97"]


def test_the_keys_lock_from_within_a_dialog_and_a_menu(
    stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    for opening in ("export", "history-changes", "cases-menu"):
        begin(stage, opening)
        popups = stage.popups()
        at = QApplication.activeModalWidget() or QApplication.activeWindow() or stage.window
        inner = popups[-1] if popups else at
        focused: QWidget | None = inner.focusWidget()
        QTest.keyClick(focused or inner, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        asks = stage.dialog(SignInDialog)
        assert stage.kypholog.session.logbook is None, opening
        asks.secret_box.setText(SECRETS[ADMIN])
        press(asks, "Sign in")
        stage.until(lambda: stage.kypholog.session.logbook is not None)
        stage.settle()
        stage.leave()


def test_somebody_else_goes_on_and_what_was_typed_waits_for_its_owner(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY)
    enter(kypholog, qtbot, folder, ADMIN)
    type_a_case(kypholog, qtbot, "Z-98")
    action(kypholog, "switch_user").trigger()
    dialog = asked(kypholog, qtbot, SignInDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"{ADMIN} is signed out" in said
    assert "Z-98" not in words_in_sight()
    sign_in(kypholog, qtbot, dialog, ENTRY)
    assert kypholog.session.logbook is not None
    assert kypholog.session.logbook.user == ENTRY
    assert kept(kypholog) == []
    action(kypholog, "switch_user").trigger()
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    assert kept(kypholog) == ["Z-98"]


def test_a_recovery_key_that_is_not_on_paper_yet_comes_back_for_its_owner_alone(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", READER)
    for who, comes in ((ADMIN, True), (READER, False)):
        enter(kypholog, qtbot, folder, ADMIN)
        kypholog.session.recovery_made.emit("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG")
        shown = asked(kypholog, qtbot, RecoveryDialog)
        action(kypholog, "lock").trigger()
        assert "CCCC" not in words_in_sight()
        sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), who)
        assert ("CCCC" in words_in_sight()) is comes
        if comes:
            shown.accept()
        settle(kypholog, qtbot)


def test_the_minutes_are_a_setting_of_the_logbook_and_hold_at_once(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog")
    enter(kypholog, qtbot, folder, ADMIN)
    idle = kypholog.window.logbooks.locking.idle
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert (idle.minutes, idle.is_watching) == (LOCK_MINUTES.default, True)
    dialog = ask_settings(kypholog, qtbot)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "0 for never: whoever walks up" in said
    assert "Default: 10." in said
    dialog.reject()
    for stored, minutes in ((3, 3), (0, 0), (-5, 0), (10**9, 720)):
        change_setting(logbook, LOCK_MINUTES, stored)
        kypholog.events.settings_changed.emit(read_settings(logbook))
        assert (idle.minutes, idle.is_watching) == (minutes, minutes > 0)
    action(kypholog, "lock").trigger()
    assert not idle.is_watching
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    assert (idle.minutes, idle.is_watching) == (720, True)


def ask_settings(kypholog: Application, qtbot: QtBot) -> PreferencesDialog:
    action(kypholog, "settings").trigger()
    return asked(kypholog, qtbot, PreferencesDialog)


def test_a_plain_logbook_is_never_locked_by_itself(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    new_logbook(tmp_path / "Plain.kypholog").close()
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        kypholog.session.open(tmp_path / "Plain.kypholog")
    assert not kypholog.window.logbooks.locking.idle.is_watching
    found = kypholog.window.desks.actions["lock"]
    assert isinstance(found, QAction)
    assert "not encrypted" in found.toolTip()
