# SPDX-License-Identifier: MIT
"""Promise 1: fill the disk while a draft is kept; typing goes on, and the draft before is there.

A save then says where and what cures it, keeps what was typed, and is done when there is room.

A child has a small disk of its own, opens a real window without a screen on a logbook that lies
there, types, fills the disk, types on, and makes room again. It tells at each turn what stands on
the disk and what the window says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from models.case import load_case
from models.drafts import Draft, drafts
from models.logbook import DATABASE_NAME, Logbook
from models.verify import verify
from tests.acceptance.refusals import ROOT, can_mount
from tests.listed import listed
from tests.ui.editor.keyboard import Key, Keyboard
from ui.application import Application, begin_qt
from ui.editor.page import EditorPage
from ui.settings import Settings

PATIENCE_MS = 60_000
LONG = "a long story " * 40_000
CHILD = """
import sys
from pathlib import Path
from tests.acceptance.test_draft_on_full_disk import type_until_the_disk_is_full
type_until_the_disk_is_full(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def until(holds: Callable[[], object]) -> None:
    patience = QDeadlineTimer(PATIENCE_MS)
    while not holds():
        if patience.hasExpired():
            raise TimeoutError
        QTest.qWait(20)


def fill_up(file: Path) -> None:
    """Write until the disk takes no more."""
    with file.open("wb", buffering=0) as filler:
        for size in (65536, 4096, 1):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue


class Child:
    """A window on a logbook on the small disk, and somebody who types."""

    def __init__(self, disk: Path, elsewhere: Path) -> None:
        self.app = begin_qt(sys.argv[:1])
        self.folder, self.filler = disk / "Clinic.kypholog", disk / "filler"
        Logbook.create(self.folder).close()
        store = QSettings(str(elsewhere / "settings.ini"), QSettings.Format.IniFormat)
        self.kypholog = Application(self.app, Settings(store))
        self.keys = Keyboard()

    @property
    def page(self) -> EditorPage:
        found = self.kypholog.window.findChild(EditorPage)
        assert isinstance(found, EditorPage)
        return found

    def kept(self) -> list[Draft]:
        logbook = Logbook.open(self.folder)
        try:
            return drafts(logbook)
        finally:
            logbook.close()

    def tell(self, turn: str) -> None:
        """What the disk and the window say."""
        case = self.page._editing.case
        assert case is not None
        (draft,) = self.kept()
        said = {
            "turn": turn,
            "operator": draft.document["procedure"][draft.case_id].get("operator"),
            "notes": len(str(draft.document["procedure"][draft.case_id].get("notes") or "")),
            "notice": self.page._notice.text,
            "state": self.page._top.state,
            "typed": len(case.procedure.notes or ""),
            "sex": str(case.patient.sex),
        }
        print(json.dumps(said), flush=True)

    def work(self) -> None:
        window, keys = self.kypholog.window, self.keys
        window.show()
        QTest.qWaitForWindowActive(window)
        self.kypholog.session.open(self.folder)
        until(lambda: self.kypholog.session.logbook is not None)
        window.new_case()
        keys.enter("P-7").go_to("Operator").enter("Dr A")
        until(lambda: "Dr A" in repr(self.kept()))
        self.tell("kept")
        fill_up(self.filler)
        QApplication.clipboard().setText(LONG)
        keys.go_to("Notes").press(Key.Key_V, with_=Qt.KeyboardModifier.ControlModifier)
        keys.press(Key.Key_Backtab)
        until(lambda: self.page._notice.text)
        keys.go_to("Sex", backward=True).enter("f")
        self.tell("full")
        self.filler.unlink()
        until(lambda: "a long story" in repr(self.kept()) and not self.page._drafting.trouble)
        self.tell("room again")
        fill_up(self.filler)
        self.save()
        until(lambda: not self.kypholog.jobs.is_busy and "Try again" in self.offered())
        self.tell("not saved")
        self.filler.unlink()
        self.save()
        until(lambda: not self.kept() and not self.page._notice.text)
        logbook = Logbook.open(self.folder)
        (case,) = (load_case(logbook, one.case_id) for one in listed(logbook))
        said = [str(case.patient.sex), case.procedure.operator, len(case.procedure.notes or "")]
        print(json.dumps([*said, self.page._notice.text, verify(logbook)]), flush=True)

    def save(self) -> None:
        self.keys.press(Key.Key_S, with_=Qt.KeyboardModifier.ControlModifier)

    def offered(self) -> list[str]:
        buttons = self.page._notice.findChildren(QAbstractButton)
        return [button.text() for button in buttons if button.isVisible()]


def type_until_the_disk_is_full(disk: Path, elsewhere: Path) -> None:
    """What the child does."""
    # A child that cannot go on must not be waited for.
    sys.excepthook = lambda kind, error, trace: (print(repr(error), file=sys.stderr), os._exit(1))
    child = Child(disk, elsewhere)

    def work() -> None:
        child.work()
        os._exit(0)

    QTimer.singleShot(0, work)
    child.app.exec()


def test_a_full_disk_stops_the_draft_and_nothing_else(tmp_path: Path) -> None:
    if not can_mount():
        pytest.skip("no disk can be mounted here")
    disk, elsewhere = tmp_path / "disk", tmp_path / "elsewhere"
    disk.mkdir()
    elsewhere.mkdir()
    mount = 'mount -t tmpfs -o size=12m tmpfs "$0" && exec "$@"'
    command = ["unshare", "-m", "sh", "-c", mount, str(disk), sys.executable, "-c", CHILD]
    done = subprocess.run(
        [*command, str(disk), str(elsewhere)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    kept, full, again, unsaved, saved = (json.loads(line) for line in done.stdout.splitlines())
    assert (kept["operator"], kept["notes"], kept["notice"]) == ("Dr A", 0, "")
    assert (full["operator"], full["notes"]) == ("Dr A", 0), "the draft before is there"
    assert (full["typed"], full["sex"]) == (len(LONG.strip()), "female"), "typing went on"
    assert full["notice"].startswith("No draft is kept just now; it is tried again every second.")
    assert f"{DATABASE_NAME}; nothing was saved. Free some space" in full["notice"]
    assert full["state"] == "Draft not kept, trying again"
    assert (again["notes"], again["notice"]) == (len(LONG.strip()), "")
    assert again["state"].startswith("Draft kept")
    assert (unsaved["typed"], unsaved["sex"]) == (len(LONG.strip()), "female"), "nothing is gone"
    assert f"{DATABASE_NAME}; nothing was saved. Free some space" in unsaved["notice"]
    assert saved == ["female", "Dr A", len(LONG.strip()), "", []], "once there is room it is saved"
