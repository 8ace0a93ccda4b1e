# SPDX-License-Identifier: MIT
"""What an import would do, case by case, with the reason; nothing is written."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from models import audit
from models.collecting import collecting_rarely
from models.exchange.files import refuse_database, replacing
from models.importing.by_case import ByCaseTable
from models.importing.choices import Choices, of_all
from models.importing.judging import Judge, Judged
from models.importing.lines import Line, Lines, Verdict
from models.importing.mapping import Mapping
from models.importing.own_files import knows_nobody
from models.importing.plainly import PlainlyNew
from models.importing.reading import SourceRow, Table
from models.importing.survey import Stopped, Survey, grouped, survey
from models.logbook import Logbook
from models.signoff import SIGNED

__all__ = [
    "REASON",
    "Cancelled",
    "Line",
    "Preview",
    "Progress",
    "UnmatchedTerm",
    "preview",
    "watched",
    "write_refused",
]

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

REASON = "reason"
"""The column that says why a row was refused, in the file of such rows."""


@dataclass(frozen=True, slots=True)
class UnmatchedTerm:
    """A cell that is none of the terms of its field, once, with how often it comes."""

    column: str
    target: str
    cell: str
    count: int


@dataclass
class Preview:
    """What an import would do.

    Attributes:
        lines: one for each case, in the order in which the file has them whole.
        unmatched: the cells that are no terms, the most frequent first.
        left_out_names: cases with names that the logbook does not store.
        signed: new cases that were signed off where the file was written, and come in open.
        entry: the last audit entry of the logbook that changed anything, when it was looked at.
    """

    table: Table
    mapping: Mapping
    seen: Survey
    takes_conflicts: Choices
    entry: int
    lines: Lines = field(default_factory=Lines)
    unmatched: list[UnmatchedTerm] = field(default_factory=list)
    left_out_names: int = 0
    signed: int = 0

    def take(self, judged: Judged | PlainlyNew) -> None:
        """Note what becomes of a case."""
        if isinstance(judged, PlainlyNew):
            self.lines.add_new(judged.rows, judged.patient_code)
            return
        self.lines.append(_line(judged))
        self.left_out_names += judged.left_out_names
        self.signed += judged.verdict is Verdict.NEW and self._is_signed(judged)

    def end(self, judge: Judge) -> None:
        """Note what the judge of all these cases did not know."""
        self.unmatched = [
            UnmatchedTerm(*place, count) for place, count in judge.reader.unknown.most_common()
        ]

    @cached_property
    def _at_signed(self) -> int | None:
        """The place of our own column that says when a case was signed off."""
        columns = self.table.columns
        return columns.index(SIGNED[0]) if SIGNED[0] in columns else None

    def _is_signed(self, judged: Judged) -> bool:
        place = self._at_signed
        if place is None:
            return False
        return any(len(row.cells) > place and row.cells[place] for row in judged.cells.rows)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many cases there are of each verdict."""
        return {verdict: self.lines.counts[verdict] for verdict in Verdict}

    @property
    def adds_others(self) -> bool:
        """Whether somebody has to say that new patients of the file are others than ours."""
        return self.lines.counts[Verdict.NEW] > 0 and knows_nobody(self.table)

    @property
    def writes(self) -> int:
        """How many cases would be saved."""
        counts = self.counts
        taken = sum(
            self.takes_conflicts.takes(line.rows[0]) for line in self.lines.of(Verdict.CONFLICTING)
        )
        return counts[Verdict.NEW] + counts[Verdict.CHANGED] + taken

    @property
    def refused(self) -> Iterator[Line]:
        """The cases that cannot be taken."""
        return self.lines.of(Verdict.REFUSED)


def preview(
    logbook: Logbook,
    table: Table,
    mapping: Mapping,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    takes_conflicts: bool | Choices = False,
) -> Preview:
    """Judge every case of the table. ``progress`` hears cases done and in total.

    Raises:
        UnreadableTable: it cannot be read to its end.
        Stopped: ``cancelled`` said so.
    """
    with logbook.session(), collecting_rarely():
        entry = audit.newest_change(logbook.database)
        seen = survey(table, mapping, cancelled)
        found = Preview(table, mapping, seen, of_all(takes_conflicts), entry)
        judge = Judge(logbook, mapping, seen, takes_conflicts=takes_conflicts)
        for judged in watched(judge.judged(table), seen.cases, progress, cancelled):
            found.take(judged)
        found.end(judge)
    return found


def watched(
    cases: Iterator[Judged | PlainlyNew],
    total: int,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Iterator[Judged | PlainlyNew]:
    """The cases, with progress told, and stopped where somebody wants it."""
    for done, judged in enumerate(cases, start=1):
        if cancelled is not None and cancelled():
            raise Stopped
        yield judged
        if progress is not None:
            progress(done, total)


def write_refused(logbook: Logbook, found: Preview, target: Path) -> int:
    """Write the rows of refused cases as they stand, with a column of reasons, as CSV.

    The file can be mended and imported again: the column of reasons is not read. Returns how many
    rows there are.

    Raises:
        CannotWrite: the file cannot be written.
    """
    refuse_database(logbook, target)
    reasons: dict[int, list[str]] = {}
    for line in found.refused:
        for number in line.rows:
            reasons[number] = []
        for problem in line.problems:
            reasons.setdefault(problem.row or line.rows[0], []).append(str(problem))
    columns, cases = _as_in_the_file(found)
    heading = [name for name in columns if name.casefold() != REASON]
    kept = [place for place, name in enumerate(columns) if name in heading]
    with replacing(target) as file:
        writer = csv.writer(file)
        writer.writerow([*heading, REASON])
        for of_case in cases:
            for row in of_case:
                if row.number in reasons:
                    cells = [row.cells[place] for place in kept if place < len(row.cells)]
                    cells += [""] * (len(kept) - len(cells))
                    surplus = row.cells[len(columns) :]
                    writer.writerow([*cells, " ".join(reasons[row.number]), *surplus])
    return len(reasons)


def _as_in_the_file(found: Preview) -> tuple[Sequence[str], Iterator[Sequence[SourceRow]]]:
    """The headings of the file, and its rows by case; levels stand side by side if they do there.

    A row of a case whose levels stand side by side is one row.
    """
    table = found.table
    if isinstance(table, ByCaseTable):
        return table.within.columns, ([row] for row in table.within.rows())
    return table.columns, grouped(table, found.seen)


def _line(judged: Judged) -> Line:
    cells = judged.cells
    return Line(
        judged.verdict,
        tuple(row.number for row in cells.rows),
        str(cells.of_case.get("patient.patient_code") or ""),
        tuple(judged.differences),
        tuple(cells.problems),
        tuple(cells.remarks),
    )
