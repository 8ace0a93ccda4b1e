# SPDX-License-Identifier: MIT
"""A change of text size while the program runs looks as if it had been started with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.example import add_example
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.measuring import measures_of, sides
from ui.application import Application
from ui.editor.page import EditorPage
from ui.measures import gap, keep
from ui.settings import Settings
from ui.theme import Theme

Start = Callable[[float], AbstractContextManager[Application]]

SIZE = (1800, 1200)
LARGE = 1.5
FIGURES_MS = 60_000  # the first figure of a process waits for matplotlib
PAGES = ("welcome", "cases", "editor", "outcomes")


def test_a_length_follows_the_scale(qtbot: QtBot) -> None:
    theme, widget = Theme("light"), QWidget()
    qtbot.addWidget(widget)
    layout = QVBoxLayout(widget)
    keep(theme, layout.setContentsMargins, 10, 0, 20, 4)
    keep(theme, widget.setFixedWidth, 100)
    gap(theme, layout, 30)
    theme.set_scale(1.5)
    assert sides(layout.contentsMargins()) == (15, 0, 30, 6)
    assert widget.minimumWidth() == widget.maximumWidth() == 150
    spacer = layout.itemAt(0)
    assert spacer is not None
    assert spacer.sizeHint().toTuple() == (0, 45)
    assert spacer.maximumSize().height() == 45


def test_what_is_gone_is_measured_no_more(qtbot: QtBot) -> None:
    theme, widget = Theme("light"), QLabel("gone")
    heard: list[int] = []
    keep(theme, widget.setIndent, 4)
    keep(theme, widget.setMargin, 4)
    widget.destroyed.connect(lambda: heard.append(1))
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert heard
    theme.set_scale(2)


def test_only_a_qt_object_can_keep_a_length() -> None:
    with pytest.raises(TypeError, match="Qt object"):
        keep(Theme("light"), print, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Example.kypholog"
    logbook = new_logbook(made)
    add_example(logbook)
    save_case(logbook, a_case("P-1", Level.T11, Level.T12, before=8, after=2))
    logbook.close()
    return made


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Start:
    """A window at a scale, to be used in a ``with`` block."""

    @contextmanager
    def started(scale: float) -> Iterator[Application]:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        store = QSettings(str(tmp_path / f"at-{scale}.ini"), QSettings.Format.IniFormat)
        settings = Settings(store)
        settings.scale = scale
        made = Application(app, settings)
        made.window.resize(*SIZE)
        made.window.show()
        yield made
        made.session.close()
        # What jobs bring has to find the window still there.
        qtbot.waitUntil(lambda: not made.jobs.is_busy, timeout=FIGURES_MS)
        made.window.hide()
        made.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.setStyleSheet("")

    return started


@pytest.mark.parametrize("page", PAGES)
def test_a_window_that_was_made_larger_is_one_that_was_started_larger(
    qtbot: QtBot, start: Start, folder: Path, page: str
) -> None:
    with start(LARGE) as kypholog:
        _show(kypholog, folder, page, qtbot)
        started = _measured(kypholog, qtbot)
    with start(1.0) as kypholog:
        _show(kypholog, folder, page, qtbot)
        kypholog.theme.set_scale(LARGE)
        scaled = _measured(kypholog, qtbot)
    different = [
        f"{there}: started {started[there]}, made larger {scaled.get(there)}"
        for there in started
        if started[there] != scaled.get(there)
    ]
    assert not different, "\n".join(different)
    assert len(started) == len(scaled)


def _show(kypholog: Application, folder: Path, page: str, qtbot: QtBot) -> None:
    window = kypholog.window
    if page == "welcome":
        return
    with qtbot.waitSignal(window.cases.filled):
        kypholog.session.open(folder)
    window.cases.select_row(0)
    if page == "editor":
        (case_id,) = window.cases.selected_cases()
        window.edit_case(case_id)
        editor = window.findChild(EditorPage)
        assert editor is not None
        # It comes in steps, between which no job is under way.
        qtbot.waitUntil(lambda: editor.isVisible() and editor.case_id == case_id)
    elif page == "outcomes":
        window.show_page(page)
        outcomes = window.outcomes
        assert outcomes is not None
        # It comes into sight in steps, between which no job is under way.
        views = outcomes.content.views.values()
        qtbot.waitUntil(
            lambda: all(view.isVisible() and not view.image.isNull() for view in views),
            timeout=FIGURES_MS,
        )
    else:
        qtbot.waitUntil(window.cases.detail.case.isVisible)
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=FIGURES_MS)


def _measured(kypholog: Application, qtbot: QtBot) -> dict[str, object]:
    """Every layout and every widget in sight, by its way from the window, with its measures."""
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=FIGURES_MS)
    for _ in range(5):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    return measures_of(kypholog.window)
