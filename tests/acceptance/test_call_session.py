# SPDX-License-Identifier: MIT
"""Promise: nobody is lost to follow-up: ten patients are rung with a handful of keys each."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case, load_case, save_case
from models.followup.spans import Which
from models.followup.tally import tally
from models.logbook import Logbook
from models.schema import Assessment
from models.verify import verify
from models.vocabulary import AnalgesicLevel, AssessmentMissing, AssessmentMode
from tests.acceptance.test_case_two_in_the_window import running
from tests.acceptance.typist import Typist
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Key

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
FIRST_DAY, PATIENTS = 58, 10
MOST_KEYS = 5
MOST_SECONDS = 15


def stored(folder: Path, today: date) -> list[Case]:
    logbook = new_logbook(folder)
    cases = []
    for place in range(PATIENTS):
        on = (today - timedelta(FIRST_DAY - place)).isoformat()
        cases.append(a_case(f"P-{place}", on=on, before=8, after=None))
        save_case(logbook, cases[-1])
    logbook.close()
    return cases


def ring(typist: Typist) -> None:
    """Ask all of them, one after the other."""
    typist.answer("2").answer("0-1").answer("much better").answer("10")
    typist.think().press(Key.Key_N, with_=ALT)
    typist.think().press(Key.Key_D, with_=ALT)
    typist.think().type("3").press(Key.Key_Tab).think().press(Key.Key_Down, Key.Key_Down)
    typist.press(Key.Key_Return)
    # A slip, said beside the box, and mended.
    typist.answer("7.5").think().press(Key.Key_Escape).type("7").press(Key.Key_Return)
    typist.answer("4")
    typist.think().press(Key.Key_M, with_=ALT)


def test_ten_patients_are_rung_by_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    folder, today = tmp_path / "Clinic.kypholog", date.today()
    cases = stored(folder, today)
    with running(qtbot, folder) as kypholog:
        typist, window = Typist(), kypholog.window
        typist.press(Key.Key_2, with_=CTRL)
        qtbot.waitUntil(lambda: typist.place == "Pain of P-0, 1 month", timeout=120_000)
        before, start = typist.strokes, typist.seconds
        ring(typist)
        assert (typist.strokes - before) / PATIENTS <= MOST_KEYS
        assert (typist.seconds - start) / PATIENTS < MOST_SECONDS / 3
        qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=120_000)
        # The last one was a slip too: the patient only changed the practice.
        typist.press(Key.Key_Z, with_=CTRL)
        qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=120_000)
        assert window.shown_page == "followup"

    logbook = Logbook.open(folder)
    found = [told(load_case(logbook, case.id).assessments[1:]) for case in cases]
    assert found == [
        (2, 2, None, None),
        (0, 1, None, None),
        (None, None, "much better", None),
        (10, 10, None, None),
        (None, None, None, AssessmentMissing.NOT_REACHED),
        (None, None, None, AssessmentMissing.DECLINED),
        (3, 3, None, None),
        (7, 7, None, None),
        (4, 4, None, None),
        None,
    ]
    first = load_case(logbook, cases[0].id).assessments[1]
    assert (first.assessed_on, first.mode) == (today.isoformat(), AssessmentMode.PHONE)
    seventh = load_case(logbook, cases[6].id).assessments[1]
    assert seventh.analgesic_level is AnalgesicLevel.NON_OPIOID
    assert tally(logbook, today).counts()[Which.OVERDUE] == 2
    assert verify(logbook) == []
    logbook.close()


def told(rows: list[Assessment]) -> tuple[object, ...] | None:
    """What is stored of the visit; None where nothing is."""
    if not rows:
        return None
    (row,) = rows
    return row.pain_low, row.pain_high, row.pain_words, row.missing_reason
