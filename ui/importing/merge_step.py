# SPDX-License-Identifier: MIT
"""What a merge would do, to be looked at and decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from models.audit import Subject
from models.other_logbook import Choices, Kind, Preview, SameCode, Side
from ui.importing.merge_rows import MergeRows, Row, kind_in_words, rows_of, said_in_full
from ui.importing.narrowed import NarrowedStep
from ui.importing.preview_rows import tr
from ui.measures import keep
from ui.theme import Theme, set_kind

_CHIPS = (Kind.CONFLICTING, Kind.ASKED, Kind.CHANGED, Kind.NEW)


class MergeStep(NarrowedStep[Kind]):
    """Counts that narrow a table; conflicts are decided one by one, or all at once.

    Signals:
        looked_for: (Choices) who is who was decided, so what would be done is another.

    Attributes:
        keep_mine, take_theirs: decide the conflicts of the selected rows.
        keep_all, take_all: decide them all.
        join, apart: say who the patients of the selected rows are.
    """

    looked_for = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            _CHIPS,
            tr("Patients and cases of the other logbook"),
            self._rows_of_kind,
            self._show_current,
            parent,
        )
        self._shown: Preview | None = None
        self._rows: list[Row] = []
        self._choices = Choices()
        self._conflicts, self._same_codes = QWidget(self), QWidget(self)
        self._open = QLabel(self._conflicts)
        self.keep_mine = QPushButton(self.tr("&Ours"), self._conflicts)
        self.take_theirs = QPushButton(self.tr("&Theirs"), self._conflicts)
        self.keep_all = QPushButton(self.tr("All ours"), self._conflicts)
        self.take_all = QPushButton(self.tr("All theirs"), self._conflicts)
        self._asked = QLabel(self._same_codes)
        self.join = QPushButton(self.tr("Same &person"), self._same_codes)
        self.apart = QPushButton(self.tr("&Another person"), self._same_codes)
        for button, told in (
            (self.keep_mine, self.tr("Keep ours in the selected rows")),
            (self.take_theirs, self.tr("Take theirs in the selected rows")),
            (self.keep_all, self.tr("Keep ours in every conflict")),
            (self.take_all, self.tr("Take theirs in every conflict")),
        ):
            button.setToolTip(told)
            button.setAccessibleName(told)
        self._arrange()
        self._connect()

    @property
    def choices(self) -> Choices:
        """What was chosen."""
        return self._choices

    @property
    def may_go_on(self) -> bool:
        shown = self._shown
        return shown is not None and not shown.is_empty and not shown.open_with(self._choices)

    def start_anew(self) -> None:
        """Forget what was chosen, for another logbook."""
        self._choices = Choices()

    def show_preview(self, shown: Preview) -> None:
        """Show another preview."""
        self._shown, self._rows = shown, rows_of(shown.lines)
        self.said.setText(self._counted(shown))
        counts = {kind: sum(line.kind is kind for line in shown.lines) for kind in _CHIPS}
        names = {kind: kind_in_words(kind) for kind in _CHIPS}
        self.show_counts(len(shown.lines), counts, names)
        self._say_aside(shown)
        kinds = {line.kind for line in shown.lines}
        self.narrow(next((kind for kind in (Kind.ASKED, Kind.CONFLICTING) if kind in kinds), None))
        self._show_open()

    def _rows_of_kind(self, kind: Kind | None) -> MergeRows:
        rows = [row for row in self._rows if kind in (None, row.line.kind)]
        kinds = {row.line.kind for row in rows}
        self._conflicts.setVisible(Kind.CONFLICTING in kinds)
        self._same_codes.setVisible(Kind.ASKED in kinds)
        return MergeRows(rows, lambda: self._choices, self.table)

    def _counted(self, shown: Preview) -> str:
        cases = Subject.CASE
        if shown.is_empty:
            told = self.tr("Everything in {name} is known here; there is nothing to merge.")
            return told.format(name=shown.name)
        told = self.tr(
            "Cases of {name}: {new} new. Of those in both, changed there: {changed}, "
            "here: {kept}, in both: {conflicting}, the same: {same}."
        )
        return told.format(
            name=shown.name,
            new=f"{shown.count(cases, Kind.NEW):,}",
            changed=f"{shown.count(cases, Kind.CHANGED):,}",
            kept=f"{shown.count(cases, Kind.KEPT):,}",
            conflicting=f"{shown.count(cases, Kind.CONFLICTING):,}",
            same=f"{shown.count(cases, Kind.SAME):,}",
        )

    def _say_aside(self, shown: Preview) -> None:
        aside, words = shown.aside, []
        if aside.filters:
            names = ", ".join(kept.name for kept in aside.filters)
            words.append(self.tr("Saved filters that are added: {names}.").format(names=names))
        if aside.rates:
            told = self.tr("Published rates that are added: {n}.")
            words.append(told.format(n=f"{len(aside.rates):,}"))
        differing = [*aside.settings, *aside.differing_filters]
        if differing:
            told = self.tr("Another one there, and ours stays: {names}.")
            words.append(told.format(names=", ".join(differing)))
        if shown.signed:
            told = self.tr(
                "Cases that are signed off here or there: {n}. Undo leaves such cases alone, so "
                "that this merge can then be taken back by its backup only."
            )
            words.append(told.format(n=f"{shown.signed:,}"))
        if words:
            self.notice.say(" ".join(words), "warning" if differing or shown.signed else "")
        else:
            self.notice.hide()

    # deciding

    def _chosen_rows(self) -> list[Row]:
        model = self.table.model()
        if not isinstance(model, MergeRows):
            return []
        chosen = map(model.row, self.selected())
        return [row for row in chosen if row is not None]

    def _decide(self, rows: Iterable[Row], side: Side) -> None:
        fields = {key: side for row in rows if (key := row.key) is not None}
        self._choose(replace(self._choices, fields={**self._choices.fields, **fields}))

    def _choose(self, choices: Choices) -> None:
        self._choices = choices
        model = self.table.model()
        if isinstance(model, MergeRows):
            model.chosen_anew()
            self.table.fit()
        self._show_open()

    def _say_who(self, decided: SameCode) -> None:
        asked = [row.line.their_id for row in self._chosen_rows() if row.line.kind is Kind.ASKED]
        if asked:
            people = {**self._choices.people, **dict.fromkeys(asked, decided)}
            self._choices = replace(self._choices, people=people)
            self.looked_for.emit(self._choices)

    def _show_open(self) -> None:
        shown = self._shown
        if shown is None:
            return
        left = shown.open_with(self._choices)
        conflicts = sum(line.kind is Kind.CONFLICTING for line in left)
        asked = len(left) - conflicts
        told = self.tr("To decide: {n}").format(n=f"{conflicts:,}")
        if not conflicts:
            told = self.tr("All conflicts are decided.")
            if asked:
                # They may be in no row that is in sight, and keep the merge from going on.
                text = self.tr(
                    "All conflicts are decided; patients with a code of ours: {n} to go."
                )
                told = text.format(n=f"{asked:,}")
        self._open.setText(told)
        told = self.tr("Patients with a code of ours: {n}")
        self._asked.setText(told.format(n=f"{asked:,}"))
        self._show_buttons()
        self.changed.emit()

    def _show_buttons(self) -> None:
        selected = self._chosen_rows()
        conflicting = any(row.key is not None for row in selected)
        for button in (self.keep_mine, self.take_theirs):
            button.setEnabled(conflicting)
        asked = any(row.line.kind is Kind.ASKED for row in selected)
        for button in (self.join, self.apart):
            button.setEnabled(asked)

    def _show_current(self, row: int) -> None:
        model = self.table.model()
        current = model.row(row) if isinstance(model, MergeRows) else None
        self.full.setText(said_in_full(current) if current is not None else "")
        self._show_buttons()

    # the parts

    def _arrange(self) -> None:
        self._line(self._same_codes, self._asked, self.join, self.apart)
        buttons = (self.keep_mine, self.take_theirs, self.keep_all, self.take_all)
        self._line(self._conflicts, self._open, *buttons)
        set_kind(self.full, "muted")
        self.content.addWidget(self.chips_line())
        for widget in (self._same_codes, self._conflicts):
            self.content.addWidget(widget)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.full)

    def _line(self, place: QWidget, words: QLabel, *buttons: QPushButton) -> None:
        layout = QHBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(self.theme, layout.setSpacing, 8)
        words.setWordWrap(True)
        layout.addWidget(words, 1)
        for button in buttons:
            button.setAutoDefault(False)
            layout.addWidget(button)

    def _connect(self) -> None:
        self.keep_mine.clicked.connect(lambda: self._decide(self._chosen_rows(), Side.MINE))
        self.take_theirs.clicked.connect(lambda: self._decide(self._chosen_rows(), Side.THEIRS))
        self.keep_all.clicked.connect(lambda: self._decide(self._rows, Side.MINE))
        self.take_all.clicked.connect(lambda: self._decide(self._rows, Side.THEIRS))
        self.join.clicked.connect(lambda: self._say_who(SameCode.JOIN))
        self.apart.clicked.connect(lambda: self._say_who(SameCode.APART))
