# SPDX-License-Identifier: MIT
"""The scenes of the filter bar, and of what opens from it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.pictures.stage import Stage
from ui.filters.bar import FilterBar
from ui.filters.manage_dialog import ManageDialog
from ui.filters.save_dialog import SaveDialog


def _searched(stage: Stage, text: str) -> FilterBar:
    """Type into the search of the list, and wait until the list has it."""
    bar = stage.window.cases.bar.filters
    bar.line.setFocus()
    QTest.keyClicks(bar.line, text)
    bar.search_now()
    stage.settle()
    return bar


def filters_chips(stage: Stage) -> QWidget:
    """Several conditions, as text and as chips."""
    bar = _searched(stage, "level:T10-L2 technique:kypho -complete -kap:>300 pain:>=7 ")
    bar.line.clearFocus()
    return stage.window


def filters_no_match(stage: Stage) -> QWidget:
    """Conditions that no case meets all of."""
    _searched(stage, "kyp level:T10-L2 technique:sacroplasty -complete kap:>300 ")
    return stage.window


def filters_completions(stage: Stage) -> QWidget:
    """What can be written at the cursor."""
    _searched(stage, "leak:yes technique:")
    return stage.window


def filters_problem(stage: Stage) -> QWidget:
    """What is not understood."""
    _searched(stage, "leak:yes level:T12,T99 lvl:T1 ")
    return stage.window


def filters_levels(stage: Stage) -> QWidget:
    """The levels under their chip."""
    _searched(stage, "level:T10-L2 ").chips.open_offers("level")
    stage.settle()
    return stage.window


def filters_diagnoses(stage: Stage) -> QWidget:
    """A list of offers under its chip."""
    _searched(stage, "diagnosis:hemangioma,metastasis ").chips.open_offers("diagnosis")
    stage.settle()
    return stage.window


def filters_saved(stage: Stage) -> QWidget:
    """The menu of saved filters and last searches."""
    bar = _searched(stage, "leak:yes ")
    bar.clear()
    bar = _searched(stage, "level:T10-L2 operator:smith ")
    button, menu = bar.saved, bar.saved.menu()
    menu.popup(QPoint())
    stage.settle()
    # Without a screen a menu keeps to 800 by 800 pixels.
    right = button.mapToGlobal(QPoint(button.width(), button.height()))
    menu.move(right - QPoint(menu.width(), 0))
    return stage.window


def filters_help(stage: Stage) -> QWidget:
    """The language by examples."""
    _searched(stage, "").show_help()
    stage.settle()
    return stage.window


def filters_save(stage: Stage) -> QWidget:
    """A name for a filter, which is taken."""
    _searched(stage, "leak:yes level:T10-L2 ").saved.ask_name()
    dialog = stage.dialog(SaveDialog)
    QTest.keyClicks(dialog.name, "leaks at the junction")
    dialog.accept_button.click()
    stage.until(dialog.said.isVisible)
    stage.settle()
    return dialog


def filters_manage(stage: Stage) -> QWidget:
    """The saved filters, one of which is of another version."""
    stage.window.cases.bar.filters.saved.manage()
    stage.settle()
    dialog = stage.dialog(ManageDialog)
    stage.spread(dialog, 680, 380)
    return dialog


FILTER_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "filters-chips": filters_chips,
    "filters-no-match": filters_no_match,
    "filters-completions": filters_completions,
    "filters-problem": filters_problem,
    "filters-levels": filters_levels,
    "filters-diagnoses": filters_diagnoses,
    "filters-saved": filters_saved,
    "filters-help": filters_help,
    "filters-save": filters_save,
    "filters-manage": filters_manage,
}
