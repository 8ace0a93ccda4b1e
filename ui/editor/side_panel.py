# SPDX-License-Identifier: MIT
"""The spine beside the form, with what is treated marked on it, and the findings under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from models.case import Case
from models.findings import Finding
from models.numbers import show_number
from models.schema import TreatedLevel
from models.vocabulary import Diagnosis, Level
from ui.editor.findings_panel import FindingsPanel
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.spine import LevelMark, SpineView

_FRACTURES = frozenset(
    {
        Diagnosis.OSTEOPOROTIC_FRACTURE,
        Diagnosis.TRAUMATIC_FRACTURE,
        Diagnosis.FRACTURE_UNSPECIFIED,
    }
)

_SPINE_LEAST = 90
_SPINE_SHARE = 5
_FINDINGS_SHARE = 3


class SidePanel(QFrame):
    """Adds and chooses levels on the spine, and lists what to check.

    Signals:
        level_wanted: (level) it is to be treated too.
        level_unwanted: (level) it is to be taken away.
        level_chosen: (level) the form should show it.
        finding_chosen: (finding) the form should show where it is.
    """

    level_wanted = Signal(object)
    level_unwanted = Signal(object)
    level_chosen = Signal(object)
    finding_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_kind(self, "side")
        self.spine = SpineView(theme, parent=self)
        self.spine.set_interactive(True)
        self.findings = FindingsPanel(theme, self)
        self._hint = QLabel(self.tr("Click a vertebra to add it"), self)
        self._hint.setWordWrap(True)
        set_kind(self._hint, "small")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._hint)
        self._layout.addWidget(self.spine, _SPINE_SHARE)
        self._layout.addWidget(self.findings)
        self.spine.level_toggled.connect(self._toggle)
        self.spine.level_clicked.connect(self.level_chosen)
        self.findings.chosen.connect(self.finding_chosen)
        keep(theme, self._hint.setIndent, 7)
        keep(theme, self._layout.setContentsMargins, 8, 12, 8, 8)
        keep(theme, self._layout.setSpacing, 8)
        keep(theme, self.spine.setMinimumHeight, _SPINE_LEAST)
        theme.changed.connect(self._share_height)
        self._share_height()

    def show_case(
        self, case: Case, chosen: TreatedLevel | None, findings: Sequence[Finding]
    ) -> None:
        """Mark the levels of the case, and list the findings."""
        warned = _warnings(findings)
        marks: dict[Level, LevelMark] = {}
        for row in case.levels:
            if row.level is not None:
                marks[row.level] = _mark(case, row, warned.get(str(row.id), ""), row is chosen)
        if marks != self.spine.marks():
            self.spine.set_marks(marks)
        self.findings.show_findings(findings)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [self.spine, *self.findings.focus_boxes()]

    def _toggle(self, level: Level, wanted: bool) -> None:
        (self.level_wanted if wanted else self.level_unwanted).emit(level)

    def set_width(self, width: float) -> None:
        """Take this width, in pixels at scale 1."""
        self.setFixedWidth(self._theme.px(width))

    def _share_height(self) -> None:
        """Sentences need room that grows with the text; the spine is drawn at any size."""
        place = self._layout.indexOf(self.findings)
        self._layout.setStretch(place, round(_FINDINGS_SHARE * self._theme.scale))


def _warnings(findings: Iterable[Finding]) -> dict[str, str]:
    """The first sentence about each level, without what is open or explained."""
    said: dict[str, str] = {}
    for finding in findings:
        if finding.severity.is_pressing:
            said.setdefault(finding.row_id, finding.message)
    return said


def _mark(case: Case, row: TreatedLevel, warning: str, is_chosen: bool) -> LevelMark:
    note = ""
    if row.cement_ml is not None:
        field = TreatedLevel.cement_ml
        note = f"{show_number(row.cement_ml, field.decimals)} {field.unit}"
    return LevelMark(
        treated=True,
        selected=is_chosen,
        fracture=bool(_FRACTURES & set(row.diagnosis or ())),
        leaks=tuple(leak.location for leak in case.leaks_of(row) if leak.location),
        warning=warning,
        note=note,
    )
