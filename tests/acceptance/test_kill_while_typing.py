# SPDX-License-Identifier: MIT
"""Promise 1: the text being typed comes back as a draft. The window is killed while it is used.

A child opens a real window without a screen and types. It tells on a pipe what stands in the box
whenever that has been on the disk for sure: once the window said so. It is killed without warning
(SIGKILL); all that it told of has to be there, and another window has to offer it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.drafts import drafts
from models.logbook import Logbook
from models.verify import verify
from models.vocabulary import PainScale
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Key, Keyboard
from ui.application import Application, begin_qt
from ui.editor.drafts_dialog import DraftsDialog
from ui.editor.page import EditorPage
from ui.settings import Settings

ROOT = Path(__file__).parents[2]
TOLD = 3
CHILD = """
import sys
from pathlib import Path
from tests.acceptance.test_kill_while_typing import type_and_tell
type_and_tell(Path(sys.argv[1]))
"""


def type_and_tell(folder: Path) -> None:
    """What the child does until it is killed."""
    app = begin_qt(sys.argv[:1])
    store = QSettings(str(folder.parent / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store))
    keys = Keyboard()
    typed = 0

    def begin() -> None:
        kypholog.window.show()
        QTest.qWaitForWindowActive(kypholog.window)
        kypholog.window.new_case()
        keys.enter("P-7").go_to("Age at procedure").enter("very old")
        keys.go_to("Pain scale").enter("nrs")
        keys.go_to("Add level", backward=True).type("t1x").press(Key.Key_Backtab)
        keys.go_to("Operator", backward=True)
        page = kypholog.window.findChild(EditorPage)
        assert isinstance(page, EditorPage)
        page._drafting.told.connect(lambda: tell(page))
        typing.start()

    def type_on() -> None:
        nonlocal typed
        typed += 1
        keys.type("x")

    def tell(page: EditorPage) -> None:
        last = page._drafting._last
        if last is not None and last.typing is not None and page._top.state == "Draft kept":
            print(last.typing.text, flush=True)

    # A child that cannot go on must not be waited for.
    sys.excepthook = lambda kind, error, trace: os._exit(1)
    typing = QTimer(kypholog, interval=50)
    typing.timeout.connect(type_on)
    kypholog.events.opened.connect(lambda: QTimer.singleShot(0, kypholog, begin))
    kypholog.session.open(folder)
    app.exec()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_was_being_typed_when_the_program_was_killed_is_offered_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    told = [child.stdout.readline().strip() for _ in range(TOLD)]
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert all(told)

    logbook = Logbook.open(folder)
    assert verify(logbook) == []
    (draft,) = drafts(logbook)
    logbook.close()
    assert draft.typing is not None
    assert draft.typing.text.startswith(told[-1])

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store))
    qtbot.addWidget(kypholog.window)
    kypholog.window.show()
    kypholog.session.open(folder)
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(DraftsDialog)))
    kypholog.window.findChildren(DraftsDialog)[0].resume.click()
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(EditorPage)))
    page = kypholog.window.findChildren(EditorPage)[0]
    qtbot.waitUntil(lambda: page.case_id == draft.case_id)
    title, refused = page._top.title, [told.text for told in page._binder.refused()]
    box = page._form.find_box(draft.typing.row_id, draft.typing.field)
    text = box.text() if box is not None else ""
    aside = page._form.aside(taken=False)
    # Before anything can fail: a window with something unsaved asks when it is closed.
    page._show_nothing("")
    kypholog.session.close()
    kypholog.jobs.wait()
    app.setStyleSheet("")
    assert title == "New case · P-7"
    assert refused == ["very old"]
    assert text == draft.typing.text
    assert aside == {"level": "t1x", "pain_scale": PainScale.NRS.label}
