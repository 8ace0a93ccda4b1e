# SPDX-License-Identifier: MIT
"""The scenes of the Literature page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.pictures.stage import Stage
from ui.literature.page import LiteraturePage


def _shown(stage: Stage) -> LiteraturePage:
    stage.action("show_literature")
    stage.settle()
    page = stage.window.literature
    assert page is not None
    page.bar.search.clear()
    return page


def literature(stage: Stage) -> QWidget:
    """All published rates."""
    _shown(stage)
    return stage.window


def literature_search(stage: Stage) -> QWidget:
    """Rates that hold the words looked for."""
    page = _shown(stage)
    QTest.keyClicks(page.bar.search, "leak kyphoplasty")
    page.table.setFocus()
    return stage.window


def literature_no_match(stage: Stage) -> QWidget:
    """Words that no rate holds."""
    page = _shown(stage)
    QTest.keyClicks(page.bar.search, "radiculectomy")
    return stage.window


LITERATURE_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "literature": literature,
    "literature-search": literature_search,
    "literature-no-match": literature_no_match,
}
