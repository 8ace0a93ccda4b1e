# SPDX-License-Identifier: MIT
"""Files that hold the record itself, table by table, with the ids that it has in the logbook.

They need no mapping by a person: their columns are those of the schema. What an entry of theirs is
in the logbook is told by its id, so that an edited one is seen as edited.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import peewee

from models.case import LISTS, OF_LEVELS, Case
from models.importing.cells import CaseCells
from models.importing.mapping import ColumnUse, Mapping
from models.importing.problems import Problem
from models.importing.reading import SourceRow
from models.importing.survey import Survey
from models.importing.targets import DERIVED
from models.schema import Row, TreatedLevel
from models.speech import say

if TYPE_CHECKING:
    from models.importing.package.pictures import Pictures

CASE_VERSION, PATIENT_VERSION = "case.version", "patient.version"
"""Among the values of a case: which saved version of case and patient the file starts from, where
the file is one in which people change them."""

T = TypeVar("T")
_AT_ONCE = 250

Told = tuple[CaseCells, Case]
"""What the file says of one case: for the judge, and as rows."""


class Records(ABC):
    """A file of whole records; it can stand wherever a table of text can.

    ``rows`` are those by which refused cases are shown and counted.
    """

    is_for_excel = False
    is_from_1904 = False

    @property
    @abstractmethod
    def name(self) -> str:
        """The name of the file."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """The headings of ``rows``."""

    @property
    @abstractmethod
    def written(self) -> str:
        """What kind of file it is, for people."""

    @property
    def is_as_new(self) -> bool:
        """Whether its ids and codes are random, so that its patients come in as new ones."""
        return False

    @abstractmethod
    def rows(self) -> Iterator[SourceRow]:
        """The rows of the file, or of its table of cases.

        Raises:
            UnreadableTable: it cannot be read on.
        """

    @property
    @abstractmethod
    def key(self) -> tuple[str, str]:
        """The column by which rows are one case, and the target that it stands for."""

    @abstractmethod
    def cases(self, seen: Survey) -> Iterator[Told]:
        """Every case of the file.

        Raises:
            UnreadableTable: it cannot be read on.
        """

    @property
    def pictures(self) -> Pictures | None:
        """The contents of the images of its cases, where the file has them."""
        return None

    def mapping(self, encoding: str = "", delimiter: str = "") -> Mapping:
        """What stands for the mapping that a table of another program would have."""
        own, target = self.key
        uses = (
            ColumnUse(name, target if name == own else DERIVED, "flat") for name in self.columns
        )
        return Mapping(tuple(uses), exact=True, encoding=encoding, delimiter=delimiter)


def refusing_rows_of_others(database: peewee.Database, told: Iterator[Told]) -> Iterator[Told]:
    """The same cases; one with an entry that another case has already gets a problem."""
    for cases in _batches(told, _AT_ONCE):
        owners = _owners(database, [case for _, case in cases])
        for cells, case in cases:
            for row in _listed(case):
                owners.setdefault(str(row.id), case.id)
            if any(owners.get(str(row.id), case.id) != case.id for row in _listed(case)):
                message = say("An entry of the case has the id of an entry of another case.")
                cells.problems.append(Problem(cells.rows[0].number, "", "", message))
            yield cells, case


def is_id(text: str) -> bool:
    """Whether ``text`` is an id that this program gives."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _owners(database: peewee.Database, cases: Sequence[Case]) -> dict[str, str]:
    """The cases of entries that the logbook has, by the ids of the entries."""
    found: dict[str, str] = {}
    for table, name in LISTS.items():
        ids = [str(row.id) for case in cases for row in getattr(case, name)]
        for some in _batches(iter(ids), _AT_ONCE):
            if table in OF_LEVELS:
                query = table.select(table.id, TreatedLevel.procedure).join(TreatedLevel)
            else:
                query = table.select(table.id, table._meta.fields["procedure"])
            found.update(query.where(table.id.in_(some)).tuples().execute(database))
    return found


def _listed(case: Case) -> Iterator[Row]:
    for rows in case.child_lists().values():
        yield from rows


def _batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(items, size)):
        yield batch
