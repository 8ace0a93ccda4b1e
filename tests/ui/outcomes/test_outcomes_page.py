# SPDX-License-Identifier: MIT
"""The Outcomes page as a user meets it: real logbooks, real jobs, real widgets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.analysis.grouping import CompareBy
from models.audit import Action
from models.bulk import save_many
from models.case import save_case
from models.example import add_example
from models.logbook import Logbook
from models.vocabulary import PainScale, Technique, TimePoint
from tests.builders import a_case, noted
from tests.ui.outcomes.conftest import Show, settle
from ui.charts.kinds import FILE_KINDS, FigureKind
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.outcomes.page import OutcomesPage
from ui.theme import Theme


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def figure(page: OutcomesPage, number: int) -> list[str]:
    return texts(page.content.figures.cards[number])


def test_the_page_loads_neither_numpy_nor_scipy_nor_matplotlib() -> None:
    code = (
        "import sys, ui.outcomes.page;"
        "found = {'numpy', 'scipy', 'matplotlib'} & set(sys.modules);"
        "assert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_a_logbook_the_page_says_what_to_do(page: OutcomesPage) -> None:
    assert page.empty.isVisible()
    assert page.empty.title == "No logbook is open"


def test_an_empty_logbook_says_what_to_do(
    qtbot: QtBot, page: OutcomesPage, logbook: Logbook
) -> None:
    page.set_logbook(logbook)
    qtbot.waitUntil(lambda: page.outcome is not None, timeout=30_000)
    assert page.empty.isVisible()
    assert page.empty.title == "No cases yet"
    assert "New case" in page.empty.accessibleDescription()
    with qtbot.waitSignal(page.new_case_wanted):
        page.empty.button.click()


def test_the_published_cases_have_dashes_and_reasons(show: Show, logbook: Logbook) -> None:
    add_example(logbook)
    page = show()
    for number in range(3):
        assert figure(page, number)[0] == "–"
        assert figure(page, number)[2] == "no complete pair"
    assert figure(page, 3) == [
        "2 of 2",
        "no paired score",
        "1 no score before (not recorded) · 1 only words at follow-up",
    ]
    assert "A score before: 1 of 2. A score after: 1 of 2. No complete pair." in texts(
        page.content.missing
    )
    assert page.content.banner.isHidden()


def test_ranges_words_and_undated_scores_are_listed_by_case(show: Show, logbook: Logbook) -> None:
    add_example(logbook)
    table = show().content.apart.table.model()
    rows = [
        [table.index(row, column).data() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    assert rows == [
        ["Jones2009-I", "L5", "–", "0–1, no date", "no score before (not recorded)"],
        ["Jones2009-II", "T12", "10", "“totally resolved”, no date", "only words at follow-up"],
    ]


def test_a_threshold_that_no_pair_defines_is_not_told_as_no_pair(show: Show) -> None:
    page = show(a_case(before=0, after=3), a_case(before=0, after=0))
    bars = page.content.responders.bars.accessibleDescription()
    assert "≥ 30 %: not defined for any pair" in bars
    assert "1 of 2 has more pain than before." in " ".join(texts(page.content.responders))


def test_pairs_on_another_scale_are_told_and_not_called_one_scale(show: Show) -> None:
    vas = a_case(before=80, after=10, scale=PainScale.VAS_100)
    page = show(a_case(), a_case(), vas)
    assert not any("one scale" in text for text in texts(page.content.apart))
    assert any(text.startswith("No range, no words, ") for text in texts(page.content.apart))
    left_out = "Scales are never mixed. Left out: VAS 0–100 mm (1 pair)."
    assert left_out in " ".join(texts(page.content.missing))


def test_pairs_show_change_test_and_responders_with_n_and_interval(show: Show) -> None:
    page = show(*(a_case(before=9, after=n) for n in range(8)), a_case(after=None))
    assert figure(page, 0)[:2] == ["−5.5", "mean change, NRS 0–10"]
    assert figure(page, 0)[2].endswith("paired n\N{NO-BREAK SPACE}8")
    assert "95 % CI −7.5 to −3.5" in figure(page, 0)[2]
    assert figure(page, 1)[:2] == ["p = 0.008", "Wilcoxon signed rank"]
    assert figure(page, 1)[2].endswith("exact")
    assert figure(page, 2) == [
        "100 %",
        "improved by ≥ 2 points",
        "8 of 8 · 95 % CI 68 to 100\N{NO-BREAK SPACE}%",
    ]
    assert figure(page, 3) == ["1 of 9", "no paired score", "1 no follow-up score"]
    bars = page.content.responders.bars
    assert "≤ 3 after: 4 of 8" in bars.accessibleDescription()
    assert any("Farrar 2001" in text for text in texts(page.content.responders))


def test_the_figures_say_their_numbers_to_those_who_cannot_see(show: Show) -> None:
    views = show(a_case(before=8, after=2), a_case(before=9, after=4)).content.views
    paired = views[FigureKind.PAIRED].accessibleDescription()
    assert "Mean 8.5 before, 3.0 after; mean change −5.5" in paired
    assert "2 pairs, none missing." in paired
    assert "1 month: 3.0" in views[FigureKind.COURSE].accessibleDescription()


def test_the_selectors_ask_anew(qtbot: QtBot, show: Show) -> None:
    page = show(a_case(), a_case(technique=Technique.VERTEBROPLASTY, after=None))
    assert page.content.groups.isHidden()
    page.bar.choose(TimePoint.H24, CompareBy.TECHNIQUE)
    qtbot.waitUntil(lambda: bool(page.outcome and page.outcome.groups))
    assert page.outcome is not None
    assert page.outcome.numbers.n_pairs == 0
    assert page.content.groups.isVisible()
    assert page.content.groups.table.model().rowCount() == 2
    settle(qtbot, page)


def test_a_filter_narrows_every_number(qtbot: QtBot, show: Show) -> None:
    page = show(
        *(a_case(before=9, after=n) for n in range(8)),
        *(a_case(before=8, after=7, technique=Technique.VERTEBROPLASTY) for _ in range(3)),
    )
    assert figure(page, 3)[0] == "0 of 11"
    qtbot.keyClicks(page.filters.line, "technique:vertebroplasty")
    qtbot.waitUntil(lambda: bool(page.outcome and page.outcome.numbers.n_cases == 3))
    assert figure(page, 3)[0] == "0 of 3"
    assert "3 cases" in texts(page.filters)
    caption = page.content.views[FigureKind.COURSE].accessibleDescription
    qtbot.waitUntil(lambda: "Cases: Technique vertebroplasty." in caption())
    qtbot.keyClick(page.filters.chips.shown[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(page.outcome and page.outcome.numbers.n_cases == 11))
    assert "3 cases" not in texts(page.filters)
    settle(qtbot, page)


def test_a_filter_that_nothing_meets_says_how_to_go_on(qtbot: QtBot, show: Show) -> None:
    page = show(a_case())
    qtbot.keyClicks(page.filters.line, "level:C1")
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.title == "No case matches “level:C1”"
    page.empty.button.click()
    qtbot.waitUntil(lambda: not page.empty.isVisible())
    assert page.filters.line.text() == ""
    settle(qtbot, page)


def test_a_saved_case_shows_at_once(
    qtbot: QtBot, show: Show, logbook: Logbook, events: LogbookEvents
) -> None:
    page = show(a_case())
    case = a_case("another")
    save_case(logbook, case)
    events.case_saved.emit(case.id)
    qtbot.waitUntil(lambda: bool(page.outcome and page.outcome.numbers.n_pairs == 2))


def test_a_page_out_of_sight_waits_until_it_is_seen(
    qtbot: QtBot, show: Show, logbook: Logbook, events: LogbookEvents, jobs: Jobs
) -> None:
    page = show(a_case())
    qtbot.waitUntil(lambda: not jobs.is_busy)
    page.hide()
    save_case(logbook, a_case("another"))
    events.cases_changed.emit()
    assert not jobs.is_busy
    page.show()
    qtbot.waitUntil(lambda: bool(page.outcome and page.outcome.numbers.n_pairs == 2))


def test_synthetic_cases_are_marked(show: Show) -> None:
    case = a_case()
    case.procedure.synthetic = True
    page = show(case, a_case())
    assert page.content.banner.isVisible()
    assert "1 of 2" in texts(page.content.banner)[0]


def test_a_listed_case_can_be_opened(qtbot: QtBot, show: Show) -> None:
    case = a_case(after="resolved")
    page = show(case)
    table = page.content.apart.table
    with qtbot.waitSignal(page.case_opened) as opened:
        table.setCurrentIndex(table.model().index(0, 0))
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [case.id]


def test_a_larger_window_gets_a_larger_figure(qtbot: QtBot, show: Show) -> None:
    page = show(a_case())
    view = page.content.views[FigureKind.COURSE]
    page.resize(1500, 900)
    qtbot.waitUntil(lambda: view.image.deviceIndependentSize().toSize() == view.size())


def test_another_theme_draws_the_figures_anew(qtbot: QtBot, show: Show, theme: Theme) -> None:
    page = show(a_case())
    view = page.content.views[FigureKind.PAIRED]
    theme.set_mode("dark")
    ground = theme.palette.surface
    qtbot.waitUntil(lambda: view.image.pixelColor(QPoint(0, 0)).name() == ground)


@pytest.mark.parametrize("file_kind", FILE_KINDS, ids=lambda kind: kind.label)
def test_a_figure_is_kept_in_a_file_and_the_audit_says_so(
    qtbot: QtBot, show: Show, logbook: Logbook, tmp_path: Path, file_kind: object
) -> None:
    page = show(a_case())
    kind = next(known for known in FILE_KINDS if known is file_kind)
    target = tmp_path / f"figure.{kind.suffix}"
    page.save_figure(FigureKind.PAIRED, target, kind)
    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=30_000)
    assert page.notice.text == f"The figure is in {target}."
    assert target.stat().st_size > 10_000
    said = f"Figure {FigureKind.PAIRED.heading}, {kind.suffix.upper()} file {target.name}."
    assert noted(logbook, Action.EXPORT) == [said]


def test_a_figure_that_cannot_be_kept_is_told_with_a_cure(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    page = show(a_case())
    page.save_figure(FigureKind.PAIRED, tmp_path / "gone" / "figure.svg", FILE_KINDS[0])
    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=30_000)
    assert "the folder does not exist" in page.notice.text
    assert page.notice.text.endswith("Make the folder, or choose another one.")


def test_a_figure_is_copied_as_it_goes_to_paper(qtbot: QtBot, show: Show, logbook: Logbook) -> None:
    page = show(a_case())
    page.copy_figure(FigureKind.COURSE)
    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=30_000)
    assert QGuiApplication.clipboard().image().width() > 1500
    said = f"Figure {FigureKind.COURSE.heading}, clipboard."
    assert noted(logbook, Action.EXPORT) == [said]


def test_a_damaged_logbook_is_told_in_words(
    qtbot: QtBot, page: OutcomesPage, logbook: Logbook
) -> None:
    save_many(logbook, [a_case()])
    wanted = "SELECT rootpage FROM sqlite_master WHERE name IN ('assessment', 'case_row')"
    pages = [row[0] for row in logbook.database.execute_sql(wanted)]
    size = logbook.database.pragma("page_size")
    logbook.close()
    with logbook.file.open("r+b") as file:
        for number in pages:
            file.seek((number - 1) * size)
            file.write(b"?" * size)
    page.set_logbook(logbook)
    qtbot.waitUntil(lambda: str(logbook.file) in page.empty.title, timeout=30_000)
    assert page.empty.accessibleDescription()


def test_closing_the_logbook_empties_the_page(show: Show) -> None:
    page = show(a_case())
    page.set_logbook(None)
    assert page.outcome is None
    assert page.empty.title == "No logbook is open"
