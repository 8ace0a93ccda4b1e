# SPDX-License-Identifier: MIT
"""The bar as a whole: text and chips say the same, whichever of them is used."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.logbook import Logbook
from models.query import FIELDS, Filter, parse, text_of
from tests.builders import a_case
from tests.ui.filters.asking import heard, on, type_in
from tests.ui.room import offenders
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.theme import Theme

Key = Qt.Key


def labels(bar: FilterBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


# typing


def test_typing_asks_once_it_pauses_and_switches_chips_on(qtbot: QtBot, bar: FilterBar) -> None:
    said = heard(bar)
    type_in(qtbot, bar, "level:T12 leak:yes smith")
    assert said == ["level:T12 leak:present smith"]
    assert on(bar) == ["T12", "Leakage present"]


def test_what_means_the_same_is_not_asked_again(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "level:T12")
    said = heard(bar)
    qtbot.keyClicks(bar.line, "  ")
    qtbot.wait(250)
    assert said == []


def test_enter_does_not_wait_and_goes_on(qtbot: QtBot, bar: FilterBar) -> None:
    said = heard(bar)
    qtbot.keyClicks(bar.line, "kypho")
    assert said == []
    with qtbot.waitSignal(bar.left):
        qtbot.keyClick(bar.line, Key.Key_Return)
    assert said == ["kypho"]


def test_typing_goes_on_that_was_begun_elsewhere(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.asked):
        bar.take_typed("t")
        qtbot.keyClicks(bar.focusWidget(), "12")
    assert bar.line.text() == "t12"
    bar.chips.shown[0].setFocus()
    bar.take_typed(" l1")
    assert bar.line.text() == "t12 l1"


def test_a_long_query_is_told_in_full_with_what_it_means(qtbot: QtBot, bar: FilterBar) -> None:
    assert bar.line.toolTip() == "Search patient, level, operator, notes"
    type_in(qtbot, bar, "leak:yes smith lvl:T1 ")
    assert bar.line.toolTip() == "leak:yes smith lvl:T1\nLeakage present, word “smith”"


def test_a_page_shows_a_filter_without_asking(qtbot: QtBot, bar: FilterBar) -> None:
    said = heard(bar)
    bar.set_filter(parse("leak:yes -complete"))
    bar.show_found(1)
    assert (bar.line.text(), on(bar)) == (
        "leak:present -complete",
        ["Leakage present", "Not complete"],
    )
    assert "1 case" in labels(bar)
    bar.show_found(1234)
    assert "1,234 cases" in labels(bar)
    bar.reset()
    assert (bar.line.text(), on(bar), bar.filter) == ("", [], Filter())
    qtbot.wait(250)
    assert said == []


def test_without_a_logbook_nothing_can_be_asked(bar: FilterBar) -> None:
    bar.set_logbook(None)
    assert not bar.isEnabled()
    assert not bar.line.isEnabled()


# what is not understood


def test_a_problem_is_told_with_its_cure_and_the_rest_holds(qtbot: QtBot, bar: FilterBar) -> None:
    said = heard(bar)
    type_in(qtbot, bar, "level:T12,T99 lvl:T1 ")
    assert said == ["level:T12"]
    assert bar.problem.isVisible()
    assert bar.problem.text() == "level does not know T99. Did you mean T9? 1 more problem."
    assert bar.line.accessibleDescription() == bar.problem.text()
    qtbot.mouseClick(bar.problem, Qt.MouseButton.LeftButton)
    assert bar.line.selectedText() == "T99"
    qtbot.keyClicks(bar.line, "T9")
    qtbot.waitUntil(lambda: bar.problem.text() == "There is no field lvl. Did you mean level?")


def test_a_word_that_is_still_typed_is_no_problem_yet(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "smith leak:")
    assert bar.line.completions.is_shown
    assert not bar.problem.isVisible()
    qtbot.keyClick(bar.line, Key.Key_Escape)
    qtbot.waitUntil(bar.problem.isVisible)
    assert bar.problem.text() == "leak: nothing stands behind the colon. Write leak:yes."


def test_who_leaves_the_line_is_told_at_once(qtbot: QtBot, bar: FilterBar) -> None:
    qtbot.keyClicks(bar.line, "lvl:T12")
    qtbot.keyClick(bar.line, Key.Key_Return)
    assert bar.problem.isVisible()


def test_a_problem_that_is_cured_goes_away(qtbot: QtBot, bar: FilterBar) -> None:
    qtbot.keyClicks(bar.line, "lvl:T12")
    qtbot.keyClick(bar.line, Key.Key_Return)
    bar.line.clear()
    qtbot.waitUntil(lambda: not bar.problem.isVisible())
    assert bar.line.accessibleDescription() == ""


# clicking


def test_a_click_writes_the_condition_and_asks_at_once(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "smith lvl:T1")
    said = heard(bar)
    bar.chips.open_offers("leak")
    assert bar.chips.panel is not None
    qtbot.keyClicks(bar.chips.panel.view, "pre")
    qtbot.keyClick(bar.chips.panel.view, Key.Key_Space)
    assert said == ["smith leak:present"]
    assert bar.line.text() == "smith leak:present lvl:T1"
    assert on(bar) == ["Leakage present"]


def test_a_click_can_be_undone_in_the_line(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "level:T12 smith")
    chip = bar.chips.shown[1]
    said = heard(bar)
    qtbot.keyClick(chip, Key.Key_Delete)
    assert (bar.line.text(), said) == ("smith", ["smith"])
    with qtbot.waitSignal(bar.asked):
        bar.line.undo()
    assert text_of(bar.filter) == "level:T12 smith"


def test_a_chip_leads_to_how_it_is_written(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "smith kap:>300 op:jones")
    other = next(chip for chip in bar.chips.shown if chip.value.startswith("Kerma"))
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert bar.line.selectedText() == "kap:>300"
    bar.chips.open_offers("operator")
    assert bar.chips.panel is not None
    bar.chips.panel.written.click()
    assert bar.line.selectedText() == "op:jones"
    assert bar.chips.panel is None


def test_a_chip_that_is_off_begins_its_condition(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "smith")
    bar.chips.open_offers("pain")
    assert bar.chips.panel is not None
    bar.chips.panel.written.click()
    assert bar.line.text() == "smith pain:"
    assert [one.label for one in bar.line.completions.offered] == [">=", "<=", ">", "<"]


# what is known


def test_operators_of_the_cases_are_offered(
    qtbot: QtBot,
    bar: FilterBar,
    shelf: FilterShelf,
    logbook: Logbook,
    events: LogbookEvents,
) -> None:
    with qtbot.waitSignal(shelf.known_changed):
        qtbot.keyClicks(bar.line, "op:")
    qtbot.keyClicks(bar.line, "d")
    assert [one.label for one in bar.line.completions.offered] == ["Dr Smith", "Dr Jones"]
    case = a_case("P-9", operator="Dr Ada")
    save_case(logbook, case)
    events.case_saved.emit(case.id)
    with qtbot.waitSignal(shelf.known_changed):
        bar.chips.open_offers("date")
    bar.chips.open_offers("operator")
    assert bar.chips.panel is not None
    assert bar.chips.panel.view.labels == ["Dr Smith", "Dr Ada", "Dr Jones"]


def test_an_operator_panel_that_opens_too_early_fills_when_they_are_known(
    qtbot: QtBot, bar: FilterBar
) -> None:
    bar.chips.open_offers("operator")
    panel = bar.chips.panel
    assert panel is not None
    assert panel.view.labels == []
    qtbot.waitUntil(lambda: panel.view.labels == ["Dr Smith", "Dr Jones"])
    assert bar.chips.panel is panel
    qtbot.keyClick(panel.view, Key.Key_Return)
    assert bar.line.text() == 'operator:="Dr Smith"'


# help


def test_help_opens_by_f1_and_an_example_is_tried(qtbot: QtBot, bar: FilterBar) -> None:
    said = heard(bar)
    qtbot.keyClick(bar.line, Key.Key_F1)
    assert bar.lessons is not None
    assert bar.lessons.isVisible()
    example = next(button for button in bar.lessons.examples if button.text() == "level:T11,T12")
    qtbot.keyClick(example, Key.Key_Space)
    assert bar.lessons is None
    assert bar.line.text() == "level:T11,T12"
    assert said == ["level:T11,T12"]


def test_the_fields_are_told_with_an_example_each(qtbot: QtBot, bar: FilterBar) -> None:
    bar.help.click()
    assert bar.lessons is not None
    told = bar.lessons.fields.text()
    common = [field for field in FIELDS if field.is_common]
    assert all(f">{escape(field.example)}</a>" in told for field in common)
    bar.lessons.fields.linkActivated.emit("kap:>50")
    assert bar.line.text() == "kap:>50"


def test_escape_closes_the_help(qtbot: QtBot, bar: FilterBar) -> None:
    bar.help.click()
    assert bar.lessons is not None
    qtbot.keyClick(bar.lessons, Key.Key_Escape)
    assert bar.lessons is None


# one line


def test_a_compact_bar_has_all_in_one_line_where_there_is_room(
    qtbot: QtBot, jobs: Jobs, dressed: Theme, events: LogbookEvents, logbook: Logbook
) -> None:
    bar = FilterBar(jobs, dressed, events, compact=True)
    qtbot.addWidget(bar)
    bar.set_logbook(logbook)
    bar.show()

    def is_one_line() -> bool:
        parts = (bar.line, bar.help, bar.chips, bar.saved)
        middles = {part.geometry().center().y() for part in parts}
        return max(middles) - min(middles) <= 2

    bar.resize(900, 40)
    qtbot.waitUntil(is_one_line)
    assert bar.chips.shown
    assert bar.chips.hidden
    bar.resize(500, 80)
    qtbot.waitUntil(lambda: bar.chips.geometry().top() > bar.line.geometry().bottom())
    assert bar.line.width() > 400
    dressed.set_scale(2.0)
    bar.resize(1900, 80)
    qtbot.waitUntil(is_one_line)


def test_what_is_clicked_elsewhere_shows_the_beginning_of_the_query(
    qtbot: QtBot, bar: FilterBar
) -> None:
    type_in(qtbot, bar, "level:T12 leak:yes")
    # Without a screen a list that was open keeps the window from being active again.
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.chips.shown[0].setFocus()
    assert bar.line.cursorPosition() == 0
    bar.chips.open_offers("complete")
    assert bar.chips.panel is not None
    qtbot.keyClick(bar.chips.panel.view, Key.Key_Return)
    assert bar.line.text().endswith(" complete")
    assert bar.line.cursorPosition() == 0


def test_what_stands_behind_the_chips_goes_below_where_these_have_no_room(
    qtbot: QtBot, jobs: Jobs, dressed: Theme, events: LogbookEvents, logbook: Logbook
) -> None:
    page = QWidget()
    page.resize(800, 200)
    qtbot.addWidget(page)
    bar = FilterBar(jobs, dressed, events, parent=page)
    bar.set_logbook(logbook)
    bar.show_found(3)
    page.show()
    for width, is_below in ((700, False), (220, True), (700, False)):
        bar.setGeometry(0, 0, width, 160)
        qtbot.waitUntil(lambda: (bar.saved.y() > bar.chips.geometry().bottom()) is is_below)  # noqa: B023 - at once
        qtbot.waitUntil(lambda: not list(offenders(bar)))
