# SPDX-License-Identifier: MIT
"""How the rows of a table lie, where it is not one row a level: each a visit, or a whole case."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.importing.by_case import ByCaseTable
from models.importing.mapping import ColumnUse, Mapping
from models.importing.reading import Table
from models.importing.row_marks import mark_of
from models.importing.sharing import is_of_each
from models.importing.targets import IN_NOTES, VISIT_NOTED, VISIT_OTHER, VISIT_PAIN, Target, targets
from models.importing.visits.joining import are_visits, joined
from models.speech import say

if TYPE_CHECKING:
    from models.importing.survey import Survey

_ROW = "\0row"
"""Begins the key of rows that are one row of the file; no cell holds it."""

Seen = Sequence[tuple[int, str, Target]]


def target_in(table: Table, use: ColumnUse) -> Target:
    """What a column stands for; what is said once of all levels side by side is noted.

    So is a sum of the cement of all levels: to say it of each would make it so many times as much.
    """
    target = targets()[use.target]
    if use.column in shared_in(table) and target.is_of_level and not is_of_each(target):
        return targets()[IN_NOTES]
    return target


def columns_in(table: Table, mapping: Mapping) -> Seen:
    """The columns of the table that the mapping reads: place, heading, and what each stands for."""
    used = {use.column: use for use in mapping.read}
    return tuple(
        (place, name, target_in(table, used[name]))
        for place, name in enumerate(table.columns)
        if name in used
    )


def shared_in(table: Table) -> frozenset[str]:
    """The columns that stand once for all levels, where these stand side by side."""
    return table.shared if isinstance(table, ByCaseTable) else frozenset()


def levels_first(table: Table) -> list[str]:
    """The columns in the order in which they are looked at: those of each level before others.

    Of what stands once for all levels and again for each, that of each is meant.
    """
    of_levels = {name for _, name in table.headings} if isinstance(table, ByCaseTable) else set()
    return sorted(table.columns, key=lambda name: name not in of_levels)


def arrange(table: Table, seen: Survey) -> None:
    """Note in ``seen`` how the rows lie, and which of them are one case for that.

    Raises:
        UnreadableTable: the table cannot be read to its end.
    """
    seen.told_of_rows = told_of_layout(table, seen.columns)
    if isinstance(table, ByCaseTable):
        seen.headings = table.headings
        if not table.is_own:
            seen.rows = sum(1 for _ in table.within.rows())
        if 0 in seen.marks:
            _keep_together(table, seen)
    if not are_visits(seen.columns):
        return
    rows = joined(table, seen)
    seen.below, seen.undecided = rows.below, rows.undecided
    seen.marks = array("Q", [mark_of(key) if key else 0 for key in rows.keys])
    # Rows are of patients whom their own cells do not name.
    seen.codes_again = None
    seen.told_of_rows += rows.told


def _keep_together(table: Table, seen: Survey) -> None:
    """Let the levels of one row of the file be one case, also where it names nobody."""
    for place, row in enumerate(table.rows()):
        if not (seen.marks[place] or row.problem):
            key = seen.below[row.number] = (_ROW, f"{row.number}")
            seen.marks[place] = mark_of(key)


def told_of_layout(table: Table, columns: Seen) -> list[str]:
    """How the rows lie, for people; [] as they stand."""
    beside = [table.told] if isinstance(table, ByCaseTable) and table.told else []
    if not are_visits(columns):
        return beside
    said = say(
        "A row is a visit: the rows of a patient and a day of the procedure are one case, with "
        "an assessment for each."
    )
    return [*beside, said, *_told_of_scores(columns)]


def _told_of_scores(columns: Seen) -> list[str]:
    """Which of several scores side by side is the pain score; [] where there is one at most."""
    named = {target.name: name for _, name, target in columns}
    others = [name for _, name, of in columns if of.name == VISIT_OTHER or of.name == VISIT_NOTED]
    if VISIT_PAIN not in named or not others:
        return []
    return [
        say(
            "{pain} is the pain score of a visit. Kept beside it, as another score or in the note: "
            "{others}. If one of these is the pain score, let it stand for that.",
            pain=named[VISIT_PAIN],
            others=", ".join(others),
        )
    ]


def layouts_of(table: Table, seen: Survey) -> list[str]:
    """How the rows lie, for programs: "levels_side_by_side", "row_a_visit"; [] as they stand."""
    beside = isinstance(table, ByCaseTable) and not table.is_own
    found = ((beside, "levels_side_by_side"), (are_visits(seen.columns), "row_a_visit"))
    return [name for is_so, name in found if is_so]
