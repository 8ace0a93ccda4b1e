# SPDX-License-Identifier: MIT
"""Levels, or scores, as every case has them that says the same there, read and checked once.

What follows from them follows from nothing else, as long as no day is told but that of the
procedure and those of scores: days are all that the checks compare from one piece to another, and
of a score nothing counts but how many days after the procedure it was. So what differs from case
to case is left out of a piece: ids, days, and what was measured of levels, see ``measured``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern
from typing import TYPE_CHECKING, Any, Self, cast

from models import caserow
from models.bulk.lines import NULL
from models.bulk.measured import NO_GAIN, Gain
from models.bulk.spelled import FILLED, OWN, PARENT, Form, Spelled, hole, spell, text_of
from models.bulk.table import Cell, Refused, insert_of, tables
from models.case import OF_LEVELS, Case
from models.document import Value
from models.schema import Patient, Procedure, Record, Row
from models.tags.words import words_in

_POSITION = "position"

_PARENT = "5b0c1d3e-parent-of-this-row-74c09e1ffa52"
NOBODY = Patient.made(), Procedure.made()
"""Patient and procedure of whom nothing is said, and nothing is changed."""


@dataclass(eq=False, slots=True)
class Piece:
    """Levels, or scores, as every case has them that says the same there.

    Attributes:
        forms: one for each row of the record.
        line: what the list of cases shows of it, in the order of its columns; all but ``cement``
            and ``gain``.
        words: what the search finds it by.
        tags: what questions find it by; none comes twice.
        is_answered: whether no core field is open.
        course: the cell of that name, where days are to be filled in; "".
        cement: the volume of all levels, where it is not filled in each time anew.
        gain: the greatest gain in height, where it does not follow from what is filled in.
        named: the places of the levels of which it is to be worked out then, from head to tail.
    """

    forms: tuple[Form, ...]
    line: tuple[Cell, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]
    is_answered: bool
    course: str = ""
    cement: Cell = NULL
    gain: Gain = NO_GAIN
    named: tuple[int, ...] = ()
    _spelled: Spelled | None = field(default=None, init=False)

    @property
    def spelled(self) -> Spelled:
        """The rows as they are put into a case; what is only looked at needs none."""
        if self._spelled is None:
            self._spelled = spell(self.forms)
        return self._spelled


class Held:
    """What a row holds, to be looked at many times: an attribute of a row takes ten times as long.

    Each is like none but itself.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, **values: object) -> None:
        self.__dict__.update(values)

    @classmethod
    def by(cls, row: Row) -> Self:
        """What this row holds."""
        return cls(**{**dict.fromkeys(row._meta.fields), **row.__data__})


def moved(form: Form, place: int, table: type[Record]) -> Form:
    """The same row at another place of its list."""
    judged = tables()[table].judged
    at = form.insert.names.index(_POSITION) - len(form.insert.names)
    _, content, change = judged(_POSITION, form.cells[at])
    stored, moved_content, moved_change = judged(_POSITION, place)
    cells = [*form.cells]
    cells[at] = cast(int, stored)
    # Quotes tell either from any text.
    return form._replace(
        content=form.content.replace(content, moved_content, 1),
        change=form.change.replace(change, moved_change, 1),
        cells=tuple(cells),
    )


def words_of(case: Case) -> tuple[str, ...]:
    """What the search finds a case by that has nothing but levels, or scores."""
    # Without the day that may stand for that of the procedure.
    own = replace(case, patient=NOBODY[0], procedure=NOBODY[1])
    # Terms have few names, which thousands of pieces share.
    return tuple(map(intern, words_in(caserow.words_of(own))))


Filling = Mapping[type[Row], Sequence[str]]
"""The fields of rows of each table that are filled in each time anew."""


def forms_of(rows: Sequence[Row], filled: Filling) -> tuple[Form, ...] | None:
    """The rows; None where a field of them cannot hold its value."""
    places = {str(row.id): place for place, row in enumerate(rows)}
    try:
        return tuple([_form(row, filled.get(type(row), ()), places) for row in rows])
    except Refused:
        return None


def _form(row: Row, filled: Sequence[str], places: dict[str, int]) -> Form:
    table = tables()[type(row)]
    above = "treated_level" if type(row) in OF_LEVELS else "procedure"
    parent = places.get(str(row.__data__[above]), -1)
    own = row.__data__[above]
    row.__data__[above] = _PARENT
    fields, content, change = table.read(row)
    row.__data__[above] = own
    names = [name for name in filled if name in fields]
    for place, name in enumerate(names, start=FILLED):
        _, told, changed = table.judged(name, row.__data__[name])
        content, change = content.replace(told, hole(place)), change.replace(changed, hole(place))
    content, change = content.replace(_PARENT, hole(PARENT)), change.replace(_PARENT, hole(PARENT))
    held = {name: value for name, value in fields.items() if name not in (above, *names)}
    held |= table.derived(row)
    texts = text_of(f'"{hole(OWN)}":{{{content}}}'), text_of(f'"{hole(OWN)}":{{{change}}}')
    return Form.of(
        table.name,
        parent,
        texts,
        insert_of(table, ("id", above, *names, *held)),
        tuple([_whole(value) for value in held.values()]),
        tuple(names),
    )


def _whole(value: Value) -> Cell:
    """The driver takes long over truth, and only what is exactly text can go to another process."""
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, str) else value
