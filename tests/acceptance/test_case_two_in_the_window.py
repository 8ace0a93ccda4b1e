# SPDX-License-Identifier: MIT
"""Promise: what is typed into the window is in list, chart and export, as the paper has it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.example import example_cases
from tests.acceptance.test_enter_case import (
    enter_follow_up,
    enter_level,
    enter_pain_before,
    enter_patient,
    enter_procedure,
)
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Key, Keyboard
from ui.application import Application
from ui.data.export_dialog import ExportChoice
from ui.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier

PAPER = {
    "patient_code": "Jones2009-II",
    "sex": "female",
    "age_at_procedure": "75",
    "performed_on": "",
    "operator": "",
    "level": "T12",
    "technique": "balloon_kyphoplasty",
    "approach": "transpedicular",
    "side": "right",
    "cement_ml": "6",
    "leakage": "none",
    "leak_locations": "",
    "height_gain_mm": "",
    "height_gain_low_mm": "3",
    "height_gain_high_mm": "5",
    "diagnosis": "hemangioma|fracture_unspecified",
    "diagnosis_basis": "mri",
    "marrow_edema": "no",
    "neuro_status": "none",
    "anesthesia": "general",
    "guidance": "fluoroscopy",
    "cognitive_impairment": "yes",
    "depression": "yes",
    "pain_duration": "1",
    "pain_duration_unit": "months",
    "any_complication": "no",
    "pain_scale": "vas_0_10",
    "pain_baseline": "10",
    "pain_undated": "",
    "pain_undated_low": "",
    "pain_undated_high": "",
    "pain_undated_words": "totally resolved",
    "outcome_undated": "resolved",
}
"""Case II in the words of the export: what the paper states, and nothing where it is silent."""

FOLLOW_UP = ("24h", "1w", "1m", "3m", "6m", "12m", "24m")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Clinic.kypholog"
    new_logbook(made).close()
    return made


@contextmanager
def running(qtbot: QtBot, folder: Path) -> Iterator[Application]:
    """The program with this logbook open, from its start to its end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(folder.parent / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store))
    with qtbot.waitSignal(kypholog.window.cases.filled):
        kypholog.start(str(folder))
    qtbot.waitActive(kypholog.window)
    yield kypholog
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert kypholog.window.close()
    assert kypholog.session.logbook is None
    # It would be dressed anew with the window of the next start.
    kypholog.window.deleteLater()
    QApplication.sendPostedEvents(kypholog.window, QEvent.Type.DeferredDelete)


def enter_case_two(qtbot: QtBot, kypholog: Application) -> None:
    keys = Keyboard()
    facts = example_cases()[1]
    keys.press(Key.Key_N, with_=CTRL)
    qtbot.waitUntil(lambda: keys.place.startswith("Patient code"))
    enter_patient(keys, facts)
    enter_pain_before(keys, facts)
    enter_procedure(keys)
    enter_level(keys, facts.levels[0])
    enter_follow_up(keys, facts)
    with qtbot.waitSignal(kypholog.events.case_saved):
        keys.press(Key.Key_Return, with_=CTRL)


def cells(kypholog: Application) -> list[str]:
    model = kypholog.window.cases.model
    columns = range(model.columnCount())
    return [str(model.index(0, column).data() or "") for column in columns]


def test_case_two_goes_the_whole_way(qtbot: QtBot, folder: Path) -> None:
    with running(qtbot, folder) as kypholog:
        enter_case_two(qtbot, kypholog)

    with running(qtbot, folder) as kypholog:
        shown = cells(kypholog)
        for said in ("Jones2009-II", "75 F", "T12", "Balloon kyphoplasty", "6.0", "+3–5"):
            assert said in shown
        assert any("10" in cell and "resolved" in cell for cell in shown)

        window = kypholog.window
        window.show_page("outcomes")
        qtbot.waitUntil(lambda: window.outcomes is not None and window.outcomes.outcome is not None)
        assert window.outcomes is not None
        outcome = window.outcomes.outcome
        assert outcome is not None
        assert outcome.n_before == 1
        assert outcome.n_after == 0
        assert "No complete pair" in outcome.message

        target = folder.parent / "out.csv"
        logbook = kypholog.session.logbook
        assert logbook is not None
        window.tasks.run_export(logbook, ExportChoice(target, None))
        qtbot.waitUntil(target.exists)

    with target.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert {name: row[name] for name in PAPER} == PAPER
    assert [row[f"pain_{time}"] for time in FOLLOW_UP] == [""] * len(FOLLOW_UP)
