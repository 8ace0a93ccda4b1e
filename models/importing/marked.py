# SPDX-License-Identifier: MIT
"""Our own export of one table with persons taken out, known by the mark in each of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from models.exchange.deidentify import Dates, Kind
from models.exchange.manifest import FORM, MARK
from models.importing.allowed import AS_NEW, refuse_altered
from models.importing.reading import SourceRow, Table
from models.importing.recognizing import UnreadableTable
from models.speech import say
from models.typed import quoted


def persons_in(table: Table) -> str:
    """How much the rows of a marked table say of persons.

    Raises:
        UnreadableTable: they are of exports that cannot come in, or not together.
    """
    at = table.columns.index(MARK)
    kinds: set[str] = set()
    for row in table.rows():
        mark = "" if row.problem else row.cells[at].strip()
        if not mark:
            continue
        form, _, rest = mark.partition(" ")
        persons, _, dates = rest.partition(" ")
        if form != str(FORM):
            raise UnreadableTable(
                say(
                    "{table}, row {number}, column {mark}: {mark2} is of no export that "
                    "this version knows.",
                    table=table.name,
                    number=row.number,
                    mark=MARK,
                    mark2=quoted(mark),
                ),
                say("Update Kypholog on this computer, then import it again."),
            )
        refuse_altered(table.name, persons, dates or Dates.KEPT)
        kinds.add(persons)
    if len(kinds) > 1:
        raise UnreadableTable(
            say(
                "{table} has rows of exports of several kinds: {sorted}.",
                table=table.name,
                sorted=", ".join(sorted(kinds)),
            ),
            say("Import each kind from a file of its own."),
        )
    return next(iter(kinds), Kind.NONE.value)


class LimitedTable:
    """A table of a limited data set: what it is stands beside how it is written."""

    def __init__(self, table: Table) -> None:
        self.within = table

    @property
    def name(self) -> str:
        """What the table is called."""
        return self.within.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings."""
        return self.within.columns

    @property
    def written(self) -> str:
        """How the file is written, and what becomes of its patients."""
        return f"{self.within.written}; {AS_NEW}"

    @property
    def is_for_excel(self) -> bool:
        """As of the file."""
        return self.within.is_for_excel

    @property
    def is_from_1904(self) -> bool:
        """As of the file."""
        return self.within.is_from_1904

    def rows(self) -> Iterator[SourceRow]:
        """Every row."""
        return self.within.rows()
