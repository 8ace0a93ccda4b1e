# SPDX-License-Identifier: MIT
"""The scenes of the Cases page: the list, the pane beside it, and what opens from the headings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from tests.pictures.stage import Stage
from ui.cases.column_layout import ColumnLayout
from ui.cases.columns import Key
from ui.cases.columns_dialog import ColumnsDialog


def cases(stage: Stage) -> QWidget:
    """The list, with a case of several levels chosen."""
    stage.window.cases.detail.tabs.setCurrentIndex(0)
    stage.window.cases.show_case(stage.shown.rich)
    stage.settle()
    return stage.window


def patient(stage: Stage) -> QWidget:
    """The whole course of a patient with two procedures."""
    cases(stage)
    detail = stage.window.cases.detail
    detail.tabs.setCurrentWidget(detail.patient)
    stage.until(lambda: detail.patient.view is not None and detail.patient.view.isVisible())
    stage.settle()
    return stage.window


def history_in_short(stage: Stage) -> QWidget:
    """The end of the pane: images, what is open, and the last changes."""
    cases(stage)
    bar = stage.window.cases.detail.case.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()
    return stage.window


def cases_selected(stage: Stage) -> QWidget:
    """Several cases chosen."""
    cases(stage)
    stage.window.cases.table.choose([1, 2, 3, 6])
    stage.settle()
    return stage.window


def cases_sorting(stage: Stage) -> QWidget:
    """What the list can be sorted by."""
    cases(stage)
    stage.action("sort_cases")
    return _with_menu(stage)


def cases_columns(stage: Stage) -> QWidget:
    """Which columns are in sight."""
    cases(stage)
    heading = stage.window.cases.table.horizontalHeader()
    heading.customContextMenuRequested.emit(QPoint(200, heading.height()))
    return _with_menu(stage)


def cases_menu(stage: Stage) -> QWidget:
    """What can be done with a case."""
    cases(stage)
    stage.window.cases.context_menu().popup(QPoint())
    return _with_menu(stage)


def cases_arranging(stage: Stage) -> QWidget:
    """Columns, their order and their widths."""
    stage.action("columns")
    dialog = stage.dialog(ColumnsDialog)
    dialog.list.setCurrentRow(3)
    stage.spread(dialog, 420, 640)
    return dialog


def cases_own_columns(stage: Stage) -> QWidget:
    """The list as somebody arranged it."""
    arrangement = stage.window.cases.table.arrangement
    away = frozenset({Key.AGE_SEX, Key.HEIGHT, Key.STATUS, Key.CEMENT})
    layout = ColumnLayout(away=away).moved(Key.FOLLOW_UP, 2).with_width(Key.DIAGNOSIS, 150)
    arrangement.arrange(layout)
    cases(stage)
    stage.on_leaving(stage.window.cases.table.reset_columns)
    return stage.window


def _with_menu(stage: Stage) -> QWidget:
    stage.settle()
    (menu,) = (popup for popup in stage.popups() if isinstance(popup, QMenu))
    # Without a screen a menu keeps to 800 by 800 pixels.
    place = QPoint(stage.window.width() // 3, stage.window.height() // 6)
    menu.move(stage.window.mapToGlobal(place))
    return stage.window


CASES_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "cases": cases,
    "patient": patient,
    "cases-history": history_in_short,
    "cases-selected": cases_selected,
    "cases-sorting": cases_sorting,
    "cases-columns": cases_columns,
    "cases-menu": cases_menu,
    "cases-arranging": cases_arranging,
    "cases-own-columns": cases_own_columns,
}
