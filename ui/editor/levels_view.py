# SPDX-License-Identifier: MIT
"""The treated levels: a chip for each, and the panel of the one that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from models.case import OF_LEVELS
from models.findings import Finding, Severity
from models.numbers import show_number
from models.schema import Record, TreatedLevel
from models.vocabulary import Level
from ui.editor.aside import LEVEL, Aside
from ui.editor.case_rows import Subject, attach, copy_level, fresh
from ui.editor.column import BlockColumn
from ui.editor.layout_level import LEVEL_BLOCKS, NOT_COPIED
from ui.editor.level_chips import ChipText, LevelAdder, LevelChips
from ui.keys import COPY_LEVEL
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm


class LevelsView(QWidget):
    """Chooses, adds, copies and removes levels, and shows the panel of one.

    Signals:
        chosen: another level, or none, is shown in the panel.
        removed: (level) was taken away by the user, with what belonged to it.
        row_removed: (name of the list, row) of the panel.
        told: a sentence for the user.
        aside_changed: what stands beside the levels and is none is something else.
    """

    chosen = Signal()
    removed = Signal(object)
    row_removed = Signal(str, object)
    told = Signal(str)
    aside_changed = Signal()

    def __init__(self, form: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._theme = theme
        self._subject: Subject | None = None
        self._level: TreatedLevel | None = None
        self._marked: dict[str, str] = {}
        self._open: set[str] = set()
        self._copy = QPushButton(self.tr("Copy level"), self)
        self._copy.setToolTip(
            f"{self.tr('Add a level that is like this one')} ({COPY_LEVEL.sequence})"
        )
        self._remove = QPushButton(self.tr("Remove level"), self)
        self._chips = LevelChips(theme, (self._copy, self._remove), self)
        self._panel: BlockColumn | None = None
        self._frame = QFrame(self)
        set_kind(self._frame, "card")
        self._nothing = QLabel(self.tr("No level yet. Type one above, or click the spine."), self)
        self._nothing.setWordWrap(True)
        set_kind(self._nothing, "muted")
        self._arrange()
        self._connect()

    # what is shown

    @property
    def level(self) -> TreatedLevel | None:
        """The level in the panel."""
        return self._level

    @property
    def adder(self) -> LevelAdder:
        """The box that levels are added in."""
        return self._chips.adder

    def levels(self) -> list[TreatedLevel]:
        """The levels of the case from head to tail; those not named yet last."""
        return _in_order(self._subject.case.levels if self._subject is not None else ())

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make what the panel of the first level is going to need, a piece for each step."""
        if subject.case.levels:
            yield from self._make_panel_ready(
                Subject(subject.case, _in_order(subject.case.levels)[0])
            )

    def make_ready_for_first(self, subject: Subject) -> Iterator[None]:
        """Make what the first level is going to need that is added to the case."""
        level = fresh(TreatedLevel, procedure=subject.case.id)
        return self._make_panel_ready(Subject(subject.case, level))

    def show_subject(self, subject: Subject) -> None:
        """Show the levels of another case."""
        self._subject = subject
        self._marked = {}
        self._chips.adder.show_refused("")
        self._choose(next(iter(self.levels()), None))

    def follow(self, subject: Subject) -> None:
        """Show the levels as they are now; the panel keeps its level while there is one."""
        before, self._subject = self._subject, subject
        rows = self.levels()
        if before is None or not any(row is self._level for row in rows):
            self._choose(next(iter(rows), None))
            return
        if self._panel is not None and self._level is not None:
            self._panel.follow(Subject(subject.case, self._level))
        self._show_chips()
        self.chosen.emit()

    def choose(self, level: TreatedLevel) -> None:
        """Show the panel of this level."""
        if level is not self._level:
            self._form.commit()
            self._choose(level)

    def row_for(self, level: Level) -> TreatedLevel | None:
        """The row of the case that treats this level."""
        return next((row for row in self.levels() if row.level is level), None)

    def aside(self, *, taken: bool) -> dict[str, str]:
        """What stands in the box to add levels, or only what was finished and names none."""
        text = self._chips.adder.refused if taken else self._chips.adder.text().strip()
        return {LEVEL: text} if text else {}

    def show_aside(self, texts: Aside, *, taken: bool) -> None:
        """Show what stood there: finished, or as it was being typed."""
        adder, text = self._chips.adder, texts.get(LEVEL, "")
        adder.show_refused(text if taken else "")
        if not taken:
            adder.show_text(text)

    def take_typing(self) -> str:
        """Take a level that is being typed; in words what is no level, "" if nothing is."""
        self._chips.adder.take()
        return self._no_level(self._chips.adder.refused) if self._chips.adder.refused else ""

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Mark the chips of levels that findings are about."""
        assert self._subject is not None
        owners = self._owners()
        marked: dict[str, str] = {}
        self._open = set()
        for finding in findings:
            owner = owners.get(finding.row_id, finding.row_id)
            if finding.severity.is_pressing:
                marked.setdefault(owner, finding.severity)
            elif finding.severity is Severity.OPEN:
                self._open.add(owner)
        self._marked = marked
        self._show_chips()

    def open_levels(self, *, forward: bool, beyond: bool) -> list[TreatedLevel]:
        """The levels where core fields are open, from head to tail or, backward, from the tail.

        ``beyond``: only those that come after the one in the panel.
        """
        rows = self.levels() if forward else self.levels()[::-1]
        here = next((n for n, row in enumerate(rows) if row is self._level), -1)
        ahead = rows[here + 1 :] if beyond else rows
        return [row for row in ahead if str(row.id) in self._open]

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of a level, or of one of its rows; its panel is brought up."""
        if self._subject is None:
            return None
        case = self._subject.case
        owner = self._owners().get(row_id, row_id)
        level = next((row for row in case.levels if str(row.id) == owner), None)
        if level is None or self._panel is None:
            return None
        self.choose(level)
        return self._panel.find_box(row_id, field)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        stops = self._chips.focus_boxes()
        if self._level is not None and self._panel is not None:
            stops += self._panel.focus_boxes()
        return stops

    # what the user does

    def add(self, levels: Iterable[Level]) -> None:
        """Treat these levels too, and go to the first of them. Those that are treated stay."""
        assert self._subject is not None
        case, rows = self._subject.case, []
        for level in levels:
            row = self.row_for(level)
            if row is None:
                row = fresh(TreatedLevel, procedure=case.id, level=level)
                attach(case, "levels", row)
            rows.append(row)
        if rows:
            self._form.commit()
            self._choose(rows[0])
            self._form.edited.emit(rows[0], "")

    def add_level(self, level: Level) -> None:
        """Treat this level too."""
        self.add([level])

    def remove_level(self, level: Level) -> None:
        """Do not treat this level any more."""
        if (row := self.row_for(level)) is not None:
            self.remove(row)

    def choose_level(self, level: Level) -> None:
        """Show the panel of this level, if it is treated."""
        if (row := self.row_for(level)) is not None:
            self.choose(row)

    def go_into(self) -> None:
        """Put the focus on the first box of the panel after the level itself."""
        if self._panel is not None and self._level is not None:
            box = self._panel.find_box(str(self._level.id), TreatedLevel.diagnosis.name)
            if box is not None:
                box.input.setFocus()

    def copy(self) -> None:
        """Add a level that is like the chosen one; its name is to be typed."""
        if self._level is None or self._subject is None:
            return
        self._form.commit()
        new = copy_level(self._subject.case, self._level, NOT_COPIED)
        self._choose(new)
        self._form.edited.emit(new, "")
        if self._panel is not None:
            box = self._panel.find_box(str(new.id), TreatedLevel.level.name)
            if box is not None:
                box.input.setFocus()

    def remove(self, row: TreatedLevel) -> None:
        """Take a level out of the case, with what belongs to it."""
        assert self._subject is not None
        case, rows = self._subject.case, self.levels()
        place = rows.index(row)
        belonging = (row, *case.rows_of(row))
        case.remove_level(row)
        for gone in belonging:
            self._form.forget(gone)
        left = self.levels()
        self._choose(left[min(place, len(left) - 1)] if left else None)
        self._form.edited.emit(row, "")
        self.removed.emit(row)

    # inside

    def _owners(self) -> dict[str, str]:
        """The level that each row below one belongs to, by their ids."""
        if self._subject is None:
            return {}
        case = self._subject.case
        rows = (*case.case_rows(), *self._form.waiting())
        hanging = (row for row in rows if isinstance(row, OF_LEVELS))
        return {str(row.id): str(row.__data__["treated_level"]) for row in hanging}

    def _arrange(self) -> None:
        theme = self._theme
        for button in (self._copy, self._remove):
            set_kind(button, "quiet")
        inner = QVBoxLayout(self._frame)
        keep(theme, inner.setContentsMargins, 14, 12, 14, 12)
        keep(theme, inner.setSpacing, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 10)
        layout.addWidget(self._chips)
        layout.addWidget(self._nothing)
        layout.addWidget(self._frame)

    def _connect(self) -> None:
        self._chips.picked.connect(self._pick)
        self._chips.adder.wanted.connect(self._add_typed)
        self._chips.adder.not_understood.connect(self._tell_no_level)
        self._chips.adder.refused_changed.connect(self.aside_changed)
        self._chips.adder.textEdited.connect(self._form.typed)
        self._copy.clicked.connect(self.copy)
        self._remove.clicked.connect(self._remove_chosen)
        self._form.edited.connect(self._on_edited)

    def _make_panel_ready(self, subject: Subject) -> Iterator[None]:
        if self._panel is None:
            self._panel = self._make_panel()
            yield
        yield from self._panel.make_ready(subject)

    def _make_panel(self) -> BlockColumn:
        panel = BlockColumn(LEVEL_BLOCKS, self._form, self._theme, self._frame)
        panel.removed.connect(self.row_removed)
        layout = self._frame.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, panel)
        return panel

    def _choose(self, level: TreatedLevel | None) -> None:
        assert self._subject is not None
        self._level = level
        self._frame.setVisible(level is not None)
        self._nothing.setVisible(level is None)
        if level is not None:
            if self._panel is None:
                self._panel = self._make_panel()
            self._panel.show_subject(Subject(self._subject.case, level))
        self._show_chips()
        self.chosen.emit()

    def _show_chips(self) -> None:
        rows = self.levels()
        texts = [
            ChipText(
                row.level.label if row.level else self.tr("Which level?"),
                _volume(row),
                self._marked.get(str(row.id), ""),
            )
            for row in rows
        ]
        current = next((n for n, row in enumerate(rows) if row is self._level), -1)
        self._chips.show_chips(texts, current)

    def _on_edited(self, row: Record, _field: str) -> None:
        if isinstance(row, TreatedLevel):
            self._show_chips()
            self.chosen.emit()

    def _pick(self, place: int) -> None:
        self.choose(self.levels()[place])
        self._show_chips()

    def _add_typed(self, levels: list[Level]) -> None:
        is_typing = self._chips.adder.hasFocus()
        self.add(levels)
        if is_typing:
            self.go_into()

    def _remove_chosen(self) -> None:
        if self._level is not None:
            self.remove(self._level)

    def _tell_no_level(self, typed: str) -> None:
        self.told.emit(self._no_level(typed))

    def _no_level(self, typed: str) -> str:
        sentence = self.tr("{typed} is no level. Write t12, or l1 l2 for several.")
        return sentence.format(typed=typed)


def _in_order(rows: Iterable[TreatedLevel]) -> list[TreatedLevel]:
    """From head to tail; those not named yet last."""
    return sorted(rows, key=lambda row: row.level.rank if row.level else len(Level))


def _volume(row: TreatedLevel) -> str:
    if row.cement_ml is None:
        return ""
    field = TreatedLevel.cement_ml
    return f"{show_number(row.cement_ml, field.decimals)} {field.shown_unit}"
