# SPDX-License-Identifier: MIT
"""Leads from finding to finding, and keeps why unusual values stand as they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from models.case import Case
from models.document import Value
from models.findings import Finding, Severity
from models.schema import Record
from ui.editor.editing import Editing
from ui.editor.findings_panel import FindingsPanel
from ui.editor.notice_bar import NoticeBar
from ui.editor.review import Review
from ui.widgets.field_form import FieldForm, focused_box

Spot = tuple[str, str]


class FindingsGuide(QObject):
    """Steps through the findings with a key, and lets them be explained.

    An explanation stands for the value that it was given for. When another value is entered, it
    is dropped, and the user is told and may put it back.

    Args:
        editing: the case under review.
        binder: the boxes.
        panel: the list of findings.
        notice: tells what was dropped.
        go_to: shows where a finding is.
    """

    def __init__(
        self,
        editing: Editing,
        binder: FieldForm,
        panel: FindingsPanel,
        notice: NoticeBar,
        go_to: Callable[[Finding], None],
    ) -> None:
        super().__init__(panel)
        self._editing = editing
        self._binder = binder
        self._panel = panel
        self._notice = notice
        self._go_to = go_to
        self._findings: list[Finding] = []
        self._at: Spot | None = None
        self._case: Case | None = None
        self._kept: dict[Spot, tuple[str, Value]] = {}
        editing.reviewed.connect(self._on_reviewed)
        panel.explained.connect(self._explain)
        binder.explanation_wanted.connect(self._open)

    def step(self, by: int) -> None:
        """Go to the next finding (or, with -1, to the one before), around and around."""
        self._binder.commit()
        self._editing.look()
        found = [f for f in self._findings if f.severity is not Severity.EXPLAINED]
        if not found:
            return
        spots = [(finding.row_id, finding.field) for finding in found]
        here = next((spot for spot in self._spots_here() if spot in spots), self._at)
        place = spots.index(here) if here in spots else (-1 if by > 0 else 0)
        # Several findings about one box are one stop.
        for _ in found:
            place = (place + by) % len(found)
            if spots[place] != here:
                break
        self._at = spots[place]
        self._go_to(found[place])

    def _spots_here(self) -> list[Spot]:
        box = focused_box()
        row = self._binder.row_of(box) if box is not None else None
        if box is None or row is None:
            return []
        return [(str(row.id), field.name) for field in box.fields]

    def _open(self, row: Record, field: str) -> None:
        self._editing.look()
        if not self._panel.explain(str(row.id), field):
            label = row._meta.fields[field].label
            self._notice.say(self.tr("Nothing about {label} is unusual.").format(label=label))

    def _explain(self, finding: Finding, words: str) -> None:
        case = self._editing.case
        row = _row(case, finding.row_id) if case is not None else None
        if row is not None:
            self._set(row, finding.field, words)

    def _set(self, row: Record, field: str, words: str) -> None:
        said = {name: told for name, told in (row.explained or {}).items() if name != field}
        row.explained = said | ({field: words} if words else {})
        self._binder.edited.emit(row, field)

    # explanations and their values

    def _on_reviewed(self, found: Review) -> None:
        self._findings = list(found.findings)
        case = self._editing.case
        if case is None:
            return
        if case is not self._case:
            self._case, self._kept, self._at = case, {}, None
        kept: dict[Spot, tuple[str, Value]] = {}
        for row in (*case.person_rows(), *case.case_rows()):
            for name, words in (row.explained or {}).items():
                spot, value = (str(row.id), name), _stored(row, name)
                known = self._kept.get(spot)
                if known is not None and known[0] == words and known[1] != value:
                    self._drop(row, name, words)
                else:
                    kept[spot] = words, value
        self._kept = kept

    def _drop(self, row: Record, field: str, words: str) -> None:
        self._set(row, field, "")
        label = row._meta.fields[field].label
        said = self.tr("The explanation of {label} went with its value: {words}")
        action = (self.tr("Keep it"), lambda: self._set(row, field, words))
        self._notice.say(said.format(label=label, words=words), "", action)


def _row(case: Case, row_id: str) -> Record | None:
    rows = (*case.person_rows(), *case.case_rows())
    return next((row for row in rows if str(row.id) == row_id), None)


def _stored(row: Record, name: str) -> Value:
    """The value as it is stored, with both ends where it is a reported number."""
    field = row._meta.fields.get(name)
    if field is None:
        return None
    ends = [other for other in row.clinical_fields() if other.stem and other.stem == field.stem]
    values = [other.db_value(getattr(row, other.name)) for other in ends or [field]]
    return values[0] if len(values) == 1 else repr(values)
