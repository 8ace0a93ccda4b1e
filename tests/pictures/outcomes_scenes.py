# SPDX-License-Identifier: MIT
"""The scenes of the Outcomes page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea, QWidget

from models.analysis.grouping import CompareBy
from models.analysis.instruments import Instrument
from models.query import parse
from tests.pictures.stage import Stage
from ui.outcomes.thresholds_dialog import ThresholdsDialog

_Scene = Callable[[Stage], QWidget]


def outcomes_filtered(stage: Stage) -> QWidget:
    """The analysis of the cases of a filter."""
    _section("pain")(stage)
    page = stage.window.outcomes
    assert page is not None
    page.filters.set_filter(parse("technique:kyphoplasty level:T10-L2"))
    page.refresh()
    stage.settle()
    return stage.window


def _section(key: str) -> _Scene:
    """Another section of the analysis."""

    def scene(stage: Stage) -> QWidget:
        stage.window.show_page("outcomes")
        page = stage.window.outcomes
        assert page is not None
        page.bar.choose(None, CompareBy.TECHNIQUE if key == "groups" else None)
        page.sections.choose("pain" if key == "groups" else key)
        stage.settle()
        _area(stage).verticalScrollBar().setValue(0)
        return stage.window

    return scene


def _scrolled(key: str, name: str, instrument: Instrument | None = None) -> _Scene:
    """A card of a section that is longer than the screen."""

    def scene(stage: Stage) -> QWidget:
        _section(key)(stage)
        page = stage.window.outcomes
        assert page is not None
        if instrument is not None:
            page.function.choose(instrument)
        stage.settle()
        card = getattr(page.section, name)
        _area(stage).verticalScrollBar().setValue(card.y() - 12)
        stage.settle()
        return stage.window

    return scene


def _area(stage: Stage) -> QScrollArea:
    """What is scrolled of the page; a section stays where it was left."""
    page = stage.window.outcomes
    assert page is not None
    return next(area for area in page.findChildren(QScrollArea) if area.isVisible())


def outcomes_thresholds(stage: Stage) -> QWidget:
    """What counts as improved."""
    _section("pain")(stage)
    page = stage.window.outcomes
    assert page is not None
    page.sections.thresholds.click()
    return stage.dialog(ThresholdsDialog)


OUTCOMES_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "outcomes": _section("pain"),
    "outcomes-groups": _section("groups"),
    "outcomes-function": _section("function"),
    "outcomes-medication": _section("medication"),
    "outcomes-height": _section("height"),
    "outcomes-beside": _scrolled("pain", "beside"),
    "outcomes-rmdq": _scrolled("function", "figures", Instrument.RMDQ),
    "outcomes-height-kept": _scrolled("height", "kept"),
    "outcomes-cement": _section("cement"),
    "outcomes-followed": _section("followed"),
    "outcomes-at-random": _scrolled("followed", "at_random"),
    "outcomes-thresholds": outcomes_thresholds,
    "outcomes-filtered": outcomes_filtered,
}
