# SPDX-License-Identifier: MIT
"""Promise: nobody is lost to follow-up: five patients are rung with a handful of keys each."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import load_case, save_case
from models.followup.spans import Which
from models.followup.tally import tally
from models.logbook import Logbook
from models.verify import verify
from models.vocabulary import AssessmentMissing
from tests.acceptance.test_case_two_in_the_window import running
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
DAYS = (58, 56, 54, 52, 50)
MOST_KEYS = 3


def test_five_patients_are_rung_by_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    folder, today = tmp_path / "Clinic.kypholog", date.today()
    logbook = Logbook.create(folder)
    cases = []
    for place, days in enumerate(DAYS):
        on = (today - timedelta(days)).isoformat()
        cases.append(a_case(f"P-{place}", on=on, before=8, after=None))
        save_case(logbook, cases[-1])
    logbook.close()

    with running(qtbot, folder) as kypholog:
        keys, window = Keyboard(), kypholog.window
        keys.press(Key.Key_2, with_=CTRL)
        qtbot.waitUntil(lambda: keys.place == "Pain of P-0, 1 month", timeout=120_000)
        start = keys.pressed + keys.typed
        keys.type("2").press(Key.Key_Return)
        assert keys.place == "Pain of P-1, 1 month"
        assert keys.pressed + keys.typed - start <= MOST_KEYS
        keys.type("0-1").press(Key.Key_Return)
        keys.press(Key.Key_N, with_=ALT)
        keys.press(Key.Key_D, with_=ALT)
        assert keys.place == "Pain of P-4, 1 month"
        keys.press(Key.Key_M, with_=ALT)
        qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=120_000)
        # The last one was a slip: the patient only changed the practice.
        keys.press(Key.Key_Z, with_=CTRL)
        qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=120_000)
        assert window.shown_page == "followup"

    logbook = Logbook.open(folder)
    scored, ranged, tried, declined, waiting = (
        load_case(logbook, case.id).assessments[1:] for case in cases
    )
    assert (scored[0].pain_low, scored[0].assessed_on) == (2, today.isoformat())
    assert (ranged[0].pain_low, ranged[0].pain_high) == (0, 1)
    assert tried[0].missing_reason is AssessmentMissing.NOT_REACHED
    assert declined[0].missing_reason is AssessmentMissing.DECLINED
    assert waiting == []
    assert tally(logbook, today).counts()[Which.OVERDUE] == 2
    assert verify(logbook) == []
    logbook.close()
