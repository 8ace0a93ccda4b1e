# SPDX-License-Identifier: MIT
"""Patients to ring, and whoever rings them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.schema import Assessment
from models.vocabulary import Level, PainScale
from tests.builders import a_case
from ui.application import Application
from ui.followup.page import FollowUpPage

NOON = datetime(2026, 5, 20, 12, 0)
TODAY = NOON.date()
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def operated(
    logbook: Logbook,
    code: str,
    days: int,
    *,
    today: date = TODAY,
    scale: PainScale = PainScale.NRS,
    level: Level = Level.T12,
) -> Case:
    """A case of so many days ago, with a score before the procedure."""
    on = (today - timedelta(days)).isoformat()
    case = a_case(code, level, on=on, before=8, after=None, scale=scale)
    save_case(logbook, case)
    return case


def rows_of(logbook: Logbook, case: Case) -> list[Assessment]:
    """The follow-up of a case as it is stored."""
    return load_case(logbook, case.id).assessments[1:]


class Desk:
    """The program as somebody at the keyboard has it."""

    def __init__(self, kypholog: Application, qtbot: QtBot, now: list[datetime]) -> None:
        self.kypholog = kypholog
        self.window = kypholog.window
        self._qtbot = qtbot
        self._now = now

    @property
    def page(self) -> FollowUpPage:
        found = self.window.followup.page
        assert found is not None
        return found

    @property
    def logbook(self) -> Logbook:
        found = self.kypholog.session.logbook
        assert found is not None
        return found

    @property
    def focus(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # Without a desktop nobody gives the focus back when a dialog closes.
            self.window.activateWindow()
            QApplication.processEvents()
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    @property
    def patient(self) -> str:
        """Who is asked now."""
        line = self.page.table.line
        return line.case.patient_code if line is not None else ""

    @property
    def patients(self) -> list[str]:
        """Who is in the list."""
        lines = [self.page.model.line(row) for row in range(self.page.model.rowCount())]
        return [line.case.patient_code for line in lines if line is not None]

    def settle(self) -> None:
        """Let jobs end, and what they brought find its place."""
        for _ in range(3):
            QApplication.processEvents()
            self._qtbot.waitUntil(lambda: not self.kypholog.jobs.is_busy, timeout=120_000)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.focus, key, with_)
        QApplication.processEvents()

    def enter(self, text: str) -> None:
        """Type a score and Enter."""
        self.type(text)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def let_linger(self, ms: int) -> None:
        """Have saved rows stay in the list for so long."""
        self.page._lingering.setInterval(ms)

    def let_leave(self) -> None:
        """Let the rows that are saved leave the list at once."""
        self.page.refresh()
        self.settle()

    def stand_of(self, case: Case) -> str:
        settled = self.page.calls.settled(case.id)
        return settled.stand.value if settled is not None else ""

    def turn_clock(self, to: datetime) -> None:
        """The machine's clock says something else, and is looked at."""
        self._now[0] = to
        self.kypholog.today.look()
        self.settle()
