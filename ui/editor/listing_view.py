# SPDX-License-Identifier: MIT
"""A list in the form that rows are added to by typing into its last, empty line.

With a title it is folded away while it holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from models.schema import Record, Row
from ui.editor.blocks import Listing
from ui.editor.case_rows import Subject, attach, detach, has_content, is_attached
from ui.editor.fields_view import FoldButton
from ui.measures import keep
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm
from ui.widgets.field_table import FieldTable
from ui.widgets.field_table_row import FieldTableRow


class ListingView(QWidget):
    """Shows one list of the case.

    A line becomes a part of the case as soon as it holds something, and leaves it when it is
    emptied.

    Signals:
        removed: (name of the list, row) the user took a row away.
    """

    removed = Signal(str, object)

    def __init__(
        self, block: Listing, form: FieldForm, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._block = block
        self._form = form
        self._subject: Subject | None = None
        self._rows: list[Row] = []
        self._table = FieldTable(
            form,
            block.columns,
            block.details,
            theme,
            hints={block.columns[0].field.name: block.adds},
            parent=self,
        )
        self._table.remove_wanted.connect(self._remove)
        self._fold = FoldButton(block.title, theme, self) if block.title else None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 4)
        if self._fold is not None:
            layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
            self._fold.toggled.connect(self._show_rows)
        layout.addWidget(self._table)
        form.edited.connect(self._on_edited)

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make the lines that are going to be seen."""
        listed = subject.listed(self._block.rows, self._block.table)
        if self._fold is None or listed:
            yield from self._table.make_ready(self._n_lines(subject, len(listed)))

    def show_subject(self, subject: Subject) -> None:
        """Show the list of this case or level."""
        self._subject = subject
        self._rows = [*self._listed(), *self._waiting()]
        if self._fold is not None:
            self._fold.setChecked(bool(self._rows))
        self._show_rows()

    def follow(self, subject: Subject) -> None:
        """Show the rows as they are now. Lines that are empty stay, behind those that are not."""
        self._subject = subject
        listed = self._listed()
        empty = [row for row in self._rows if not has_content(row)]
        others = [row for row in (*self._waiting(), *empty) if not _is_one_of(row, listed)]
        self._rows = [*listed, *{id(row): row for row in others}.values()]
        if self._fold is not None and listed:
            self._fold.setChecked(True)
        self._show_rows()

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of one of the rows, folded out if they were folded away."""
        if self._fold is not None and any(str(row.id) == row_id for row in self._rows):
            self._fold.setChecked(True)
        view = next((v for v in self._table.views() if v.row and str(v.row.id) == row_id), None)
        return view.find_box(field) if view is not None else None

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        if self.isHidden():
            return []
        fold = [self._fold] if self._fold is not None else []
        return [*fold, *(stop for view in self._table.views() for stop in self._stops(view))]

    def _stops(self, view: FieldTableRow) -> list[QWidget]:
        """The boxes of a line; of the empty one at the end only the first, until it is used."""
        stops = view.focus_boxes()
        boxes = view.boxes.values()
        is_spare = self._block.count is None and all(box.is_empty() for box in boxes)
        is_used = any(stop.hasFocus() for stop in stops[1:])
        return stops[:1] if is_spare and not is_used else stops

    def _on_edited(self, row: Record, field: str) -> None:
        if self._subject is None:
            return
        if any(row is mine for mine in self._rows):
            self._keep(row)  # type: ignore[arg-type]
        elif row is self._subject.owner(self._block.table):
            condition, count = self._block.shown, self._block.count
            names = {condition.field if condition else "", count.name if count else ""}
            if field in names:
                self._show_rows()
        self._tell()

    def _listed(self) -> list[Row]:
        assert self._subject is not None
        return self._subject.listed(self._block.rows, self._block.table)

    def _waiting(self) -> list[Row]:
        """Rows that hold nothing but typing that could not be taken."""
        assert self._subject is not None
        return [
            row
            for row in self._form.waiting()
            if isinstance(row, self._block.table)
            and not is_attached(self._subject.case, self._block.rows, row)
            and self._subject.hangs_here(row)
        ]

    def _keep(self, row: Row) -> None:
        """Take a row into the case that holds something, and out of it when it is emptied."""
        assert self._subject is not None
        case, name = self._subject.case, self._block.rows
        if has_content(row):
            attach(case, name, row)
            self._show_rows()
        elif is_attached(case, name, row):
            detach(case, name, row)

    def _show_rows(self) -> None:
        assert self._subject is not None
        filled = [row for row in self._rows if has_content(row)]
        blank = [row for row in self._rows if not has_content(row)]
        wanted = self._n_lines(self._subject, len(filled))
        while len(filled) + len(blank) < wanted:
            blank.append(self._subject.blank(self._block.table))
        # A line that was just emptied keeps its place.
        spare = set(map(id, blank[max(wanted - len(filled), 0) :]))
        kept = [row for row in self._rows if id(row) not in spare]
        self._rows = kept + [
            row for row in blank if id(row) not in spare and all(row is not k for k in kept)
        ]
        for place, row in enumerate(self._rows):
            if not is_attached(self._subject.case, self._block.rows, row):
                row.position = place
        is_open = self._fold is None or self._fold.isChecked()
        self._table.show_rows(self._rows if is_open else ())
        for number, view in enumerate(self._table.views(), start=1):
            view.setAccessibleName(self.tr("Line {n}").format(n=number))
        self._table.setVisible(is_open)
        self._show_hint()
        self._tell()
        self._await(is_meant=self._is_meant(self._subject))
        self.setVisible(bool(self._rows))

    def _tell(self) -> None:
        """Say below each line what follows from it."""
        if self._block.tells is None or self._subject is None:
            return
        for view in self._table.views():
            if isinstance(view.row, Row):
                view.tell(self._block.tells(self._subject, view.row))

    def _show_hint(self) -> None:
        """The empty line at the end says that something can be added there."""
        first = self._block.columns[0].field
        for view in self._table.views():
            is_empty = view.row is not None and not has_content(view.row)
            view.set_hint(first.name, self._block.adds if is_empty else "")

    def _await(self, *, is_meant: bool) -> None:
        """Lines that were counted are waited for, and so is the first that a yes promises."""
        assert self._subject is not None
        is_counted = self._counted(self._subject) is not None
        is_asked = self._block.shown is not None and self._block.count is None
        is_promised = is_asked and is_meant and not self._listed()
        for view in self._table.views():
            row = view.row
            is_awaited = row is not None and not has_content(row) and (is_counted or is_promised)
            for box in view.boxes.values():
                is_core = box.field.core and row is not None and box.field.applies_to(row)
                box.set_awaited(is_awaited and is_core)
                # Nobody knows how long another list gets, so Enter stays in it.
                box.leads_on = is_counted and box.field.core

    def _counted(self, subject: Subject) -> int | None:
        """How many rows there are, where the form says so."""
        if self._block.count is None:
            return None
        counted = getattr(subject.owner(self._block.table), self._block.count.name)
        return None if counted is None else int(counted)

    def _is_meant(self, subject: Subject) -> bool:
        """Whether what was entered lets the list be seen while it holds nothing."""
        shown = self._block.shown
        return shown is None or shown.holds(subject.owner(self._block.table))

    def _n_lines(self, subject: Subject, filled: int) -> int:
        """One empty line after the last, or as many as the form says there are."""
        if not self._is_meant(subject):
            return filled
        counted = self._counted(subject)
        return filled + 1 if counted is None else max(counted, filled)

    def _remove(self, row: Row) -> None:
        assert self._subject is not None
        was_there = is_attached(self._subject.case, self._block.rows, row)
        detach(self._subject.case, self._block.rows, row)
        self._form.forget(row)
        place = next(n for n, mine in enumerate(self._rows) if mine is row)
        self._rows = [mine for mine in self._rows if mine is not row]
        self._show_rows()
        if views := self._table.views():
            views[min(place, len(views) - 1)].focus_boxes()[0].setFocus()
        if was_there:
            self.removed.emit(self._block.rows, row)
        # Also where it held nothing but refused typing: that is told beside the form.
        self._form.edited.emit(row, "")


def _is_one_of(row: Row, rows: list[Row]) -> bool:
    return any(row is other for other in rows)
