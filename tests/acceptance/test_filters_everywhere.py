# SPDX-License-Identifier: MIT
"""Promise: what is asked for on one page, typed or clicked, is at hand on every other."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.filters import list_filters
from models.vocabulary import Leakage, Level
from tests.builders import a_case
from tests.fresh import new_logbook
from ui.application import Application
from ui.data.export_dialog import ExportDialog
from ui.filters.bar import FilterBar
from ui.filters.save_dialog import SaveDialog
from ui.settings import Settings

Key = Qt.Key
WANTED = ["P-4", "P-1"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six cases, two of which leaked at T12."""
    place = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(place)
    cases = [
        a_case(
            f"P-{number}",
            Level.T12 if number % 3 else Level.L1,
            on=f"2025-0{number + 1}-10",
            after_on=f"2025-0{number + 2}-12",
            leakage=Leakage.PRESENT if number in (1, 3, 4) else Leakage.NONE,
        )
        for number in range(6)
    ]
    save_many(logbook, cases)
    logbook.close()
    return place


@pytest.fixture
def kypholog(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Application]:
    store = QSettings(str(folder.parent / "settings.ini"), QSettings.Format.IniFormat)
    running = Application(qapp, Settings(store))
    qtbot.addWidget(running.window)
    running.window.show()
    running.window.activateWindow()
    with qtbot.waitSignal(running.window.cases.filled, timeout=30_000):
        running.session.open(folder)
    yield running
    running.session.close()
    qtbot.waitUntil(lambda: not running.jobs.is_busy, timeout=30_000)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def patients(kypholog: Application) -> list[str]:
    model = kypholog.window.cases.model
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def choose(menu: QMenu, text: str) -> None:
    menu.aboutToShow.emit()
    found = next(one for one in menu.actions() if one.text().replace("&", "") == text)
    found.trigger()


def trigger(kypholog: Application, name: str) -> None:
    action = kypholog.window.desks.actions[name]
    assert action is not None
    action.trigger()


def dialog(window: QWidget, kind: type[QWidget]) -> QWidget:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def search(qtbot: QtBot, kypholog: Application) -> FilterBar:
    """Type half of what is wanted and click the other half."""
    cases = kypholog.window.cases
    bar = cases.bar.filters
    trigger(kypholog, "find")
    assert bar.line.hasFocus()
    QTest.keyClicks(bar.line, "leak:yes")
    qtbot.waitUntil(lambda: len(patients(kypholog)) == 3)
    bar.chips.open_offers("level")
    assert bar.chips.panel is not None
    QTest.keyClicks(bar.chips.panel.view, "t12")
    QTest.keyClick(bar.chips.panel.view, Key.Key_Return)
    qtbot.waitUntil(lambda: patients(kypholog) == WANTED)
    assert bar.line.text() == "leak:present level:T12"
    return bar


def test_a_filter_goes_from_the_list_to_outcomes_and_export(
    qtbot: QtBot, kypholog: Application, folder: Path
) -> None:
    window = kypholog.window
    bar = search(qtbot, kypholog)
    choose(bar.saved.menu(), "Save filter…")
    saving = dialog(window, SaveDialog)
    assert isinstance(saving, SaveDialog)
    QTest.keyClicks(saving.name, "Leaks at T12")
    QTest.keyClick(saving.name, Key.Key_Return)
    logbook = kypholog.session.logbook
    assert logbook is not None
    qtbot.waitUntil(lambda: [kept.name for kept in list_filters(logbook)] == ["Leaks at T12"])
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)

    window.show_page("outcomes")
    page = window.outcomes
    assert page is not None
    qtbot.waitUntil(
        lambda: bool(page.outcome and page.outcome.numbers.n_cases == 6), timeout=30_000
    )
    choose(page.filters.saved.menu(), "Leaks at T12")
    qtbot.waitUntil(
        lambda: bool(page.outcome and page.outcome.numbers.n_cases == 2), timeout=30_000
    )
    assert page.filters.line.text() == "leak:present level:T12"

    target = folder.parent / "leaks.csv"
    answer_export(kypholog, target)
    trigger(kypholog, "export")
    qtbot.waitUntil(target.exists, timeout=30_000)
    with target.open(encoding="utf-8", newline="") as file:
        assert {row["patient_code"] for row in csv.DictReader(file)} == set(WANTED)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=30_000)
    for box in window.findChildren(QMessageBox):
        box.close()


def answer_export(kypholog: Application, target: Path) -> None:
    """Answer the dialog when it comes, with what it proposes but for the file."""

    def answer() -> None:
        exporting = dialog(kypholog.window, ExportDialog)
        assert isinstance(exporting, ExportDialog)
        assert exporting.filters.isVisible()
        exporting.target.setText(str(target))
        exporting.export.click()

    QTimer.singleShot(0, kypholog.window, answer)


def test_the_keyboard_alone_searches_and_comes_back(qtbot: QtBot, kypholog: Application) -> None:
    cases = kypholog.window.cases
    bar = cases.bar.filters
    cases.table.setFocus()
    with qtbot.waitSignal(cases.filled):
        QTest.keyClicks(cases.table, "t")
        QTest.keyClicks(bar.line, "12 leak")
    press(Key.Key_Tab)
    assert bar.line.text() == "t12 leak:"
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: patients(kypholog) == WANTED)
    press(Key.Key_Return)
    assert QApplication.focusWidget() is cases.table
    trigger(kypholog, "find")
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(patients(kypholog)) == 6)
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is cases.table


def test_last_searches_are_shared_between_pages_and_gone_with_the_logbook(
    qtbot: QtBot, kypholog: Application
) -> None:
    window = kypholog.window
    search(qtbot, kypholog).clear()
    qtbot.waitUntil(lambda: len(patients(kypholog)) == 6)
    window.show_page("outcomes")
    assert window.outcomes is not None
    menu = window.outcomes.filters.saved.menu()
    menu.aboutToShow.emit()
    assert "leak:present level:T12" in [action.text() for action in menu.actions()]
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=30_000)
    kypholog.session.close()
    menu.aboutToShow.emit()
    assert "leak:present level:T12" not in [action.text() for action in menu.actions()]
