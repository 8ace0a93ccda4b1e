# SPDX-License-Identifier: MIT
"""The Safety page as a user meets it: real logbooks, real jobs, real widgets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.audit import Action
from models.bulk import save_many
from models.case import Case, save_case
from models.logbook import Logbook
from models.query import Filter, parse, text_of
from models.safety.cusum import Form
from models.safety.watch import Failure, Unit
from models.vocabulary import EventKind, Level, YesNo
from tests.builders import add_score, noted
from tests.models.safety.clinic import leaking, treated, with_event
from ui.charts.kinds import DATA_FILE, SafetyFigure
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.safety.page import SafetyPage
from ui.safety.recall_card import RecallCard
from ui.theme import Theme

Show = Callable[..., SafetyPage]


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, theme: Theme, events: LogbookEvents) -> SafetyPage:
    shown = SafetyPage(jobs, theme, events)
    qtbot.addWidget(shown, before_close_func=lambda _: idle(qtbot, jobs))
    shown.resize(1192, 770)
    shown.show()
    return shown


@pytest.fixture
def show(qtbot: QtBot, page: SafetyPage, jobs: Jobs, logbook: Logbook) -> Show:
    """Save the cases and wait until the page shows them."""

    def shown(*cases: Case) -> SafetyPage:
        for number, case in enumerate(cases):
            case.patient.patient_code = f"P-{number}"
        save_many(logbook, cases)
        page.set_logbook(logbook)
        settle(qtbot, page, jobs)
        return page

    return shown


def idle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=30_000)


def settle(qtbot: QtBot, page: SafetyPage, jobs: Jobs) -> None:
    def drawn() -> bool:
        views = page.content.views.values()
        return page.numbers is not None and all(not view.image.isNull() for view in views)

    qtbot.waitUntil(drawn, timeout=30_000)
    idle(qtbot, jobs)


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def rows(table: QWidget) -> list[list[str]]:
    model = table.model()  # type: ignore[attr-defined]
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_page_loads_neither_numpy_nor_scipy_nor_matplotlib() -> None:
    code = (
        "import sys, ui.safety.page;"
        "found = {'numpy', 'scipy', 'matplotlib'} & set(sys.modules);"
        "assert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_a_logbook_and_without_cases_it_says_what_to_do(
    qtbot: QtBot, page: SafetyPage, logbook: Logbook
) -> None:
    assert page.empty.title == "No logbook is open"
    page.set_logbook(logbook)
    qtbot.waitUntil(lambda: page.numbers is not None, timeout=30_000)
    assert page.empty.title == "No cases yet"
    assert "leakage" in page.empty.accessibleDescription()
    with qtbot.waitSignal(page.new_case_wanted):
        page.empty.button.click()


def test_every_number_has_its_n_and_interval(show: Show) -> None:
    page = show(leaking(hurts=YesNo.YES), *(treated() for _ in range(9)))
    content = page.content
    assert "10.0 %" in texts(content.figures.cards[0])
    assert "1 of 10 · 95 % CI 0 to 32.6 %" in texts(content.figures.cards[0])
    assert rows(content.splits.table) == [
        ["Disc above", "1 of 10", "10.0 % (0–32.6)", "1 of 10", "10.0 % (1.8–40.4)"]
    ]
    assert content.spine.spine.marks()[Level.T12].heat == 1.0
    assert "1 of 10 levels leaked, 10.0 %" in content.spine.spine.marks()[Level.T12].note
    for view in content.views.values():
        assert view.accessibleDescription()


def test_a_number_leads_to_the_cases_behind_it(qtbot: QtBot, show: Show) -> None:
    event = with_event(treated(), EventKind.INFECTION)
    page = show(leaking(Level.L1), event, treated())
    asked: list[Filter] = []
    page.cases_asked.connect(asked.append)
    table = page.content.splits.table
    place = table.visualRect(table.model().index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    page.content.events.table.selectRow(0)
    qtbot.keyClick(page.content.events.table, Qt.Key.Key_Return)
    page.content.spine.spine.level_clicked.emit(Level.L1)
    assert [text_of(one) for one in asked] == [
        "location:disc_superior",
        "event:infection",
        "level:L1 leak:present",
    ]


def test_cases_behind_a_number_are_among_those_of_the_filter(
    qtbot: QtBot, show: Show, jobs: Jobs
) -> None:
    page = show(leaking(Level.L1), leaking(Level.T12))
    page.filters.ask(parse("level:T12"))
    qtbot.waitUntil(lambda: page.numbers is not None and page.numbers.n_cases == 1)
    asked: list[Filter] = []
    page.cases_asked.connect(asked.append)
    page.content.splits.query_asked.emit("location:disc_superior")
    assert text_of(asked[0]) == "level:T12 location:disc_superior"
    idle(qtbot, jobs)


def test_another_chart_is_drawn_when_it_is_asked_for(qtbot: QtBot, show: Show, jobs: Jobs) -> None:
    page = show(*(treated(operator=name) for name in ("A. One", "B. Two", "A. One")))
    card, record = page.content.cusum, page.numbers
    assert record is not None
    before = record.record
    card.operator.setCurrentIndex(1)
    card.operator.activated.emit(1)
    qtbot.waitUntil(
        lambda: page.numbers is not None and page.numbers.watched.watch.operator == "A. One"
    )
    assert page.numbers is not None
    assert page.numbers.watched.chart.n == 2
    assert page.numbers.record is before
    assert "0 of 2 procedures, A. One" in texts(card)
    idle(qtbot, jobs)


def test_another_failure_brings_its_usual_rates_and_may_be_no_matter_of_levels(
    qtbot: QtBot, show: Show, jobs: Jobs
) -> None:
    page = show(treated(), treated())
    card = page.content.cusum
    card.unit.setCurrentIndex(Unit.LEVEL.rank)
    card.unit.activated.emit(Unit.LEVEL.rank)
    assert card.watch.unit is Unit.LEVEL
    card.failure.setCurrentIndex(Failure.LITTLE_RELIEF.rank)
    card.failure.activated.emit(Failure.LITTLE_RELIEF.rank)
    assert (card.watch.failure, card.watch.unit) == (Failure.LITTLE_RELIEF, Unit.PROCEDURE)
    assert (card.watch.plan.p0, card.watch.plan.p1) == (0.2, 0.35)
    assert not card.unit.isEnabled()
    qtbot.waitUntil(
        lambda: (
            page.numbers is not None and page.numbers.watched.watch.failure is Failure.LITTLE_RELIEF
        )
    )
    idle(qtbot, jobs)


def test_scrolling_over_the_boxes_changes_nothing(qtbot: QtBot, show: Show, jobs: Jobs) -> None:
    page = show(treated(operator="A. One"))
    card = page.content.cusum
    before = card.watch
    for box in (card.p0, card.p1, card.alpha, card.failure, card.form, card.operator):
        at = QPointF(box.rect().center())
        turned = QWheelEvent(
            at, QPointF(box.mapToGlobal(at)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, turned)
        assert not turned.isAccepted()
        assert box.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert (card.p0.value(), card.p1.value(), card.alpha.value()) == (2.0, 5.0, 10.0)
    assert card.failure.currentIndex() == Failure.SYMPTOMATIC_LEAK.rank
    assert card.watch == before
    idle(qtbot, jobs)


def test_rates_that_cannot_be_are_refused_beside_the_chart(
    qtbot: QtBot, show: Show, jobs: Jobs
) -> None:
    page = show(treated())
    card = page.content.cusum
    card.form.setCurrentIndex(Form.SPRT.rank)
    card.form.activated.emit(Form.SPRT.rank)
    card.p1.setValue(1.0)
    qtbot.waitUntil(lambda: "below p0" in card.problem)
    assert card.watch.plan.p1 == 0.05
    card.p1.setValue(8.0)
    qtbot.waitUntil(lambda: card.problem == "" and card.watch.plan.p1 == 0.08)
    idle(qtbot, jobs)


def test_a_lot_finds_its_patients_and_opens_a_case(qtbot: QtBot, show: Show, jobs: Jobs) -> None:
    given = treated(Level.L1)
    given.procedure.cement_lot = "AB-77"
    page = show(given, treated())
    card = page.content.recall
    qtbot.keyClicks(card.box, "ab77")
    qtbot.keyClick(card.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.table.isVisibleTo(card))
    assert rows(card.table) == [["P-0", "2024-03-04", "L1", "–", "AB-77", "Dr A. Operator"]]
    assert "Procedures without a lot recorded, which cannot be found: 1." in card.said
    opened: list[str] = []
    page.case_opened.connect(opened.append)
    card.table.selectRow(0)
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert opened == [given.id]
    qtbot.keyClicks(card.box, "x")
    assert not card.table.isVisibleTo(card)
    card.box.setText("a")
    card.button.click()
    qtbot.waitUntil(lambda: "at least two" in card.said)
    idle(qtbot, jobs)


def says(card: RecallCard, said: str) -> bool:
    return said in card.said


def test_who_got_a_lot_comes_into_sight(qtbot: QtBot, show: Show, jobs: Jobs) -> None:
    many = [treated() for _ in range(7)]
    for n, case in enumerate(many):
        case.procedure.cement_lot = f"AB-77/{n}"
    page = show(*many)
    idle(qtbot, jobs)
    page.resize(1000, 700)
    card = page.content.recall
    qtbot.keyClicks(card.box, "ab77")
    area = page.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    for lot, said in (("ab77", "and 2 more"), ("zz99", "Nobody got")):
        card.box.setText(lot)
        qtbot.keyClick(card.box, Qt.Key.Key_Return)
        qtbot.waitUntil(partial(says, card, said))
        idle(qtbot, jobs)
        for part in (card.box, card):
            foot = part.mapTo(page, part.rect().bottomLeft())
            assert foot.y() <= page.height(), part


def test_a_saved_case_is_counted_at_once(
    qtbot: QtBot, show: Show, jobs: Jobs, logbook: Logbook, events: LogbookEvents
) -> None:
    page = show(treated())
    more = leaking()
    more.patient.patient_code = "P-9"
    save_case(logbook, more)
    events.cases_changed.emit()
    qtbot.waitUntil(lambda: page.numbers is not None and page.numbers.n_cases == 2)
    idle(qtbot, jobs)


def test_new_fractures_are_told_as_publications_count_them(show: Show) -> None:
    case = treated()
    add_score(case, 2, "2025-03-04")
    page = show(case, treated())
    said = " ".join(label.text() for label in page.content.fractures.findChildren(QLabel))
    assert "Of patients seen at 12 months: 0 of 1, 0 % (0–79.3)." in said
    assert "24 months" not in said


def test_captions_and_files_are_handed_on_and_the_audit_says_so(
    qtbot: QtBot, show: Show, jobs: Jobs, logbook: Logbook, tmp_path: Path
) -> None:
    page = show(leaking(), treated())
    entries = [action for action in page.bar.copying.menu().actions() if action.text()]
    named = {action.text(): action for action in entries}
    assert len(named) == len(entries) == 3 * len(SafetyFigure), "each says what it copies"
    named[f"Caption: {SafetyFigure.LEAKAGE.heading}"].trigger()
    words = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: words.text().startswith("Cement leakage by treated level"))
    named[f"Methods sentence: {SafetyFigure.LEAKAGE.heading}"].trigger()
    qtbot.waitUntil(lambda: words.text().startswith("Leakage was counted of levels"))
    page.copy_figure(SafetyFigure.CUSUM)
    qtbot.waitUntil(lambda: "with its caption" in page.notice.text)
    target = tmp_path / "leaks.csv"
    page.save_figure(SafetyFigure.LEAKAGE, target, DATA_FILE)
    qtbot.waitUntil(lambda: page.notice.text.startswith("The data of the figure is in"))
    assert target.exists()
    page.save_figure(SafetyFigure.LEAKAGE, tmp_path / "no" / "leaks.csv", DATA_FILE)
    qtbot.waitUntil(lambda: "no" in page.notice.text and "cannot" in page.notice.text.lower())
    idle(qtbot, jobs)
    leakage, cusum = (one.heading for one in (SafetyFigure.LEAKAGE, SafetyFigure.CUSUM))
    # What never became a file is no export.
    assert noted(logbook, Action.EXPORT) == [
        f"Caption of the figure {leakage}, clipboard.",
        f"Figure {cusum}, clipboard.",
        f"Data of the figure {leakage}, CSV file leaks.csv.",
    ]


def test_every_control_has_a_name_and_nothing_is_wider_than_a_narrow_page(
    qtbot: QtBot, show: Show, jobs: Jobs, theme: Theme
) -> None:
    page = show(with_event(leaking(), EventKind.RADICULAR_PAIN), treated())
    theme.set_scale(2.0)
    page.resize(1000, 700)
    settle(qtbot, page, jobs)
    # Qt's own parts of a control speak for the control.
    inner = "qt_"
    for kind in (QComboBox, QAbstractButton, QLineEdit):
        for control in page.content.findChildren(kind):
            if control.isVisible() and not control.objectName().startswith(inner):
                named = control.accessibleName() or getattr(control, "text", str)()
                assert named, control
    area = page.content.parentWidget()
    assert area is not None
    edge = area.width()
    for card in page.content.children():
        if isinstance(card, QWidget) and card.isVisible():
            right = card.mapTo(page.content, QPoint(card.width(), 0)).x()
            assert right <= edge, card
