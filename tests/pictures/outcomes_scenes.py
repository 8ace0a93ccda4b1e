# SPDX-License-Identifier: MIT
"""The scenes of the Outcomes page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.analysis.grouping import CompareBy
from models.query import parse
from tests.pictures.stage import Stage
from ui.outcomes.thresholds_dialog import ThresholdsDialog


def outcomes(stage: Stage) -> QWidget:
    """The analysis."""
    stage.window.show_page("outcomes")
    stage.settle()
    return stage.window


def outcomes_filtered(stage: Stage) -> QWidget:
    """The analysis of the cases of a filter."""
    outcomes(stage)
    page = stage.window.outcomes
    assert page is not None
    page.filters.set_filter(parse("technique:kyphoplasty level:T10-L2"))
    page.refresh()
    stage.settle()
    return stage.window


def _section(key: str) -> Callable[[Stage], QWidget]:
    """Another section of the analysis."""

    def scene(stage: Stage) -> QWidget:
        stage.window.show_page("outcomes")
        page = stage.window.outcomes
        assert page is not None
        page.bar.choose(None, CompareBy.TECHNIQUE if key == "groups" else None)
        page.sections.choose("pain" if key == "groups" else key)
        stage.settle()
        return stage.window

    return scene


def outcomes_thresholds(stage: Stage) -> QWidget:
    """What counts as improved."""
    _section("pain")(stage)
    page = stage.window.outcomes
    assert page is not None
    page.sections.thresholds.click()
    return stage.dialog(ThresholdsDialog)


OUTCOMES_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "outcomes": outcomes,
    "outcomes-groups": _section("groups"),
    "outcomes-function": _section("function"),
    "outcomes-medication": _section("medication"),
    "outcomes-height": _section("height"),
    "outcomes-cement": _section("cement"),
    "outcomes-followed": _section("followed"),
    "outcomes-thresholds": outcomes_thresholds,
    "outcomes-filtered": outcomes_filtered,
}
