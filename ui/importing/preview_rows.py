# SPDX-License-Identifier: MIT
"""The rows of the preview: what becomes of each case of the file, place by place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QObject

from models.importing.choices import Choices
from models.importing.lines import Line, Verdict
from models.importing.preview import Preview
from models.importing.survey import in_runs
from ui.importing.told_rows import ToldRows

_MOST_ROWS_NAMED = 12


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("importing", text)


@dataclass(slots=True)
class Listed:
    """Which rows there are: place of the case and of what is said of it, all and by verdict.

    Attributes:
        counts: how many cases there are of each verdict.
        conflicts: the first rows of the conflicting cases.
    """

    shown: Preview
    counts: Mapping[Verdict, int]
    conflicts: Sequence[int]
    every: list[tuple[int, int]] = field(default_factory=list)
    by_verdict: dict[Verdict, list[tuple[int, int]]] = field(default_factory=dict)

    def of(self, verdict: Verdict | None) -> Sequence[tuple[int, int]]:
        """The rows of one verdict, or all of them."""
        return self.every if verdict is None else self.by_verdict.get(verdict, [])


def listed(shown: Preview) -> Listed:
    """The rows of a preview; of a long one that takes a while."""
    conflicts = [line.rows[0] for line in shown.lines.of(Verdict.CONFLICTING)]
    found = Listed(shown, shown.counts, conflicts)
    for place, line in enumerate(shown.lines):
        told = len(line.problems) or len(line.differences) + len(line.remarks)
        own = [(place, said) for said in range(max(1, told))]
        found.every += own
        found.by_verdict.setdefault(line.verdict, []).extend(own)
    return found


class PreviewRows(ToldRows[tuple[int, int]]):
    """What becomes of each case of a file.

    Args:
        found: the rows.
        verdict: only those of this one; None for all.
        choices: tells what was chosen for conflicts.
    """

    def __init__(
        self,
        found: Listed,
        verdict: Verdict | None,
        choices: Callable[[], Choices],
        parent: QObject | None = None,
    ) -> None:
        headings = (
            tr("Row"),
            tr("Patient"),
            tr("Case is"),
            tr("Column or field"),
            tr("In the file"),
            tr("In the logbook"),
            tr("What is done, and why"),
        )
        super().__init__(found.of(verdict), headings, self._told, parent)
        self._lines = found.shown.lines
        self._choices = choices

    def line(self, row: int) -> Line | None:
        """The case of a row."""
        return self._lines[self._rows[row][0]] if 0 <= row < len(self._rows) else None

    def _told(self, row: tuple[int, int]) -> tuple[str, ...]:
        place, said = row
        line = self._lines[place]
        rows, name = _rows_of(line), line.name
        head = (rows, name, verdict_in_words(line.verdict))
        differences = () if line.problems else line.differences
        if said < len(differences):
            one = differences[said]
            return (*head, one.place, one.new, one.old, self._done_with(line, one.is_conflict))
        if told := (line.problems or line.remarks):
            problem = told[said - len(differences)]
            number = f"{problem.row:,}" if problem.row else rows
            return (number, *head[1:], problem.column, problem.cell, "", problem.message)
        return (*head, "", "", "", _plain_reason(line.verdict))

    def _done_with(self, line: Line, is_conflict: bool) -> str:
        if line.verdict is not Verdict.CONFLICTING:
            return tr("Is added.")
        if self._choices().takes(line.rows[0]):
            return tr("The file's is taken.") if is_conflict else tr("Is added.")
        return tr("The logbook's is kept.") if is_conflict else tr("Is not added.")


def verdict_in_words(verdict: Verdict) -> str:
    """The verdict, as it begins a sentence."""
    return {
        Verdict.NEW: tr("New"),
        Verdict.CHANGED: tr("Changed"),
        Verdict.SAME: tr("Same"),
        Verdict.CONFLICTING: tr("Conflicting"),
        Verdict.REFUSED: tr("Refused"),
    }[verdict]


def _plain_reason(verdict: Verdict) -> str:
    if verdict is Verdict.NEW:
        return tr("The case is entered.")
    return tr("The logbook holds all of it already.")


def _rows_of(line: Line) -> str:
    """The rows of a case, of very many the first."""
    told = in_runs(line.rows[:_MOST_ROWS_NAMED])
    return f"{told} …" if len(line.rows) > _MOST_ROWS_NAMED else told
