# SPDX-License-Identifier: MIT
"""The fourth step: what would become of each case, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from models.importing.choices import KEEP_ALL, TAKE_ALL, Choices
from models.importing.lines import Verdict
from models.importing.opening import hidden_in
from models.importing.preview import Preview
from ui.importing.narrowed import NarrowedStep
from ui.importing.preview_rows import Listed, PreviewRows, tr, verdict_in_words
from ui.theme import Theme
from ui.widgets.flowing import FlowingLine

_MOST_LOOKED_AT = 1_000
"""Of more lines, all of which may be selected at once, the buttons do not ask what they are."""


class PreviewStep(NarrowedStep[Verdict]):
    """Counts that narrow a table of cases; conflicts are decided one by one or all at once.

    Signals:
        refused_wanted: (Path) the refused rows are to be written into this file.

    Attributes:
        keep_mine, take_file: decide the conflicts of the selected rows.
        keep_all, take_all: decide them all.
        save_refused: writes the refused rows into a file.
        others: says that the patients of a limited data set are others than ours.
    """

    refused_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tuple(Verdict),
            tr("Cases of the file"),
            self._rows_of_kind,
            self._show_current,
            parent,
        )
        self._found: Listed | None = None
        self._choices = KEEP_ALL
        self.keep_mine = QPushButton(self.tr("&Keep mine"), self)
        self.take_file = QPushButton(self.tr("&Take the file's"), self)
        self.keep_all = QPushButton(self.tr("Keep all mine"), self)
        self.take_all = QPushButton(self.tr("Take all the file's"), self)
        buttons = self.keep_mine, self.take_file, self.keep_all, self.take_all
        self._conflicts = FlowingLine(theme, *buttons, apart=6)
        self.save_refused = QPushButton(self.tr("&Save refused rows…"), self)
        self.others = QCheckBox(
            self.tr("They are &other patients than those of this logbook"), self
        )
        self._arrange()
        self._connect()

    @property
    def choices(self) -> Choices:
        """What was chosen for conflicts."""
        return self._choices

    @property
    def may_go_on(self) -> bool:
        return self.writes > 0 and (self.others.isHidden() or self.others.isChecked())

    @property
    def writes(self) -> int:
        """How many cases would be written by what is chosen."""
        found = self._found
        if found is None:
            return 0
        counts = found.counts
        return counts[Verdict.NEW] + counts[Verdict.CHANGED] + self._taken()

    def show_preview(self, found: Listed, choices: Choices = KEEP_ALL) -> None:
        """Show another preview."""
        self._found, self._choices = found, choices
        counts = found.counts
        names = {verdict: verdict_in_words(verdict) for verdict in Verdict}
        self.show_counts(len(found.shown.lines), counts, names)
        self._conflicts.setVisible(counts[Verdict.CONFLICTING] > 0)
        self.save_refused.setVisible(counts[Verdict.REFUSED] > 0)
        self.others.setVisible(found.shown.adds_others)
        self.others.setChecked(False)
        troubled = (Verdict.REFUSED, Verdict.CONFLICTING)
        first = next((verdict for verdict in troubled if counts[verdict]), None)
        self._say_aside(found.shown)
        self.narrow(first)
        self._show_choices()

    def _say_aside(self, shown: Preview) -> None:
        said = [*hidden_in(shown.table).told, *shown.seen.converted]
        if shown.left_out_names:
            told = self.tr(
                "Names and record numbers of {n} cases are left out: the logbook stores none."
            )
            said.append(told.format(n=f"{shown.left_out_names:,}"))
        if shown.adds_others:
            said.append(
                self.tr(
                    "A limited data set: its patient codes are random, so each of its patients "
                    "comes in as a new one, also one who is here already."
                )
            )
        if shown.signed:
            told = self.tr(
                "New cases that were signed off where the file was written: {n}. A file locks "
                "nothing, so they come in open; merge the logbook itself to keep its sign-offs."
            )
            said.append(told.format(n=f"{shown.signed:,}"))
        if said:
            self.notice.say(" ".join(said), "warning")
        else:
            self.notice.hide()

    def _rows_of_kind(self, kind: Verdict | None) -> PreviewRows | None:
        if self._found is None:
            return None
        return PreviewRows(self._found, kind, lambda: self._choices, self.table)

    def _rows(self) -> PreviewRows | None:
        model = self.table.model()
        return model if isinstance(model, PreviewRows) else None

    def _show_current(self, row: int) -> None:
        rows = self._rows()
        told = rows.told(row) if rows is not None and 0 <= row < rows.rowCount() else ()
        if not told:
            self.full.clear()
            return
        number, name, verdict, column, cell, held, why = told
        place = self.tr("Row {n}").format(n=number)
        words = [f"{place}, {name}" if name else place, verdict]
        if column:
            words.append(f"{column}: {cell}" if cell else column)
        if held:
            words.append(self.tr("in the logbook {value}").format(value=held))
        self.full.setText(f"{' · '.join(words)}. {why}")

    # conflicts

    def narrow(self, kind: Verdict | None) -> None:
        super().narrow(kind)
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        """Nothing is to be decided of a row that is refused, or the same."""
        chosen = self.selected()
        can_decide = len(chosen) > _MOST_LOOKED_AT or bool(self._conflicts_in(chosen))
        self.keep_mine.setEnabled(can_decide)
        self.take_file.setEnabled(can_decide)

    def _conflicts_in(self, chosen: Sequence[int]) -> set[int]:
        """The first rows in the file of the cases in these lines that conflict."""
        rows = self._rows()
        if rows is None:
            return set()
        lines = [line for row in chosen if (line := rows.line(row)) is not None]
        return {line.rows[0] for line in lines if line.verdict is Verdict.CONFLICTING}

    def _decide(self, *, take: bool) -> None:
        self._choose(self._choices.having(self._conflicts_in(self.selected()), take=take))

    def _turn(self) -> None:
        """The other way round for the current row."""
        rows = self._rows()
        line = rows.line(self.table.currentIndex().row()) if rows is not None else None
        if line is not None and line.verdict is Verdict.CONFLICTING:
            self._decide(take=not self._choices.takes(line.rows[0]))

    def _choose(self, choices: Choices) -> None:
        self._choices = choices
        if (rows := self._rows()) is not None:
            rows.chosen_anew()
        self._show_choices()

    def _taken(self) -> int:
        conflicts = self._found.conflicts if self._found is not None else ()
        return sum(map(self._choices.takes, conflicts))

    def _show_choices(self) -> None:
        found = self._found
        if found is None:
            return
        writes = self.tr("{n} cases would be written. Nothing is written yet.")
        if self.writes == 1:
            writes = self.tr("1 case would be written. Nothing is written yet.")
        said = [writes.format(n=f"{self.writes:,}")]
        if conflicts := len(found.conflicts):
            told = self.tr("{n} conflicts; the value of the file is taken in {taken}.")
            if conflicts == 1:
                told = self.tr("1 conflict; the value of the file is taken in {taken}.")
            said.append(told.format(n=f"{conflicts:,}", taken=f"{self._taken():,}"))
        if found.counts[Verdict.CHANGED] or conflicts:
            said.append(self.tr("An empty cell takes nothing away."))
        self.said.setText(" ".join(said))
        self._show_current(self.table.currentIndex().row())
        self.changed.emit()

    def _ask_for_file(self) -> None:
        if (file := self.ask_where()) is not None:
            self.refused_wanted.emit(file)

    # the parts

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.full, 1)
        below.addWidget(self.save_refused, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self.chips_line())
        self.content.addWidget(self.table, 1)
        self.content.addLayout(below)
        self.content.addWidget(self._conflicts)
        self.content.addWidget(self.others)

    def _connect(self) -> None:
        self.table.opened.connect(lambda _row: self._turn())
        self.table.pressed_space.connect(self._turn)
        self.keep_mine.clicked.connect(lambda: self._decide(take=False))
        self.take_file.clicked.connect(lambda: self._decide(take=True))
        self.keep_all.clicked.connect(lambda: self._choose(KEEP_ALL))
        self.take_all.clicked.connect(lambda: self._choose(TAKE_ALL))
        self.save_refused.clicked.connect(self._ask_for_file)
        self.others.toggled.connect(lambda _checked: self.changed.emit())
