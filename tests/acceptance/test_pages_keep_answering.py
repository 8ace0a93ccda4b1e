# SPDX-License-Identifier: MIT
"""While a page opens, a case is worked on or the look changes, the window goes on answering.

What holds a window up is too much work in one turn of its event loop. How long that takes depends
on the machine; how much it is does not. So the work of each turn is counted: calls of Python on the
thread of the window, and widgets that are given their looks. The page has to come in steps, none of
which grows with the number of cases.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.case import save_case
from models.logbook import Logbook
from models.sample import make_cases
from models.vocabulary import Level, TimePoint
from tests.builders import a_case, add_score
from tests.fresh import new_logbook
from ui.charts.view import FigureView
from ui.editor.form import CaseForm
from ui.editor.page import EditorPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.outcomes.page import OutcomesPage
from ui.safety.page import SafetyPage
from ui.theme import Theme

FEW, MANY = 20, 700
SIZE = 1192, 770
MOST_CALLS = 35_000
"""Of Python in one turn. A list that was measured row by row made 300,000 of them."""

MOST_CALLS_OF_EDITOR = 80_000
"""The checks of a case and what they say beside each box make 60,000; to lay out all boxes of the
first case at once made 100,000."""

MOST_WIDGETS = 400
"""That are given their looks in one turn. Outcomes with all its sections has twice as many, and so
has the first case in the editor."""


@dataclass
class Turn:
    """What was done between two moments in which the window could answer."""

    calls: int = 0
    widgets: int = 0
    restyled: int = 0


class Watch(QObject):
    """Counts the work of each turn of the event loop while it watches."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.turns: list[Turn] = [Turn()]
        self._beat = QTimer(self, interval=0)
        self._beat.timeout.connect(lambda: self.turns.append(Turn()))

    def __enter__(self) -> Watch:
        self._beat.start()
        self._app.installEventFilter(self)
        self._before = sys.getprofile()
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_error: object) -> None:
        sys.setprofile(self._before)
        self._app.removeEventFilter(self)
        self._beat.stop()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt names it
        if event.type() is QEvent.Type.Polish and isinstance(watched, QWidget):
            self.turns[-1].widgets += 1
        elif event.type() is QEvent.Type.StyleChange:
            self.turns[-1].restyled += 1
        return False

    def _count(self, _frame: FrameType, event: str, _what: object) -> None:
        if event in ("call", "c_call"):
            self.turns[-1].calls += 1

    @property
    def most_calls(self) -> int:
        """Calls in the turn with the most."""
        return max(turn.calls for turn in self.turns)

    @property
    def most_widgets(self) -> int:
        """Widgets in the turn with the most."""
        return max(turn.widgets for turn in self.turns)

    @property
    def most_restyled(self) -> int:
        """Widgets that are given other looks, in the turn with the most."""
        return max(turn.restyled for turn in self.turns)


@pytest.fixture
def logbooks(tmp_path: Path) -> Iterator[dict[int, Logbook]]:
    """Of few and of many cases; each has something that is listed one by one."""
    made = {}
    for n in (FEW, MANY):
        made[n] = new_logbook(tmp_path / f"{n}.kypholog")
        cases = [a_case(f"P-{number}", before=8, after=(1, 2)) for number in range(n - 5)]
        save_many(made[n], [*cases, *(a_case(f"Q-{number}", after=3) for number in range(5))])
    yield made
    for logbook in made.values():
        logbook.close()


def outcomes(jobs: Jobs, theme: Theme, events: LogbookEvents) -> OutcomesPage:
    return OutcomesPage(jobs, theme, events)


def safety(jobs: Jobs, theme: Theme, events: LogbookEvents) -> SafetyPage:
    return SafetyPage(jobs, theme, events)


def is_drawn(page: OutcomesPage | SafetyPage) -> bool:
    views: list[FigureView] = []
    if isinstance(page, SafetyPage):
        views += page.content.views.values() if page.numbers is not None else ()
    elif page.found is not None:
        views += page.section.views.values()
    return bool(views) and all(not view.image.isNull() for view in views)


@pytest.mark.parametrize("make", [outcomes, safety])
def test_a_page_opens_in_steps_that_do_not_grow_with_the_cases(
    qtbot: QtBot,
    qapp: QApplication,
    jobs: Jobs,
    theme: Theme,
    events: LogbookEvents,
    logbooks: dict[int, Logbook],
    make: Callable[[Jobs, Theme, LogbookEvents], OutcomesPage | SafetyPage],
) -> None:
    seen: dict[int, Watch] = {}
    # The few come first: with them is loaded what is loaded but once.
    for n, logbook in logbooks.items():
        with Watch(qapp) as watch:
            page = make(jobs, theme, events)
            qtbot.addWidget(page)
            page.resize(*SIZE)
            page.set_logbook(logbook)
            page.show()
            qtbot.waitUntil(partial(is_drawn, page), timeout=60_000)
        seen[n] = watch
        page.close()
    assert seen[MANY].most_calls < MOST_CALLS
    assert seen[MANY].most_widgets < MOST_WIDGETS


@pytest.fixture
def editor(qtbot: QtBot, jobs: Jobs, theme: Theme, events: LogbookEvents) -> Iterator[EditorPage]:
    """The page with the editor, without a case."""
    page = EditorPage(jobs, theme, events)
    qtbot.addWidget(page)
    page.resize(*SIZE)
    page.show()
    yield page
    page.close()


def test_the_first_case_is_opened_in_steps(
    qtbot: QtBot, qapp: QApplication, editor: EditorPage, logbooks: dict[int, Logbook]
) -> None:
    case = next(make_cases(1, seed=3))
    save_case(logbooks[FEW], case)
    with Watch(qapp) as watch:
        editor.edit(logbooks[FEW], case.id)
        qtbot.waitUntil(lambda: editor.case_id == case.id, timeout=60_000)
    assert watch.most_widgets < MOST_WIDGETS
    assert watch.most_calls < MOST_CALLS_OF_EDITOR


def test_the_first_empty_case_is_made_in_steps(
    qtbot: QtBot, qapp: QApplication, editor: EditorPage, logbooks: dict[int, Logbook]
) -> None:
    with Watch(qapp) as watch:
        editor.start_new(logbooks[FEW], in_steps=True)
        qtbot.waitUntil(lambda: editor.case_id != "", timeout=60_000)
    assert watch.most_widgets < MOST_WIDGETS
    assert watch.most_calls < MOST_CALLS_OF_EDITOR


@pytest.fixture
def large(
    qtbot: QtBot, editor: EditorPage, logbooks: dict[int, Logbook]
) -> tuple[EditorPage, CaseForm]:
    """The editor with a case of many assessments."""
    case = a_case("P-large", Level.T12, Level.L1, Level.L3, on="2023-03-04", after=None)
    for month in range(9):
        on = date(2023, 3, 5) + timedelta(days=90 * month)
        add_score(case, month % 9, on.isoformat())
    save_case(logbooks[FEW], case)
    editor.edit(logbooks[FEW], case.id)
    qtbot.waitUntil(lambda: editor.case_id == case.id, timeout=60_000)
    form = editor.findChild(CaseForm)
    assert isinstance(form, CaseForm)
    return editor, form


def test_what_is_done_to_a_large_case_is_done_in_small_turns(
    qtbot: QtBot, qapp: QApplication, theme: Theme, large: tuple[EditorPage, CaseForm]
) -> None:
    editor, form = large
    score = form.assessments.score_box(TimePoint.BASELINE)
    assert score is not None

    def add() -> None:
        form.levels.add([Level.L5])

    def type_score() -> None:
        qtbot.keyClicks(score.input, "7")
        score.commit()

    most = {}
    for deed in (add, editor.steps.undo, editor.steps.redo, type_score):
        with Watch(qapp) as watch:
            deed()
            for _ in range(5):
                qapp.processEvents()
        most[deed.__name__] = watch.most_calls
    assert max(most.values()) < MOST_CALLS_OF_EDITOR, most
    assert most["type_score"] < MOST_CALLS, most


def test_another_look_comes_in_turns_however_much_there_is_to_dress(
    qtbot: QtBot, qapp: QApplication, theme: Theme, large: tuple[EditorPage, CaseForm]
) -> None:
    theme.apply(qapp)
    n = len(large[0].findChildren(QWidget))
    assert n > MOST_WIDGETS
    with Watch(qapp) as watch:
        theme.show("dark", 1.0)
        qtbot.waitUntil(lambda: sum(turn.restyled for turn in watch.turns) >= n, timeout=60_000)
    assert watch.most_restyled < MOST_WIDGETS
    assert watch.most_calls < MOST_CALLS_OF_EDITOR
    qapp.styleHints().unsetColorScheme()
