# SPDX-License-Identifier: MIT
"""A logbook on a server is opened in the window, and all that it shows comes from there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.address import Address
from models.case import load_case
from models.served import open_served
from tests.server import Server
from tests.ui.editor.keyboard import Keyboard
from tests.ui.server.conftest import PATIENCE_MS, Opens, Statements
from ui.access.server_dialog import ServerDialog
from ui.application import Application
from ui.data.export_dialog import ExportDialog

Starts = Callable[[], Application]

_SECRET = "correct horse 7"


def as_account(address: Address, name: str) -> Address:
    return Address(address.uri.replace("postgres@", f"{name}@"))


def texts(one: Application) -> list[str]:
    labels = one.window.findChildren(QLabel)
    return [label.text() for label in labels if not label.isHidden()]


def shown_dialog(one: Application, qtbot: QtBot) -> ServerDialog:
    qtbot.waitUntil(lambda: one.window.logbooks.servers.dialog is not None, timeout=PATIENCE_MS)
    dialog = one.window.logbooks.servers.dialog
    assert dialog is not None
    return dialog


@pytest.fixture(scope="session")
def keyed(server: Server) -> str:
    """An account of which the server wants a password."""
    server.ask_for_password_of("keyed", _SECRET)
    return "keyed"


def test_the_window_says_where_the_logbook_is_and_who_works_with_it(
    opens: Opens, clinic: Address
) -> None:
    one = opens(clinic)
    assert one.window.windowTitle() == f"{clinic.name} – Kypholog"
    assert one.window.cases.model.rowCount() == 3
    assert {"On a server", clinic.shown} <= set(texts(one))
    assert "Not encrypted" not in {
        button.text() for button in one.window.findChildren(QPushButton) if button.isVisible()
    }
    assert one.settings.recent_logbooks == [clinic]
    assert one.session.logbook is not None
    assert one.session.logbook.user == "postgres"
    for name in ("users", "encrypt", "lock", "change_key"):
        action = one.window.desks.actions[name]
        assert not action.isEnabled()
        assert "on a server" in action.toolTip()


def test_a_case_is_saved_and_the_window_itself_never_waits_for_the_server(
    opens: Opens, clinic: Address, qtbot: QtBot, keys: Keyboard
) -> None:
    asked = Statements()
    logger = logging.getLogger("peewee")
    logger.addHandler(asked)
    logger.setLevel(logging.DEBUG)
    try:
        one = opens(clinic)
        window = one.window
        window.cases.select_row(0)
        (case_id,) = window.cases.selected_cases()
        window.edit_case(case_id)
        qtbot.waitUntil(lambda: window.editor is not None and window.editor.case_id == case_id)
        assert window.editor is not None
        keys.go_to("Operator").type("Dr B. Operator")
        with qtbot.waitSignal(window.editor.saved, timeout=PATIENCE_MS):
            window.editor.save()
        for page in ("followup", "cases"):
            window.show_page(page)
            qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
        one.session.close()
        assert asked.in_window == []
        assert asked.elsewhere != []
    finally:
        logger.removeHandler(asked)
        logger.setLevel(logging.NOTSET)
    logbook = open_served(clinic)
    assert load_case(logbook, case_id).procedure.operator == "Dr B. Operator"
    logbook.leave()
    logbook.close()


def test_the_address_is_typed_and_a_password_asked_for_and_written_nowhere(
    starts: Starts, clinic: Address, qtbot: QtBot, keyed: str, tmp_path: Path, home: Path
) -> None:
    one = starts()
    one.window.desks.actions["open_server"].trigger()
    dialog = shown_dialog(one, qtbot)
    go = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Open")
    dialog.address_box.setText("server/spine")
    go.click()
    assert "no address of a PostgreSQL server" in dialog.trouble.text()
    dialog.address_box.setText(as_account(clinic, keyed).uri)
    go.click()
    qtbot.waitUntil(lambda: "did not let keyed in" in dialog.trouble.text(), timeout=PATIENCE_MS)
    assert dialog.secret_box.echoMode() is QLineEdit.EchoMode.Password
    dialog.secret_box.setText(_SECRET)
    with qtbot.waitSignal(one.window.cases.filled, timeout=PATIENCE_MS):
        go.click()
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
    assert one.window.logbooks.servers.dialog is None
    assert one.session.logbook is not None
    assert one.session.logbook.user == keyed
    one.settings._store.sync()
    files = [file for place in (home, tmp_path) for file in place.rglob("*") if file.is_file()]
    kept = b"".join(file.read_bytes() for file in files)
    assert _SECRET.encode() not in kept
    assert b"keyed@" in kept, "the address is remembered"
    assert _SECRET not in one.window.windowTitle() + "".join(texts(one))


def test_a_recent_logbook_asks_for_the_password_again(
    starts: Starts, clinic: Address, qtbot: QtBot, keyed: str
) -> None:
    one = starts()
    one.settings.remember_logbook(as_account(clinic, keyed))
    one.start(None)
    dialog = shown_dialog(one, qtbot)
    assert dialog.address_box.text() == as_account(clinic, keyed).uri
    assert "did not let keyed in" in dialog.trouble.text()
    dialog.reject()


def test_an_empty_database_is_offered_for_a_new_logbook(
    starts: Starts, address: Address, qtbot: QtBot
) -> None:
    one = starts()
    one.start(address.uri)
    qtbot.waitUntil(lambda: bool(one.window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
    (box,) = one.window.findChildren(QMessageBox)
    assert "is empty. Make a new logbook in it?" in box.text()
    make = next(button for button in box.buttons() if button.text() == "Make a logbook")
    with qtbot.waitSignal(one.events.opened, timeout=PATIENCE_MS):
        make.click()
    assert one.session.logbook is not None
    assert one.session.logbook.name == address.name
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)


def test_a_server_that_does_not_answer_is_told(starts: Starts, qtbot: QtBot) -> None:
    one = starts()
    one.start("postgresql://anna@127.0.0.1:1/spine")
    qtbot.waitUntil(lambda: bool(one.window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
    (box,) = one.window.findChildren(QMessageBox)
    assert "does not answer" in box.text()
    assert one.window.shown_page == "welcome"
    box.accept()


def test_backups_are_the_business_of_the_server_and_a_package_is_offered(
    opens: Opens, clinic: Address, qtbot: QtBot
) -> None:
    one = opens(clinic)
    one.window.backups.begin()
    one.window.backups.work_on()
    one.window.desks.actions["backups"].trigger()
    (box,) = one.window.findChildren(QMessageBox)
    assert "on a server, and so are its backups" in box.text()
    chosen: list[object] = []

    def look() -> None:
        (dialog,) = one.window.findChildren(ExportDialog)
        chosen.append(dialog.form.profile.currentData())
        dialog.reject()

    QTimer.singleShot(500, look)
    package = next(b for b in box.buttons() if b.text() == "Export a data package…")
    package.click()
    assert chosen == ["package"]
    assert one.window.close()
