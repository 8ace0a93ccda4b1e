# SPDX-License-Identifier: MIT
"""What somebody who was removed had not saved waits for the administrator."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.drafts import draft_of, drafts, keep
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY
from tests.encrypted import enter as enter_models
from tests.ui.access.desk import a_clinic, action, asked, enter, press, settle
from ui.access.sign_in_dialog import SignInDialog
from ui.access.users_dialog import UsersDialog
from ui.application import Application
from ui.editor.drafts_dialog import DraftsDialog


def test_it_is_told_when_he_is_removed_and_gone_on_with(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY)
    other = enter_models(folder, ENTRY)
    keep(other, draft_of(a_case("P-2")))
    other.close()
    enter(kypholog, qtbot, folder, ADMIN)
    action(kypholog, "users").trigger()
    users = asked(kypholog, qtbot, UsersDialog)
    settle(kypholog, qtbot)
    row = next(n for n in range(users.people.count()) if ENTRY in users.people.item(n).text())
    users.people.setCurrentRow(row)
    press(users, "&Remove")
    settle(kypholog, qtbot)
    assert users.trouble.text() == f"{ENTRY} left a case that was not saved: see Case > Drafts."
    users.accept()

    action(kypholog, "drafts").trigger()
    found = asked(kypholog, qtbot, DraftsDialog)
    said = " ".join(label.text() for label in found.findChildren(QLabel))
    assert f"Left by {ENTRY}, who can sign in no more." in said
    assert "Nobody else sees it" not in said
    item = found.table.item(0, 2)
    assert item is not None
    assert item.text() == f"New case, of {ENTRY}"
    found.resume.click()
    settle(kypholog, qtbot)
    editor = kypholog.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: bool(editor.case_id))
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert [draft.patient_code for draft in drafts(logbook)] == ["P-2"]
    # It is a draft again; who leaves otherwise is asked.
    action(kypholog, "lock").trigger()
    asked(kypholog, qtbot, SignInDialog).reject()
