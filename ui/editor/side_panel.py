# SPDX-License-Identifier: MIT
"""The spine beside the form, with what is treated marked on it, and the findings under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from models.case import Case
from models.findings import Finding
from models.patient_course import NOTHING_KNOWN, PatientCourse
from models.schema import TreatedLevel
from models.vocabulary import Level
from ui.editor.findings_panel import FindingsPanel
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import ENTRY, below, set_topic
from ui.widgets.case_marks import marks_of, variants_of
from ui.widgets.spine import SpineView
from ui.widgets.spine_legend import SpineLegend

_LEAST_FOR_LEGEND = 640
_LEAST_FOR_HINT = 450

_SPINE_LEAST = 145
_SPINE_MOST = 0.5
"""Of a low panel, so that the findings have room too."""
_SPINE_SHARE = 5
_FINDINGS_SHARE = 3


class SidePanel(QFrame):
    """Adds and chooses levels on the spine, and lists what to check.

    Signals:
        level_wanted: (level) it is to be treated too.
        level_unwanted: (level) it is to be taken away.
        level_chosen: (level) the form should show it.
        finding_chosen: (finding) the form should show where it is.
        variants_changed: the user said that the patient has T13 or L6, or has not.
    """

    level_wanted = Signal(object)
    level_unwanted = Signal(object)
    level_chosen = Signal(object)
    finding_chosen = Signal(object)
    variants_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_kind(self, "side")
        self.spine = SpineView(theme, parent=self)
        self.spine.set_interactive(True)
        self.legend = SpineLegend(theme, self)
        self.findings = FindingsPanel(theme, self)
        set_topic(self.spine, below(ENTRY, "Quickly, by keys"))
        set_topic(self.findings, below(ENTRY, "Numbers, ranges and words"))
        self._hint = QLabel(self.tr("Click a vertebra, or type t12"), self)
        self._hint.setWordWrap(True)
        keys = self.tr(
            "With the spine in focus: arrow keys move, Space adds, Delete removes, "
            "typing t12, l1 l2 or t11-l1 adds. The context menu puts in T13 or L6."
        )
        self._hint.setToolTip(keys)
        self.spine.setWhatsThis(keys)
        set_kind(self._hint, "small")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._hint)
        self._layout.addWidget(self.spine, _SPINE_SHARE)
        self._layout.addWidget(self.legend)
        self._layout.addWidget(self.findings)
        self.spine.level_toggled.connect(self._toggle)
        self.spine.level_clicked.connect(self.level_chosen)
        self.spine.variants_changed.connect(self.variants_changed)
        self.findings.chosen.connect(self.finding_chosen)
        keep(theme, self._hint.setIndent, 7)
        keep(theme, self.legend.setContentsMargins, 7, 0, 7, 0)
        keep(theme, self._layout.setContentsMargins, 8, 12, 8, 8)
        keep(theme, self._layout.setSpacing, 8)
        theme.follow(self._share_height)
        self._share_height()

    def show_case(
        self,
        case: Case,
        chosen: TreatedLevel | None,
        findings: Sequence[Finding],
        course: PatientCourse = NOTHING_KNOWN,
    ) -> None:
        """Mark the levels of the case and what earlier cases left, and list the findings."""
        self.spine.set_variants(variants_of(case))
        marks = marks_of(case, course, chosen=chosen, warned=_warnings(findings))
        if marks != self.spine.marks():
            self.spine.set_marks(marks)
            self.legend.show_marks(marks)
        self.findings.show_findings(findings)

    def variants(self) -> frozenset[Level]:
        """T13 and L6, where they are in the column."""
        return self.spine.variants()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [self.spine, *self.findings.focus_boxes()]

    def _toggle(self, level: Level, wanted: bool) -> None:
        (self.level_wanted if wanted else self.level_unwanted).emit(level)

    def set_width(self, width: float) -> None:
        """Take this width, in pixels at scale 1."""
        self.setFixedWidth(self._theme.px(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.set_room(self.height() >= self._theme.px(_LEAST_FOR_LEGEND))
        # The spine has to be readable; what the hint says is its description too.
        self._hint.setVisible(self.height() >= self._theme.px(_LEAST_FOR_HINT))
        self._share_height()

    def _share_height(self) -> None:
        """Sentences need room that grows with the text; the spine is drawn at any size."""
        place = self._layout.indexOf(self.findings)
        self._layout.setStretch(place, round(_FINDINGS_SHARE * self._theme.scale))
        least = min(self._theme.px(_SPINE_LEAST), int(self.height() * _SPINE_MOST))
        self.spine.setMinimumHeight(max(least, 1))


def _warnings(findings: Iterable[Finding]) -> dict[str, str]:
    """The first sentence about each level, without what is open or explained."""
    said: dict[str, str] = {}
    for finding in findings:
        if finding.severity.is_pressing:
            said.setdefault(finding.row_id, finding.message)
    return said
