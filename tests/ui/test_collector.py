# SPDX-License-Identifier: MIT
"""Windows that were left behind end on the UI thread, whatever the threads of jobs do meanwhile."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Callable
from types import ModuleType

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from models.errors import LogbookError
from ui.collector import Collector, keep_all
from ui.jobs import Jobs


class Page(QWidget):
    """Says in which thread it ended."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


def leave_behind(ended: list[int]) -> weakref.ref[Page]:
    """A page that only the search for cycles can find."""
    page = Page(ended)
    page.itself = page  # type: ignore[attr-defined]
    return weakref.ref(page)


def make_much() -> int:
    """What has Python search for cycles several times, wherever it is allowed to."""
    kept: list[list[object]] = [[] for _ in range(100_000)]
    return len(kept)


def test_what_is_left_behind_while_a_job_works_ends_on_the_ui_thread(
    jobs: Jobs, qtbot: QtBot
) -> None:
    ended: list[int] = []
    left = leave_behind(ended)
    made: list[int] = []
    jobs.run(None, make_much, made.append)
    assert jobs.wait()
    assert left() is not None, "the job has searched for cycles"
    qtbot.waitUntil(lambda: bool(made))
    # As long as something new is made, the young and then the less young are looked through.
    kept: list[list[object]] = []

    def is_ended() -> bool:
        kept.extend([] for _ in range(1_000))
        return bool(ended)

    qtbot.waitUntil(is_ended)
    assert ended == [threading.get_ident()]


def test_a_library_that_was_loaded_is_looked_through_no_more(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = [ModuleType(f"kypholog_library_{number}") for number in range(150)]
    for module in library:
        monkeypatch.setitem(sys.modules, module.__name__, module)
    before = gc.get_freeze_count()
    kept: list[list[object]] = []

    def is_left_alone() -> bool:
        kept.extend([] for _ in range(1_000))
        return gc.get_freeze_count() >= before + len(library)

    qtbot.waitUntil(is_left_alone)


def test_what_a_job_holds_is_not_all_looked_through_while_it_is_under_way(qtbot: QtBot) -> None:
    """Rows of a hundred thousand cases hold the window up for a second, and are still needed."""
    collector, looks = Collector(), list[int]()
    kept: list[list[object]] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looks.append(info["generation"])

    def is_looked_at_often() -> bool:
        kept.extend([] for _ in range(50))
        return len(looks) >= 8

    paces = gc.get_threshold()
    collector.expect_jobs(under_way=True)
    gc.callbacks.append(note)
    # So that all would be due with every third look.
    gc.set_threshold(10, 0, 0)
    try:
        qtbot.waitUntil(is_looked_at_often, timeout=30_000)
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*paces)
        collector.stop()
    assert 2 not in looks


def items() -> list[QWidgetItem]:
    """Of layouts, as far as Python takes them for living ones."""
    return [one for one in Shiboken.getAllValidWrappers() if type(one) is QWidgetItem]


def test_no_item_of_a_layout_is_believed_to_live_when_its_widget_is_gone(qtbot: QtBot) -> None:
    """What comes to lie where it was would be taken for it, and end the program when it goes."""
    collector = Collector()
    page = QWidget()
    qtbot.addWidget(page)
    outer, inner = QVBoxLayout(page), QHBoxLayout()
    label = QLabel("gone soon")
    inner.addWidget(label)
    outer.addLayout(inner)
    assert items(), "then PySide has been mended, and nothing needs to be forgotten"
    label.deleteLater()
    kept: list[list[object]] = []

    def is_forgotten() -> bool:
        kept.extend([] for _ in range(1_000))
        return inner.count() == 0 and not items()

    qtbot.waitUntil(is_forgotten)
    collector.stop()


def test_items_of_a_dialog_are_forgotten_as_soon_as_it_is_in_sight(qtbot: QtBot) -> None:
    """Whoever closes it at once is quicker than the timer."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    outer, inner = QVBoxLayout(dialog), QHBoxLayout()
    inner.addWidget(QLabel("a question"))
    outer.addLayout(inner)
    assert items()
    dialog.show()
    QApplication.processEvents()
    assert not items()


@pytest.mark.parametrize("others", [gc.collect, keep_all], ids=["search", "keep"])
def test_items_are_forgotten_too_that_somebody_else_has_come_by(
    qtbot: QtBot, others: Callable[[], object]
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusWindowChanged.emit(None)
    page = QWidget()
    qtbot.addWidget(page)
    outer, inner = QVBoxLayout(page), QHBoxLayout()
    inner.addWidget(QLabel("older than the search"))
    outer.addLayout(inner)
    assert items()
    others()
    app.focusWindowChanged.emit(None)
    assert not items()


class Document(QObject):
    """Says in which thread it ended, as one that a job prints."""

    def __init__(self, ended: set[int]) -> None:
        super().__init__()
        self._ended = ended

    def __del__(self) -> None:
        self._ended.add(threading.get_ident())


def test_what_a_job_makes_ends_in_its_thread_while_items_are_forgotten(qtbot: QtBot) -> None:
    """Qt allows nobody else to stop the timers of a document, and the program may die of it."""
    page = QWidget()
    qtbot.addWidget(page)
    others = [QObject(page) for _ in range(500)]
    ended, stop = set[int](), threading.Event()

    def make() -> None:
        while not stop.is_set():
            made = [Document(ended) for _ in range(20)]
            made.clear()

    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    job = threading.Thread(target=make)
    job.start()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for _ in range(500):
        app.focusWindowChanged.emit(None)
    stop.set()
    job.join()
    sys.setswitchinterval(often)
    assert others
    assert ended == {job.ident}


def test_the_search_is_in_the_hands_of_python_again_afterwards() -> None:
    # The one that every test of a window has holds it off.
    assert not gc.isenabled()
    gc.enable()
    inner = Collector()
    assert not gc.isenabled()
    inner.stop()
    assert gc.isenabled()
    gc.disable()


def test_a_window_that_only_a_job_still_holds_ends_on_the_ui_thread(
    jobs: Jobs, qtbot: QtBot
) -> None:
    ended: list[int] = []
    go_on = threading.Event()

    def start() -> None:
        page = Page(ended)

        def work() -> str:
            go_on.wait()
            return page.windowTitle()

        jobs.run(None, work, lambda _title: None)

    start()
    assert not ended
    go_on.set()
    assert jobs.wait()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]


def test_a_window_that_only_an_error_still_holds_ends_on_the_ui_thread(
    jobs: Jobs, qtbot: QtBot
) -> None:
    ended: list[int] = []

    def start() -> None:
        page = Page(ended)

        def work() -> None:
            raise LogbookError(f"Gone: {page.windowTitle()}")

        jobs.run(None, work, lambda _nothing: None, lambda _error: None)

    start()
    assert jobs.wait()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]
