# SPDX-License-Identifier: MIT
"""The scenes of the Outcomes page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.query import parse
from tests.pictures.stage import Stage


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


OUTCOMES_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "outcomes": outcomes,
    "outcomes-filtered": outcomes_filtered,
}
