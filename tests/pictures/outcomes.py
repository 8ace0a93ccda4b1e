# SPDX-License-Identifier: MIT
"""The Outcomes page, section by section, as it is pictured and looked through for cut words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.analysis.grouping import CompareBy
from tests.pictures.stage import Stage
from ui.outcomes.page import OutcomesPage
from ui.outcomes.thresholds_dialog import ThresholdsDialog


def _page(stage: Stage) -> OutcomesPage:
    stage.window.show_page("outcomes")
    page = stage.window.outcomes
    assert page is not None
    return page


def _section(key: str, by: CompareBy | None = None) -> Callable[[Stage], QWidget]:
    """One section, of all cases together or compared."""

    def scene(stage: Stage) -> QWidget:
        page = _page(stage)
        page.bar.choose(None, by)
        page.sections.choose(key)
        stage.settle()
        return stage.window

    return scene


def thresholds(stage: Stage) -> QWidget:
    """What counts as improved."""
    _section("pain")(stage)
    _page(stage).sections.thresholds.click()
    return stage.dialog(ThresholdsDialog)


OUTCOMES: dict[str, Callable[[Stage], QWidget]] = {
    "outcomes": _section("pain"),
    "outcomes-groups": _section("pain", CompareBy.TECHNIQUE),
    "outcomes-function": _section("function"),
    "outcomes-medication": _section("medication"),
    "outcomes-height": _section("height"),
    "outcomes-cement": _section("cement"),
    "outcomes-followed": _section("followed"),
    "outcomes-thresholds": thresholds,
}
