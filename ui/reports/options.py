# SPDX-License-Identifier: MIT
"""Which report is wanted, and what each kind is asked with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QVBoxLayout, QWidget

from models.query import Filter
from models.reports.kinds import ReportKind
from models.reports.wanted import Wanted

_FIRST_YEAR, _LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """With what the dialog begins.

    Attributes:
        kind: the report that is proposed.
        year: of the yearly review that is proposed.
        case_id: the case that a summary is of; "" where none is chosen, so that there is none.
        asked: the filter of the page.
        stores_names: whether the clinic stores names, so that one can be asked for.
    """

    kind: ReportKind
    year: int
    case_id: str = ""
    asked: Filter = field(default_factory=Filter)
    stores_names: bool = False


class ReportOptions(QWidget):
    """The choice of a report, whose tool tip says what is in it, and what this one needs.

    Signals:
        changed: another report is wanted.
    """

    changed = Signal()

    def __init__(self, request: ReportRequest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request = request
        self.kind_box = QComboBox(self)
        self.kind_box.setAccessibleName(self.tr("Report"))
        for kind in ReportKind:
            if kind is not ReportKind.CASE_SUMMARY or request.case_id:
                self.kind_box.addItem(self._label(kind), kind)
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(request.kind)))
        self.operator_box = QComboBox(self)
        self.operator_box.setAccessibleName(self.tr("Operator"))
        self.operator_box.addItem(self.tr("Everybody"), "")
        self.year_box = QSpinBox(self)
        self.year_box.setAccessibleName(self.tr("Year"))
        self.year_box.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year_box.setValue(request.year)
        self.year_box.setKeyboardTracking(False)
        self.name_box = QCheckBox(self.tr("Name and record &number"), self)
        self._arrange()
        self.kind_box.currentIndexChanged.connect(self._turn)
        self.operator_box.currentIndexChanged.connect(self.changed)
        self.year_box.valueChanged.connect(self.changed)
        self.name_box.toggled.connect(self.changed)
        self._show()

    @property
    def kind(self) -> ReportKind:
        """The report that is wanted."""
        return ReportKind.named(str(self.kind_box.currentData()))

    def wanted(self, asked: Filter) -> Wanted:
        """The report that is wanted, of the cases of a filter where it takes one."""
        kind = self.kind
        return Wanted(
            kind,
            asked=asked if kind.takes_filter else Filter(),
            case_id=self._request.case_id,
            with_name=self.name_box.isChecked() and self._request.stores_names,
            operator=str(self.operator_box.currentData()),
            year=self.year_box.value(),
        )

    def offer_operators(self, names: Sequence[str]) -> None:
        """Let one of these be chosen, or everybody."""
        chosen = self.operator_box.currentData()
        self.operator_box.blockSignals(True)
        while self.operator_box.count() > 1:
            self.operator_box.removeItem(1)
        for name in names:
            self.operator_box.addItem(name, name)
        self.operator_box.setCurrentIndex(max(0, self.operator_box.findData(chosen)))
        self.operator_box.blockSignals(False)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.kind_box, self.operator_box, self.year_box, self.name_box):
            layout.addWidget(widget)

    def _turn(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        kind = self.kind
        self.kind_box.setToolTip(self._told(kind))
        self.kind_box.setAccessibleDescription(self._told(kind))
        self.operator_box.setVisible(kind is ReportKind.OPERATOR)
        self.year_box.setVisible(kind is ReportKind.YEAR)
        shows_name = kind is ReportKind.CASE_SUMMARY and self._request.stores_names
        self.name_box.setVisible(shows_name)

    def _label(self, kind: ReportKind) -> str:
        return {
            ReportKind.CASE_SERIES: self.tr("Case series"),
            ReportKind.CASE_SUMMARY: self.tr("Case summary"),
            ReportKind.OPERATOR: self.tr("Operator's logbook"),
            ReportKind.YEAR: self.tr("Yearly review"),
        }[kind]

    def _told(self, kind: ReportKind) -> str:
        return {
            ReportKind.CASE_SERIES: self.tr(
                "Table of patients, methods, results and figures of the cases of a filter."
            ),
            ReportKind.CASE_SUMMARY: self.tr("The chosen case on one page, without a name."),
            ReportKind.OPERATOR: self.tr("Cases by technique, role and level, with their dates."),
            ReportKind.YEAR: self.tr(
                "Volume, outcomes, safety, completeness and literature. No single patient."
            ),
        }[kind]
