# SPDX-License-Identifier: MIT
"""A change of the look comes to every window, to each widget once, and to hidden pages later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QDialog,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.dressing import lay_out_anew
from ui.palette import DARK, LIGHT
from ui.theme import Theme, set_kind


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A light one that is put on, and taken off again."""
    before = qapp.palette()
    theme = Theme("light")
    theme.apply(qapp)
    yield theme
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setPalette(before)


class Line(QLineEdit):
    """Tells when it was dressed."""

    restyled = Signal()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it so
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.restyled.emit()


class Pages(QStackedWidget):
    """Two pages, of which the first is shown; each is a line deep within."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lines = [self._page(), self._page()]
        self.resize(200, 100)
        self.show()

    def _page(self) -> Line:
        page = QWidget(self)
        self.addWidget(page)
        for _ in range(3):
            layout = QVBoxLayout(page)
            page = QWidget(page)
            layout.addWidget(page)
        line = Line(page)
        line.resize(120, 30)
        return line


def ground(line: QLineEdit) -> str:
    return line.grab().toImage().pixelColor(100, 15).name()


@pytest.fixture
def pages(qtbot: QtBot, theme: Theme) -> Pages:
    """They are in sight."""
    pages = Pages(theme)
    qtbot.addWidget(pages)
    return pages


def test_what_is_in_sight_changes_at_once_and_the_rest_soon(
    pages: Pages, theme: Theme, qtbot: QtBot
) -> None:
    pages.setCurrentIndex(1)
    pages.setCurrentIndex(0)
    told: list[Line] = []
    for line in pages.lines:
        line.restyled.connect(partial(told.append, line))
    at_once: list[Line] = []
    theme.changed.connect(lambda: at_once.extend(told))
    theme.show("dark", 1.0)
    qtbot.waitUntil(lambda: told == pages.lines)
    assert at_once == pages.lines[:1]
    assert [ground(line) for line in pages.lines] == [DARK.surface, DARK.surface]


def test_nothing_is_painted_until_all_in_sight_has_the_new_look(
    pages: Pages, theme: Theme, qtbot: QtBot
) -> None:
    """No picture shows one half of the page dark and the other one light."""
    qtbot.waitExposed(pages)
    theme.show("dark", 1.0)
    assert not pages.updatesEnabled()
    with qtbot.waitSignal(theme.changed):
        pass
    assert pages.updatesEnabled()
    assert ground(pages.lines[0]) == DARK.surface


def test_what_is_dressed_finds_its_place_and_is_seen_in_turns_of_their_own(
    pages: Pages, theme: Theme, qtbot: QtBot
) -> None:
    turns = [0]
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    dispatcher.awake.connect(lambda: turns.append(turns[-1] + 1))
    seen: dict[str, tuple[int, bool]] = {}
    for name in ("changing", "dressed", "changed"):
        signal = getattr(theme, name)
        signal.connect(lambda name=name: seen.update({name: (turns[-1], pages.updatesEnabled())}))
    with qtbot.waitSignal(theme.changed):
        theme.show("dark", 1.5)
    begun, dressed, changed = (seen[name] for name in ("changing", "dressed", "changed"))
    assert begun[0] < dressed[0] < changed[0]
    assert (dressed[1], changed[1]) == (False, True)


def test_who_does_not_wait_for_turns_is_told_the_same(pages: Pages, theme: Theme) -> None:
    told: list[str] = []
    for name in ("changing", "dressed", "changed"):
        getattr(theme, name).connect(partial(told.append, name))
    theme.set_scale(1.5)
    assert told == ["changing", "dressed", "changed"]
    theme.finish()
    assert told == ["changing", "dressed", "changed"]


class Follower(QWidget):
    """Notes when it is told of another look."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.times = 0
        theme.follow(self.note)

    def note(self) -> None:
        self.times += 1


def test_who_follows_is_called_before_it_is_seen_and_out_of_sight_soon(
    pages: Pages, theme: Theme, qtbot: QtBot
) -> None:
    shown, hidden = (Follower(theme, line) for line in pages.lines)
    shown.show()
    theme.show("dark", 1.0)
    assert (shown.times, hidden.times) == (0, 0)
    with qtbot.waitSignal(theme.changed):
        pass
    assert (shown.times, hidden.times) == (1, 0)
    qtbot.waitUntil(lambda: hidden.times == 1)
    theme.set_mode("light")
    assert (shown.times, hidden.times) == (2, 2)


def test_nobody_follows_but_a_method_of_an_object(theme: Theme) -> None:
    with pytest.raises(TypeError, match="no method"):
        theme.follow(lambda: None)


def test_who_changes_it_again_at_once_sees_the_last(
    pages: Pages, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_mode("dark")
    theme.set_mode("light")
    pages.setCurrentIndex(1)
    qtbot.waitUntil(lambda: ground(pages.lines[0]) == LIGHT.surface)
    assert ground(pages.lines[1]) == LIGHT.surface


def test_what_comes_later_looks_like_the_rest(pages: Pages, theme: Theme, qtbot: QtBot) -> None:
    theme.set_mode("dark")
    later = QLineEdit(pages)
    pages.addWidget(later)
    pages.setCurrentWidget(later)
    assert ground(later) == DARK.surface
    dialog = QDialog(pages.lines[0])
    line = QLineEdit(dialog)
    line.resize(120, 30)
    dialog.show()
    assert ground(line) == DARK.surface


def test_a_list_that_belongs_to_nobody_looks_like_the_rest(pages: Pages, theme: Theme) -> None:
    theme.set_mode("dark")
    completer = QCompleter(["one"], pages.lines[0])
    offers = completer.popup()
    assert offers is not None
    lay_out_anew(offers)
    assert offers.grab().toImage().pixelColor(2, 2).name() == DARK.surface


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_the_rows_of_a_list_stand_apart_and_have_room_when_it_is_shown_first(
    pages: Pages, theme: Theme, scale: float
) -> None:
    theme.set_scale(scale)
    completer = QCompleter(["one", "two", "three"], pages.lines[0])
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setWidget(pages.lines[0])
    offers, rows = completer.popup(), completer.completionModel()
    assert offers is not None
    set_kind(offers, "dropped")
    lay_out_anew(offers)
    completer.complete()
    QApplication.processEvents()
    places = [offers.visualRect(rows.index(row, 0)) for row in range(3)]
    scrolls = offers.verticalScrollBar().maximum()
    offers.hide()
    assert not scrolls
    assert all(one.bottom() < other.top() for one, other in pairwise(places)), places


def test_each_widget_is_dressed_once(pages: Pages, theme: Theme, qtbot: QtBot) -> None:
    """Not once for each widget that it lies in, which took a second."""
    times: Counter[Line] = Counter()

    for line in pages.lines:
        line.restyled.connect(lambda line=line: times.update([line]))
    theme.set_mode("dark")
    qtbot.waitUntil(lambda: len(+times) == 2)
    assert set((+times).values()) == {1}
