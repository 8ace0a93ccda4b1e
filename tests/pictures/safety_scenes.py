# SPDX-License-Identifier: MIT
"""The Safety page, part by part: it is longer than any screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from models.query import parse
from models.safety.cusum import Form, Plan
from models.safety.watch import Failure, Watch
from tests.pictures.stage import Stage
from ui.safety.page import SafetyPage


def safety(stage: Stage) -> QWidget:
    """The top of the page: leakage, and the spine."""
    _page(stage)
    return stage.window


def safety_cusum(stage: Stage) -> QWidget:
    """A sequential test of leaks on fluoroscopy."""
    page = _page(stage)
    plan = Plan(Form.SPRT, *Failure.LEAK_ON_FLUOROSCOPY.usual_rates)
    page.content.cusum.choose(Watch(Failure.LEAK_ON_FLUOROSCOPY, plan=plan))
    return _scrolled(stage, page, page.content.cusum)


def safety_events(stage: Stage) -> QWidget:
    """Adverse events, and what comes below."""
    page = _page(stage)
    return _scrolled(stage, page, page.content.events)


def safety_beside(stage: Stage) -> QWidget:
    """Published rates beside the own ones."""
    page = _page(stage)
    return _scrolled(stage, page, page.content.beside)


def safety_recall(stage: Stage) -> QWidget:
    """The end of the page, with a lot that was looked for."""
    page = _page(stage)
    card = page.content.recall
    card.box.clear()
    QTest.keyClicks(card.box, "kx2403")
    card.button.click()
    return _scrolled(stage, page, card)


def safety_no_match(stage: Stage) -> QWidget:
    """A filter that nobody meets."""
    page = _page(stage)
    page.filters.ask(parse("level:C1 yeom:B"))
    stage.settle()
    return stage.window


def _page(stage: Stage) -> SafetyPage:
    stage.window.show_page("safety")
    stage.settle()
    page = stage.window.safety
    assert page is not None
    page.content.cusum.choose(Watch())
    stage.settle()
    page.findChildren(QScrollArea)[0].verticalScrollBar().setValue(0)
    return page


def _scrolled(stage: Stage, page: SafetyPage, card: QWidget) -> QWidget:
    stage.settle()
    QTest.qWait(120)
    stage.settle()
    area = page.findChildren(QScrollArea)[0]
    area.verticalScrollBar().setValue(card.y() - 12)
    stage.settle()
    return stage.window


SAFETY_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "safety": safety,
    "safety-cusum": safety_cusum,
    "safety-beside": safety_beside,
    "safety-events": safety_events,
    "safety-recall": safety_recall,
    "safety-no-match": safety_no_match,
}
