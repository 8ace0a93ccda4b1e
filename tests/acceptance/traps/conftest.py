# SPDX-License-Identifier: MIT
"""The editor on a logbook of its own, the command line, and a user with a keyboard."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from main import main
from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.schema import Record
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.page import EditorPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme
from ui.widgets.field_box import FieldBox


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog")
    yield opened
    opened.close()


def settle_jobs(jobs: Jobs) -> None:
    jobs.wait()


class Clinic:
    """What a user does with a case in the window."""

    def __init__(self, qtbot: QtBot, page: EditorPage, logbook: Logbook) -> None:
        self.qtbot = qtbot
        self.page = page
        self.logbook = logbook
        self.keys = Keyboard()

    @property
    def case(self) -> Case:
        """The case in the editor, as it stands there."""
        case = self.page._editing.case
        assert case is not None
        return case

    def open(self, case: Case) -> None:
        """Store a case, and show it in the editor."""
        save_case(self.logbook, case)
        self.page.edit(self.logbook, case.id)
        self.qtbot.waitUntil(lambda: self.page.case_id == case.id)

    def enter(self, row: Record, field: str, text: str) -> FieldBox:
        """Go to a box, type into it, and leave it."""
        box = self.page._form.find_box(str(row.id), field)
        assert box is not None
        box.input.setFocus()
        self.keys.press(Key.Key_A, with_=Qt.KeyboardModifier.ControlModifier)
        if text.isascii():
            self.keys.type(text)
        else:
            # The keys of a test are those of a Latin keyboard; other signs come as if pasted.
            box.input.show_text(text)
        self.keys.press(Key.Key_Tab)
        settle()
        return box

    def told(self) -> list[str]:
        """What the list beside the form says, without what is folded away."""
        entries = self.page._stage.side.findings.focus_boxes()
        return [entry.accessibleName() for entry in entries]

    def save(self) -> Case:
        """Press Ctrl+Enter, and read what is stored."""
        with self.qtbot.waitSignal(self.page.saved):
            self.keys.press(Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
        return load_case(self.logbook, self.case.id)

    def is_refused(self) -> bool:
        """Press Ctrl+Enter, and see that nothing is stored."""
        before = self.case.version
        self.keys.press(Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
        self.page._keeper.wait()
        settle()
        return bool(load_case(self.logbook, self.case.id).version == before)


@pytest.fixture
def clinic(qtbot: QtBot, logbook: Logbook) -> Iterator[Clinic]:
    jobs = Jobs()
    page = EditorPage(jobs, Theme("light"), LogbookEvents())
    qtbot.addWidget(page, before_close_func=lambda _page: settle_jobs(jobs))
    page.resize(1192, 798)
    with qtbot.waitActive(page):
        page.show()
    yield Clinic(qtbot, page, logbook)
    jobs.wait()


@pytest.fixture
def outcomes(logbook: Logbook, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Save cases, and ask the command line for the outcomes."""

    def ask(*cases: Case) -> Any:
        for case in cases:
            save_case(logbook, case)
        assert main(["--logbook", str(logbook.folder), "outcomes", "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return ask


@pytest.fixture
def exported(
    logbook: Logbook, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[dict[str, str]]]:
    """Save cases, and read the flat export that the command line writes."""

    def read(*cases: Case) -> list[dict[str, str]]:
        for case in cases:
            save_case(logbook, case)
        target = logbook.folder.parent / "cases.csv"
        assert main(["--logbook", str(logbook.folder), "export", "--out", str(target)]) == 0
        capsys.readouterr()
        with target.open(encoding="utf-8", newline="") as text:
            return list(csv.DictReader(text))

    return read
