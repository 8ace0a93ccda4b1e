# SPDX-License-Identifier: MIT
"""A logbook that an older program left is brought up to date before it is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.catchup import CHUNK
from models.logbook import Logbook
from models.sample import make_cases
from models.verify import verify
from tests.fresh import new_logbook
from tests.older_program import leave_behind
from tests.ui.room import offenders
from ui.application import Application
from ui.help.catching_up import CatchingUp
from ui.jobs import Job
from ui.status import StatusBar

CASES = 3 * CHUNK


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logbook = new_logbook(tmp_path_factory.mktemp("older") / "Clinic.kypholog")
    save_many(logbook, make_cases(CASES, seed=2))
    leave_behind(logbook)
    logbook.close()
    return logbook.folder


@pytest.fixture
def clinic(older: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(older, tmp_path / older.name))


def shown(kypholog: Application) -> CatchingUp:
    found = kypholog.window.findChild(CatchingUp)
    assert found is not None
    return found


def found_in(folder: Path) -> list[str]:
    logbook = Logbook.open(folder)
    try:
        return verify(logbook)
    finally:
        logbook.close()


def test_progress_is_shown_and_then_the_cases(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    page = shown(kypholog)
    with qtbot.waitSignal(kypholog.events.opened, timeout=30_000):
        with qtbot.waitSignal(kypholog.session.catching_up):
            kypholog.session.open(clinic)
        assert page.isVisible()
        label, bar = page.findChildren(QLabel)[0], page.findChildren(QProgressBar)[0]
        bar.valueChanged.connect(lambda: told.append(bar.accessibleName()))
        assert label.text() == "Bringing Clinic up to date … 0 %"
    assert not page.isVisible()
    assert told
    assert kypholog.session.logbook is not None
    assert verify(kypholog.session.logbook) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_word_has_room(kypholog: Application, qtbot: QtBot, scale: float) -> None:
    kypholog.theme.set_scale(scale)
    kypholog.window.resize(1280, 720)
    job = Job(kypholog)
    kypholog.session.catching_up.emit(job, "Hospital of the Long Name")
    job.progress(99, 100)
    assert shown(kypholog).isVisible()
    qtbot.waitUntil(lambda: list(offenders(kypholog.window)) == [])
    job.finished.emit()
    assert not shown(kypholog).isVisible()
    qtbot.waitUntil(lambda: list(offenders(kypholog.window)) == [])


def test_cancelled_the_logbook_stays_closed_and_the_next_opening_goes_on(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(kypholog.session.catching_up):
        kypholog.session.open(clinic)
    page = shown(kypholog)
    (cancel,) = page.findChildren(QPushButton)
    assert cancel.hasFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert kypholog.session.logbook is None
    assert not page.isVisible()
    assert kypholog.window.shown_page == "welcome"
    with qtbot.waitSignal(kypholog.events.opened, timeout=30_000):
        kypholog.session.open(clinic)
    kypholog.session.close()
    assert found_in(clinic) == []


def test_the_open_logbook_stays_usable_meanwhile(
    kypholog: Application, clinic: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(kypholog.events.opened):
        kypholog.session.create(tmp_path / "Other.kypholog")
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    with qtbot.waitSignal(kypholog.session.catching_up):
        kypholog.session.open(clinic)
    assert kypholog.window.shown_page == "cases"
    status = kypholog.window.findChildren(StatusBar)[0]
    words = [label.text() for label in status.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("Bringing Clinic up to date") for text in words)
    with qtbot.waitSignal(kypholog.events.opened, timeout=30_000):
        pass
    assert kypholog.session.logbook is not None
    assert kypholog.session.logbook.name == "Clinic"


def test_opening_another_one_gives_it_up(
    kypholog: Application, clinic: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(kypholog.session.catching_up):
        kypholog.session.open(clinic)
    with qtbot.waitSignal(kypholog.events.opened):
        kypholog.session.create(tmp_path / "Other.kypholog")
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert kypholog.session.logbook is not None
    assert kypholog.session.logbook.name == "Other"


def test_closing_the_window_does_not_wait_for_it(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(kypholog.session.catching_up):
        kypholog.session.open(clinic)
    kypholog.window.close()
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert kypholog.session.logbook is None
