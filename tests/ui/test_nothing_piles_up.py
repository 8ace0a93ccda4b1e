# SPDX-License-Identifier: MIT
"""What was shown and closed is let go: nothing piles up in a window that is open for weeks."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.logbook import Logbook
from tests.builders import a_case
from tests.fresh import new_logbook
from ui.application import Application
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme

ROUNDS = 10
PAGES = ("followup", "outcomes", "safety", "literature", "cases")
WINDOWS = ("help", "find_command", "settings")


def living(*names: str) -> Counter[str]:
    """How many objects of Python there are, by the name of their class."""
    gc.collect()
    kinds = (type(one).__name__ for one in gc.get_objects())
    return Counter(kind for kind in kinds if kind in names)


def _holds(kept: Sequence[object], n: int) -> bool:
    return len(kept) == n


def test_a_job_that_has_ended_leaves_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    for _ in range(3 * ROUNDS):
        # Kept apart in memory, so that none takes the place of the one before.
        kept: list[object] = []
        jobs.run(None, partial(object), kept.append)
        jobs.run(None, partial(object), kept.append)
        qtbot.waitUntil(partial(_holds, kept, 2))
    qtbot.waitUntil(lambda: not living("Job", "_Runner"))


def _note(gone: list[bool], _dialog: object = None) -> None:
    gone.append(True)


def test_a_filter_bar_goes_with_its_dialog_though_the_shelf_stays(
    jobs: Jobs, theme: Theme, events: LogbookEvents, logbook: Logbook, qtbot: QtBot
) -> None:
    shelf, names = FilterShelf(jobs, events), ("FilterBar", "ChipRow", "Offer")
    before = living(*names)
    for _ in range(3):
        dialog = QDialog()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bar = FilterBar(jobs, theme, events, shelf, parent=dialog)
        bar.set_logbook(logbook)
        dialog.show()
        gone: list[bool] = []
        dialog.destroyed.connect(partial(_note, gone))
        dialog.close()
        del bar, dialog
        qtbot.waitUntil(partial(_holds, gone, 1))
    # What it had asked for may still be under way.
    qtbot.waitUntil(lambda: not living(*names) - before)
    # Nobody is there any more to be told.
    shelf.known_changed.emit()


@pytest.fixture
def kypholog(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    save_case(logbook, a_case("P-1", before=8, after=(1, 2)))
    logbook.close()
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(qapp, Settings(store))
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.window.cases.filled):
        made.start(str(folder))
    yield made
    made.session.close()
    made.jobs.wait()


def walk(kypholog: Application, qtbot: QtBot) -> None:
    """To every page, to a case, to the help and other windows, and back."""
    window = kypholog.window

    def rest() -> None:
        qtbot.waitUntil(lambda: not kypholog.jobs.is_busy and window.is_furnished)

    rest()
    for page in PAGES:
        window.show_page(page)
        rest()
    window.cases.select_row(0)
    window.desks.actions["edit_case"].trigger()
    qtbot.waitUntil(lambda: window.editor is not None and window.editor.case_id != "")
    rest()
    window.desks.actions["close_editor"].trigger()
    for name in WINDOWS:
        window.desks.actions[name].trigger()
        rest()
        for top in QApplication.topLevelWidgets():
            if top is not window and top.isVisible():
                top.close()
        rest()


def objects(kypholog: Application) -> Counter[str]:
    """How many objects of Qt there are in the window, by the name of their class."""
    return Counter(type(one).__name__ for one in kypholog.window.findChildren(QObject))


def test_walks_through_the_window_leave_as_much_as_there_was(
    kypholog: Application, qtbot: QtBot
) -> None:
    # What is made once is made by then.
    walk(kypholog, qtbot)
    before = objects(kypholog)
    for _ in range(2):
        walk(kypholog, qtbot)
    qtbot.waitUntil(lambda: not objects(kypholog) - before)
