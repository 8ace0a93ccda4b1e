# SPDX-License-Identifier: MIT
"""The report dialog with each kind of report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.reports.kinds import ReportKind
from tests.pictures.stage import Stage
from ui.reports.dialog import ReportDialog


def report_series(stage: Stage) -> QWidget:
    """A case series of the cases of a filter."""
    return _of(stage, ReportKind.CASE_SERIES)


def report_summary(stage: Stage) -> QWidget:
    """The summary of a case of several levels, with images."""
    stage.window.cases.show_case(stage.shown.rich)
    stage.settle()
    return _of(stage, ReportKind.CASE_SUMMARY)


def report_operator(stage: Stage) -> QWidget:
    """The logbook of everybody who operated."""
    return _of(stage, ReportKind.OPERATOR)


def report_year(stage: Stage) -> QWidget:
    """The review of a year."""
    return _of(stage, ReportKind.YEAR)


REPORT_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "report-series": report_series,
    "report-summary": report_summary,
    "report-operator": report_operator,
    "report-year": report_year,
}


def _of(stage: Stage, kind: ReportKind) -> QWidget:
    stage.action("report")
    dialog = stage.dialog(ReportDialog)
    box = dialog.options.kind_box
    box.setCurrentIndex(box.findData(kind))
    if kind is ReportKind.YEAR:
        dialog.options.year_box.setValue(2025)
    stage.spread(dialog, 1060, 680)
    stage.until(lambda: dialog.preview.page and not dialog.is_busy)
    stage.settle()
    return dialog
