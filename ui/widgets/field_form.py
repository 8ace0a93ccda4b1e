# SPDX-License-Identifier: MIT
"""Binds boxes to rows of the record: what is typed goes into the row, and only there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from models.fields import ClinicalField
from models.findings import Finding, Severity
from models.numbers import Reported
from models.schema import Record
from ui.widgets.field_box import FieldBox, Notice
from ui.widgets.proposal import Memory, NoMemory

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Refused:
    """Typing that could not be taken. It is kept with its row until it is mended."""

    row: Record
    field: ClinicalField
    text: str
    message: str

    @property
    def key(self) -> Key:
        """Id of the row and name of the field."""
        return _key(self.row, self.field)


@dataclass(frozen=True, slots=True, eq=False)
class Typing:
    """What stands in a box and was not taken yet."""

    row: Record
    field: ClinicalField
    text: str


class FieldForm(QObject):
    """Knows which box shows which field of which row.

    A box can be bound to another row at any time; refused typing stays with the row it was meant
    for. Several boxes may show one field.

    Signals:
        edited: (row, name of the field) the user gave another value or reason.
        typed: something was typed and may be taken soon.
        next_wanted: Enter was pressed in a core field; the next that is still open is wanted.
        explanation_wanted: (row, name of the field) the user wants to say why the value is right.
        copy_wanted: (text, rows) what follows from the fields is wanted on the clipboard.
    """

    edited = Signal(object, str)
    typed = Signal()
    next_wanted = Signal()
    explanation_wanted = Signal(object, str)
    copy_wanted = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[FieldBox, Record] = {}
        self._boxes: dict[Key, list[FieldBox]] = defaultdict(list)
        self._refused: dict[Key, Refused] = {}
        self._held: list[Record] = []
        self._findings: dict[Key, Notice] = {}
        self._open: set[Key] = set()
        self._known: set[FieldBox] = set()
        self._loose: set[FieldBox] = set()
        self._memory: Memory = NoMemory()

    def bind(self, box: FieldBox, row: Record) -> None:
        """Show a field of ``row`` in ``box`` and write into it what is entered there."""
        if box not in self._known:
            self._known.add(box)
            self._follow_enter(box)
            box.changed.connect(lambda: self._take(box))
            box.typed.connect(self.typed)
            box.explanation_wanted.connect(lambda: self._want_explanation(box))
        self.release(box)
        self._rows[box] = row
        for field in box.fields:
            self._boxes[_key(row, field)].append(box)
        self._fill(box)
        self._mark(box)
        self._recall(box)

    def release(self, box: FieldBox) -> None:
        """Let the box go; it keeps what it shows until it is bound again."""
        row = self._rows.pop(box, None)
        if row is not None:
            for field in box.fields:
                self._boxes[_key(row, field)].remove(box)

    def take_from(self, *boxes: FieldBox) -> None:
        """``commit`` takes what is typed into these too, though they show no field of a row."""
        self._loose.update(boxes)
        for box in boxes:
            box.typed.connect(self.typed)
            self._follow_enter(box)

    def clear(self) -> None:
        """Let every box go and forget what was refused and found."""
        for box in list(self._rows):
            self.release(box)
        self._refused.clear()
        self._held.clear()
        self._findings.clear()
        self._open.clear()

    def forget(self, row: Record) -> None:
        """Forget the typing that was refused for a row which is taken away."""
        self._refused = {k: told for k, told in self._refused.items() if k[0] != str(row.id)}

    def remember(self, memory: Memory) -> None:
        """Propose and offer from now on what ``memory`` tells."""
        self._memory = memory
        for box in self._rows:
            self._recall(box)

    def proposes(self) -> bool:
        """Whether anything stands pale in a box that is in the form."""
        return any(box.proposal() is not None for box in self._rows)

    def take_proposals(self, among: Iterable[QWidget]) -> int:
        """Enter what stands pale in those boxes ``among`` the controls that are in the form.

        Returns how many values were entered. What one of them brings about may bring up others.
        """
        boxes = [box for box in self._rows if box.input in set(among) and box.isVisible()]
        return sum(box.take_proposal() for box in boxes)

    def row_of(self, box: FieldBox) -> Record | None:
        """The row that the box shows."""
        return self._rows.get(box)

    def refresh(self, row: Record) -> None:
        """Show what the row holds now, except in a box with typing that was not taken yet."""
        typed_into = focused_box()
        for box, shown in self._rows.items():
            if shown is row and box is not typed_into and not self._is_pending(box):
                self._follow(box)

    def _is_pending(self, box: FieldBox) -> bool:
        return not box.problem() and box.text() != box.show_value(box.value())

    def refill(self, row: Record) -> None:
        """Show what the row holds now in every box, also in the one with the focus."""
        for box, shown in self._rows.items():
            if shown is row:
                self._fill(box)

    def boxes(self, row_id: str, field: str) -> list[FieldBox]:
        """The boxes that show this field of this row."""
        return list(self._boxes.get((row_id, field), ()))

    def commit(self) -> None:
        """Take what is being typed, as leaving its box would."""
        box = focused_box()
        if box is not None and (box in self._rows or box in self._loose):
            box.commit()

    def refused(self) -> list[Refused]:
        """All typing that could not be taken, whether its box is in sight or not."""
        return list(self._refused.values())

    def set_refused(self, refused: Iterable[Refused]) -> None:
        """Make these all the typing that could not be taken, and show it."""
        before, self._refused = self._refused, {told.key: told for told in refused}
        differing = before.keys() ^ self._refused.keys()
        differing |= {key for key, told in self._refused.items() if before.get(key) is not told}
        for key in differing:
            for box in self.boxes(*key):
                self._fill(box)

    def hold(self, row: Record) -> None:
        """Keep a row that holds nothing yet in sight, because it is going to be typed into."""
        self._held.append(row)

    def waiting(self) -> list[Record]:
        """Rows that may hold nothing but have typing of theirs, in the order of the typing."""
        rows = [*(told.row for told in self._refused.values()), *self._held]
        return list({id(row): row for row in rows}.values())

    def typing(self) -> Typing | None:
        """What is being typed and was not taken yet."""
        box = focused_box()
        row = self._rows.get(box) if box is not None else None
        if box is None or row is None:
            return None
        refused = self._refused.get(_key(row, box.field))
        taken = refused.text if refused is not None else box.show_value(box.value())
        return Typing(row, box.field, box.text()) if box.text() != taken else None

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Mark the boxes that findings are about."""
        self._findings, self._open = {}, set()
        for finding in findings:
            key = (finding.row_id, finding.field)
            if finding.severity is Severity.OPEN:
                self._open.add(key)
            else:
                sentence = " ".join(filter(None, (finding.message, finding.explanation)))
                self._findings.setdefault(key, Notice(finding.severity, sentence))
        # What is marked may fold out more boxes, which are bound then.
        for box in list(self._rows):
            self._mark(box)
            self._propose(box)

    def _follow_enter(self, box: FieldBox) -> None:
        box.entered.connect(lambda: self.next_wanted.emit() if box.leads_on else None)

    def _want_explanation(self, box: FieldBox) -> None:
        if (row := self._rows.get(box)) is not None:
            self.explanation_wanted.emit(row, box.field.name)

    def _take(self, box: FieldBox) -> None:
        row = self._rows.get(box)
        if row is None:
            return
        _write(box, row)
        key = _key(row, box.field)
        if box.problem():
            self._refused[key] = Refused(row, box.field, box.text(), box.problem())
        else:
            self._refused.pop(key, None)
        along = box.told_along()
        for name in along:
            self._refused.pop((str(row.id), name), None)
        for name in (*(field.name for field in box.fields), *along):
            for other in self.boxes(str(row.id), name):
                if other is not box:
                    self._fill(other)
        self.edited.emit(row, box.field.name)

    def _fill(self, box: FieldBox) -> None:
        row = self._rows[box]
        box.set_value(_read(box, row))
        box.set_missing(row.missing.get(box.field.name))
        if (refused := self._refused.get(_key(row, box.field))) is not None:
            box.set_text(refused.text)

    def _follow(self, box: FieldBox) -> None:
        """Fill a box again, unless it shows already what its row holds."""
        row = self._rows[box]
        is_same = box.missing() is row.missing.get(box.field.name)
        if box.problem() or not is_same or box.value() != _read(box, row):
            self._fill(box)

    def _recall(self, box: FieldBox) -> None:
        self._propose(box)
        box.recall(self._memory.terms_of(box.field), self._memory.words_of(box.field))

    def _propose(self, box: FieldBox) -> None:
        box.propose(self._memory.proposal(self._rows[box], box.field))

    def _mark(self, box: FieldBox) -> None:
        keys = [_key(self._rows[box], field) for field in box.fields]
        box.set_finding(next((self._findings[key] for key in keys if key in self._findings), None))
        box.set_open(any(key in self._open for key in keys) and not box.problem())


def focused_box() -> FieldBox | None:
    """The box that has the focus, if any has."""
    widget: QWidget | None = QApplication.focusWidget()
    parent = widget.parentWidget() if widget is not None else None
    return parent if isinstance(parent, FieldBox) else None


def _key(row: Record, field: ClinicalField) -> Key:
    return str(row.id), field.name


def _read(box: FieldBox, row: Record) -> object:
    if len(box.fields) == 1:
        return getattr(row, box.field.name)
    low, high, words = (getattr(row, field.name) for field in box.fields)
    return Reported(low, high, words or "")


def _write(box: FieldBox, row: Record) -> None:
    value = box.value()
    if isinstance(value, Reported):
        for field, part in zip(box.fields, (value.low, value.high, value.words), strict=True):
            setattr(row, field.name, part if part != "" else None)
    else:
        setattr(row, box.field.name, value)
    along = box.told_along()
    for name, told in along.items():
        setattr(row, name, told)
    said = {box.field.name, *along}
    reasons = {name: why for name, why in row.missing.items() if name not in said}
    if (reason := box.missing()) is not None:
        reasons[box.field.name] = reason
    row.missing = reasons
