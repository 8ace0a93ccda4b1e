# SPDX-License-Identifier: MIT
"""The sections of the page: worked out when shown, with their numbers, tables and sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from models.analysis.grouping import CompareBy
from models.analysis.instruments import Center, Instrument
from models.analysis.thresholds import Thresholds, stored_thresholds
from models.case import Case
from models.example import add_example
from models.filters import save_filter
from models.logbook import Logbook
from models.query import parse
from models.vocabulary import AnalgesicLevel, Level, Technique
from tests.builders import a_case
from tests.ui.outcomes.conftest import Show, settle
from ui.charts.kinds import DATA_FILE, FigureKind
from ui.events import LogbookEvents
from ui.outcomes.cement_section import CementSection
from ui.outcomes.followed_section import FollowedSection
from ui.outcomes.height_section import HeightSection
from ui.outcomes.medication_section import MedicationSection
from ui.outcomes.page import OutcomesPage
from ui.outcomes.thresholds_dialog import ThresholdsDialog

SECTIONS = ("pain", "function", "medication", "height", "cement", "followed")


def rich(code: str, after: int = 2) -> Case:
    """A case with something for every section."""
    case = a_case(code, before=8, after=after)
    case.procedure.analgesic_before = AnalgesicLevel.OPIOID_SCHEDULED
    case.assessments[0].odi_pct, case.assessments[1].odi_pct = 60, 20
    case.assessments[1].analgesic_level = AnalgesicLevel.NONE
    level = case.levels[0]
    level.anterior_before_mm, level.anterior_after_mm = 15, 20
    level.cranial_anterior_mm = level.caudal_anterior_mm = 25
    return case


def turn_to(qtbot: QtBot, page: OutcomesPage, key: str) -> QWidget:
    page.sections.choose(key)
    settle(qtbot, page)
    return page.section


def rows(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_section_is_worked_out_when_it_is_shown(qtbot: QtBot, show: Show) -> None:
    page = show(*(rich(str(n)) for n in range(3)))
    assert page.outcome is not None
    page.sections.choose("height")
    assert page.found is None
    settle(qtbot, page)
    height = page.found
    page.sections.choose("pain")
    page.sections.choose("height")
    assert page.found is height


def test_another_question_makes_every_section_stale(qtbot: QtBot, show: Show) -> None:
    page = show(rich("A"))
    turn_to(qtbot, page, "cement")
    page.sections.choose("pain")
    page.bar.choose(page.bar.question.to, None)
    page.refresh()
    page.sections.choose("cement")
    assert page.found is None
    settle(qtbot, page)


def test_function_is_shown_one_score_at_a_time(qtbot: QtBot, show: Show) -> None:
    page = show(*(rich(str(n)) for n in range(6)))
    turn_to(qtbot, page, "function")
    assert page.found.numbers.n_pairs == 6
    assert "ODI before and after, each case" in said(page.function.paired)
    assert "mean change, ODI 0–100 %" in said(page.function.figures)
    page.function.choose(Instrument.EQ5D)
    qtbot.waitUntil(lambda: page.found is not None and page.found.instrument is Instrument.EQ5D)
    settle(qtbot, page)
    assert "No threshold is established for EQ-5D index." in said(page.function.responders)


def test_medication_counts_who_moved(qtbot: QtBot, show: Show) -> None:
    page = show(*(rich(str(n)) for n in range(3)), a_case())
    section = cast(MedicationSection, turn_to(qtbot, page, "medication"))
    analgesics, mobility = section.tables
    assert rows(analgesics.table) == [["All", "3", "100 % (44–100)", "0 %", "0 %"]]
    assert "1 without both: 1 with no level before." in said(analgesics)
    assert "No case has a level before and after." in said(mobility)


def test_height_tells_every_formula_and_what_is_undefined(qtbot: QtBot, show: Show) -> None:
    page = show(rich("A"), a_case())
    section = cast(HeightSection, turn_to(qtbot, page, "height"))
    table = rows(section.gains.table)
    assert len(table) == 12
    assert table[0][:3] == ["Anterior, mm", "1", "+5.0"]
    assert table[2] == ["Anterior, % of lost height", "1", "+50.0", "–", "+50.0 (+50.0 to +50.0)"]
    assert "Not defined, mm (middle 1, posterior 1): the height before is not known." in said(
        section.gains
    )
    assert "No gain was only reported." in said(section.angles)


def test_the_published_gain_is_reported_and_not_averaged(
    qtbot: QtBot, show: Show, logbook: Logbook
) -> None:
    add_example(logbook)
    page = show()
    section = cast(HeightSection, turn_to(qtbot, page, "height"))
    assert "Reported without heights and kept apart: 1 as a range (3.0 to 5.0 mm in all)." in said(
        section.angles
    )
    assert {row[1] for row in rows(section.gains.table)} == {"0"}


def test_cement_says_when_there_are_too_few(qtbot: QtBot, show: Show) -> None:
    page = show(rich("A"), rich("B"), a_case(cement_ml=None), a_case(after=None))
    page.bar.choose(None, CompareBy.SEX)
    section = cast(CementSection, turn_to(qtbot, page, "cement"))
    text = said(section.card)
    assert "Shown for all cases together, not by Sex." in text
    assert "No correlation is worked out, n 2." in text
    assert "1 without a volume at every level." in text
    assert "1 without a pair of scores: 1 with no follow-up score." in text


def test_who_was_followed_is_told_with_bounds(qtbot: QtBot, show: Show) -> None:
    cases = [a_case(on="2024-03-04", after=n, after_on="2024-04-04") for n in (1, 7)]
    page = show(*cases, a_case(on="2024-03-04", after=None), a_case(on="2024-03-04", after=None))
    section = cast(FollowedSection, turn_to(qtbot, page, "followed"))
    assert "answered at any follow-up" in said(section.figures[0])
    assert "2 of 4 whose visit is over" in said(section.figures[0])
    assert rows(section.bounds.table)[0] == ["≥ 2 points", "1 of 2 (50 %)", "4", "25 %", "75 %"]
    assert "Pain, relief 2 points of 10" in said(section.bounds)


@pytest.mark.parametrize("key", SECTIONS)
def test_the_published_cases_claim_nothing(
    qtbot: QtBot, show: Show, logbook: Logbook, key: str
) -> None:
    add_example(logbook)
    page = show()
    section = turn_to(qtbot, page, key)
    assert section.isVisible()
    for view in page.section.views.values():
        assert view.accessibleDescription()
        assert "p =" not in view.accessibleDescription()


def test_the_median_is_drawn_without_asking_anew(qtbot: QtBot, show: Show) -> None:
    page = show(*(a_case(before=9, after=n) for n in (0, 1, 8)))
    assert "mean change" in said(page.content.figures.cards[0])
    page.sections.choose_center(Center.MEDIAN)
    assert "median change" in said(page.content.figures.cards[0])
    assert "−8.0" in said(page.content.figures.cards[0])
    assert "Course of pain, median with 95 % CI" in said(page.content.course)
    settle(qtbot, page)


def test_two_groups_are_tested_against_each_other(qtbot: QtBot, show: Show) -> None:
    cases = [a_case(before=8, after=n) for n in (1, 2, 3, 2, 1)]
    cases += [a_case(before=8, after=n, technique=Technique.VERTEBROPLASTY) for n in (5, 6, 4, 7)]
    page = show(*cases)
    page.bar.choose(None, next(by for by in page.bar._groupings if by and by.value == "technique"))
    groups = page.content.groups
    qtbot.waitUntil(lambda: "not tested" in groups.comparison.text(), timeout=30_000)
    assert "fewer than 5 pairs" in groups.comparison.text()
    assert "Improved: ≥ 2 points (Farrar 2001, Ostelo 2008)." in said(groups)
    settle(qtbot, page)


def test_a_saved_filter_can_be_compared_with_the_rest(
    qtbot: QtBot, show: Show, logbook: Logbook, events: LogbookEvents
) -> None:
    page = show(a_case(), a_case(), a_case("L", Level.L1))
    save_filter(logbook, "Thoracic", parse("level:T12"))
    events.filters_changed.emit()
    qtbot.waitUntil(lambda: page.bar._by.count() == 8, timeout=30_000)
    page.bar._by.setCurrentIndex(7)
    qtbot.waitUntil(lambda: bool(page.outcome and page.outcome.groups), timeout=30_000)
    assert page.outcome is not None
    labels = [(group.label, group.numbers.n_cases) for group in page.outcome.groups]
    assert labels == [("Thoracic", 2), ("All others", 1)]
    settle(qtbot, page)


def test_thresholds_are_changed_from_the_page_and_used_at_once(
    qtbot: QtBot, show: Show, logbook: Logbook
) -> None:
    page = show(a_case(before=8, after=6), a_case(before=8, after=2))
    page.sections.thresholds.click()
    qtbot.waitUntil(lambda: bool(page.findChildren(ThresholdsDialog)), timeout=30_000)
    (dialog,) = page.findChildren(ThresholdsDialog)
    dialog.boxes["points"].setValue(3)
    dialog.accept()

    def improved() -> bool:
        responders = page.outcome.numbers.responders if page.outcome else ()
        return bool(responders) and responders[0].label == "≥ 3 points"

    qtbot.waitUntil(improved, timeout=30_000)
    assert stored_thresholds(logbook) == replace(Thresholds(), points=3.0)
    assert "≥ 3 points: set for this logbook." in said(page.content.responders)
    settle(qtbot, page)


def test_thresholds_that_cannot_be_are_told_and_not_saved(qtbot: QtBot, show: Show) -> None:
    page = show(a_case())
    dialog = ThresholdsDialog(page._theme, Thresholds(), page)
    dialog.boxes["substantial"].setValue(20)
    assert "Substantial relief cannot be less" in dialog.problem.text()
    assert not dialog._save.isEnabled()
    dialog.show_thresholds(Thresholds())
    assert dialog._save.isEnabled()


def test_words_and_data_of_a_figure_are_handed_on(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    page = show(a_case(), a_case(after=None))
    page.bar.caption_asked.emit(FigureKind.CHANGE)
    qtbot.waitUntil(lambda: page.notice.text == "The caption is in the clipboard.")
    assert QGuiApplication.clipboard().text().startswith("Pain: change before and at the latest")
    page.bar.methods_asked.emit(FigureKind.PAIRED)
    qtbot.waitUntil(lambda: page.notice.text == "The methods sentence is in the clipboard.")
    assert "was paired by case, on NRS 0–10 only" in QGuiApplication.clipboard().text()
    target = tmp_path / "pairs.csv"
    page.save_figure(FigureKind.PAIRED, target, DATA_FILE)
    qtbot.waitUntil(lambda: page.notice.text == f"The data of the figure is in {target}.")
    assert target.read_text(encoding="utf-8").startswith("what,scale,before,after")
