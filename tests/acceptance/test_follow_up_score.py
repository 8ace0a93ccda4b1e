# SPDX-License-Identifier: MIT
"""Promise: who rings patients enters a score with a handful of keys."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import load_case, save_case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import PainScale, TimePoint
from tests.acceptance.test_case_two_in_the_window import running
from tests.acceptance.typist import Typist
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Key, Keyboard

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOST_KEYS = 5
MOST_SECONDS = 15


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Clinic.kypholog"
    new_logbook(made).close()
    return made


def test_a_score_takes_three_keys_from_the_list(qtbot: QtBot, folder: Path) -> None:
    today = date.today()
    case = a_case("P-7", on=(today - timedelta(92)).isoformat(), before=8, after=None)
    logbook = Logbook.open(folder)
    save_case(logbook, case)
    logbook.close()

    with running(qtbot, folder) as kypholog:
        keys, window = Keyboard(), kypholog.window
        qtbot.waitUntil(lambda: window.cases.selected_cases() == [case.id])
        keys.press(Key.Key_F, with_=CTRL | SHIFT)
        qtbot.waitUntil(lambda: keys.place == "Pain, 3 months")
        keys.type("2")
        with qtbot.waitSignal(kypholog.events.case_saved):
            keys.press(Key.Key_Return, with_=CTRL)
        assert keys.pressed <= MOST_KEYS

    logbook = Logbook.open(folder)
    row = load_case(logbook, case.id).assessments[-1]
    logbook.close()
    assert (row.pain_low, row.pain_high, row.pain_scale) == (2, 2, PainScale.NRS)
    assert row.assessed_on == PartialDate(today.isoformat())
    assert (row.time_point, row.chosen) == (TimePoint.M3, True)


def test_a_score_of_a_patient_on_the_phone_takes_less_than_fifteen_seconds(
    qtbot: QtBot, folder: Path
) -> None:
    performed = (date.today() - timedelta(92)).isoformat()
    logbook = Logbook.open(folder)
    cases = [a_case(f"P-{n}", on=performed, before=8, after=None) for n in range(1200, 1230)]
    for case in cases:
        save_case(logbook, case)
    logbook.close()

    with running(qtbot, folder) as kypholog:
        typist, window = Typist(), kypholog.window
        qtbot.waitUntil(lambda: len(window.cases.selected_cases()) == 1)
        typist.think().press(Key.Key_F, with_=CTRL).think().type("P-1217")
        qtbot.waitUntil(lambda: window.cases.selected_cases() == [cases[17].id])
        typist.press(Key.Key_Return)
        # Without a screen a list that was open keeps the window from being active again.
        with qtbot.waitActive(window):
            window.activateWindow()
        typist.think().press(Key.Key_F, with_=CTRL | SHIFT)
        qtbot.waitUntil(lambda: typist.place == "Pain, 3 months")
        typist.think().type("2")
        with qtbot.waitSignal(kypholog.events.case_saved) as saved:
            typist.think().press(Key.Key_Return, with_=CTRL)
        assert typist.seconds < MOST_SECONDS

    logbook = Logbook.open(folder)
    case = load_case(logbook, str(saved.args[0]))
    logbook.close()
    assert case.patient.patient_code == "P-1217"
    assert case.assessments[-1].pain_low == 2


def test_a_follow_up_that_is_given_up_leaves_the_case_as_it_was(qtbot: QtBot, folder: Path) -> None:
    case = a_case("P-7", on="2020-01-31", before=8, after=None)
    logbook = Logbook.open(folder)
    save_case(logbook, case)
    logbook.close()

    with running(qtbot, folder) as kypholog:
        keys, window = Keyboard(), kypholog.window
        qtbot.waitUntil(lambda: window.cases.selected_cases() == [case.id])
        keys.press(Key.Key_F, with_=CTRL | SHIFT)
        qtbot.waitUntil(lambda: keys.place.startswith("Pain, "))
        keys.press(Key.Key_1, with_=CTRL)
        assert window.shown_page == "cases"

    logbook = Logbook.open(folder)
    assert load_case(logbook, case.id).version == 1
    logbook.close()
