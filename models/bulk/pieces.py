# SPDX-License-Identifier: MIT
"""Levels, or scores, as every case has them that says the same there, read and checked once.

What follows from them follows from nothing else, as long as no day is told but that of the
procedure and those of scores: days are all that the checks compare from one piece to another, and
of a score nothing counts but how many days after the procedure it was. So what differs from case
to case is left out of a piece: ids, days, and what was measured of levels, see ``measured``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern
from types import SimpleNamespace
from typing import NamedTuple, cast

from models import caserow, checks, derived
from models.bulk.lines import LEVEL_COLUMNS, NULL, SCORE_COLUMNS, cell_of, line_cells
from models.bulk.measured import NO_GAIN, WALLS, Gain
from models.bulk.spelled import FILLED, OWN, PARENT, Form, Spelled, hole, spell, text_of
from models.bulk.table import Cell, Refused, insert_of, tables, values_aside
from models.case import OF_LEVELS, Case
from models.casescores import Scores, of_another_pain, place_in_order
from models.checks.values import open_levels, open_scores
from models.document import Value
from models.partial_date import PartialDate
from models.schema import Assessment, Patient, Procedure, Record, Row, TreatedLevel
from models.scoretext import days_text
from models.tags.rows import tags_of_rows
from models.tags.words import words_in
from models.timepoints import VisitPlan

ASSESSED = "assessed_on"
_POSITION = "position"

_PARENT = "5b0c1d3e-parent-of-this-row-74c09e1ffa52"
_NOBODY = Patient.made(), Procedure.made()
"""Patient and procedure of whom nothing is said, and nothing is changed."""

_COURSE, _DAYS = map(SCORE_COLUMNS.index, ("course", "score_days"))
_TEXTS = {name: SCORE_COLUMNS.index(name) for name in ("scores", "score_days")}
"""Columns that tell of one score behind the other, with their places."""

_LISTS = {name: SCORE_COLUMNS.index(name) for name in ("score_words", "value_sets")}
"""Those that tell of some scores in a JSON list."""


@dataclass(eq=False, slots=True)
class Piece:
    """Levels, or scores, as every case has them that says the same there.

    Attributes:
        forms: one for each row of the record.
        line: what the list of cases shows of it, in the order of its columns; all but ``cement``
            and ``gain``.
        words: what the search finds it by.
        tags: what questions find it by, in order; none comes twice.
        own_tags: those of them that the row of a piece says by itself; of several rows, none.
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
    own_tags: tuple[str, ...]
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


class Part(NamedTuple):
    """One level or score, with nothing that hangs on it.

    Attributes:
        values: its row, to be looked at many times: an attribute of a row takes ten times as long.
        piece: the piece of it alone.
    """

    values: SimpleNamespace
    piece: Piece

    @classmethod
    def of(cls, row: Row, piece: Piece) -> Part:
        """The part of a row and its piece."""
        held = {**dict.fromkeys(row._meta.fields), **row.__data__}
        return cls(SimpleNamespace(**held), piece)


def piece_of_levels(case: Case, filled: Sequence[str]) -> Piece | None:
    """The levels of a case that has nothing else; None where its cases have to be judged whole.

    In the fields that are ``filled`` in each time anew, in that order, another number stands for
    any.
    """
    rows = [row for level in case.levels for row in (level, *case.rows_of(level))]
    if _has_errors(case):
        return None
    forms = _forms(rows, {TreatedLevel: filled})
    if forms is None:
        return None
    with values_aside(case):
        is_answered = _are_answered(rows) and not any(open_levels(case))
    for row in case.levels:
        for name in filled:
            row.__data__.pop(name, None)
    return _of_levels(case, forms, tags_of_rows(rows), _words(case), is_answered=is_answered)


def moved(part: Part, place: int, table: type[Record]) -> Part:
    """The same level or score at another place of its list."""
    (form,), judged = part.piece.forms, tables()[table].judged
    _, content, change = judged(_POSITION, part.values.position)
    stored, moved_content, moved_change = judged(_POSITION, place)
    at = form.insert.names.index(_POSITION) - len(form.insert.names)
    cells = [*form.cells]
    cells[at] = cast(int, stored)
    there = form._replace(
        content=form.content.changed(content, moved_content),
        change=form.change.changed(change, moved_change),
        cells=tuple(cells),
    )
    return Part(part.values, replace(part.piece, forms=(there,)))


def joined_levels(parts: Sequence[Part]) -> Piece | None:
    """The same from the pieces of each level alone, whose rows tell their positions."""
    levels = [cast(TreatedLevel, part.values) for part in parts]
    case = Case(*_NOBODY, levels=levels)
    if checks.contradict_each_other(case):
        return None
    is_answered = all(part.piece.is_answered for part in parts)
    # Words of a lesion come before all names of terms.
    has_words = any(row.lesion_description for row in levels)
    words = _words(case) if has_words else _words_of(parts)
    return _of_levels(case, *_together(parts), words, is_answered=is_answered)


def piece_of_scores(case: Case, plan: VisitPlan) -> Piece | None:
    """The assessments of a case that has nothing else but the day of the procedure.

    None where its cases have to be judged whole.
    """
    derived.place_scores(case, plan)
    if _has_errors(case):
        return None
    forms = _forms(case.assessments, {Assessment: (ASSESSED,)})
    if forms is None:
        return None
    told = Scores.of(case)
    line = line_cells(caserow.line_of_scores(told), SCORE_COLUMNS)
    return _of_scores(told, forms, tags_of_rows(case.assessments), _words(case), line)


def joined_scores(parts: Sequence[Part]) -> Piece | None:
    """The same from the pieces of each score alone; no two of them are of one time point.

    What is wrong with a score is wrong with it alone, so nothing has to be checked again. None
    where they tell of two pains, because only together they say which is another one.
    """
    scores = [cast(Assessment, part.values) for part in parts]
    case = Case(*_NOBODY, assessments=scores)
    if of_another_pain(scores):
        return None
    told = Scores.of(case)
    line = line_cells({**caserow.line_of_all_scores(told), **_each_of(parts)}, SCORE_COLUMNS)
    return _of_scores(told, *_together(parts), _words_of(parts), line)


def _each_of(parts: Sequence[Part]) -> dict[str, Cell]:
    """As ``caserow.line_of_each_score``, from what the piece of each score tells of it alone."""
    ordered = sorted(parts, key=lambda part: place_in_order(cast(Assessment, part.values)))
    course = [str(part.piece.line[_COURSE])[1:-1] for part in ordered]
    told: dict[str, Cell] = {"course": f"[{', '.join(course)}]"}
    for name, place in _TEXTS.items():
        texts = [str(cell) for part in parts if (cell := part.piece.line[place]) != NULL]
        told[name] = "".join(texts) or None
    for name, place in _LISTS.items():
        lists = [str(cell)[1:-1] for part in parts if (cell := part.piece.line[place]) != NULL]
        told[name] = f"[{', '.join(lists)}]" if lists else None
    return told


def _words_of(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([word for part in parts for word in part.piece.words]))


def _together(parts: Sequence[Part]) -> tuple[tuple[Form, ...], set[str]]:
    forms = tuple([form for part in parts for form in part.piece.forms])
    return forms, set[str]().union(*[part.piece.own_tags for part in parts])


def _of_levels(
    case: Case,
    forms: tuple[Form, ...],
    own_tags: set[str],
    words: tuple[str, ...],
    *,
    is_answered: bool,
) -> Piece:
    levels = caserow.Levels.of(case)
    low, high = levels.gain
    places = {id(row): place for place, row in enumerate(case.levels)}
    are_measured = any(not WALLS.isdisjoint(form.filled) for form in forms)
    named = [places[id(row)] for row in levels.named] if are_measured else []
    line = line_cells(caserow.line_of_levels(levels), LEVEL_COLUMNS)
    tags = own_tags.union(caserow.whole_of_levels(levels).tags())
    return Piece(
        forms,
        line,
        words,
        *_kept(tags, own_tags, forms),
        is_answered,
        cement=cell_of(levels.cement),
        gain=(cell_of(low), cell_of(high)),
        named=tuple(named),
    )


def _of_scores(
    scores: Scores,
    forms: tuple[Form, ...],
    own_tags: set[str],
    words: tuple[str, ...],
    line: tuple[Cell, ...],
) -> Piece | None:
    case = scores.case
    is_answered = not any(open_scores(case))
    tags = own_tags.union(caserow.whole_of_scores(scores).tags())
    days = [str(row.assessed_on) if row.assessed_on else "" for row in case.assessments]
    course = _with_holes(str(line[_COURSE]), days) if any(days) else ""
    if any(days) and not course:
        return None
    return Piece(forms, line, words, *_kept(tags, own_tags, forms), is_answered, course)


def _kept(
    tags: set[str], own_tags: set[str], forms: Sequence[Form]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both as a piece keeps them: as tuples, because there are very many pieces."""
    return tuple(sorted(tags)), tuple(own_tags) if len(forms) == 1 else ()


def _words(case: Case) -> tuple[str, ...]:
    # Without the day that may stand for that of the procedure.
    own = replace(case, patient=_NOBODY[0], procedure=_NOBODY[1])
    # Terms have few names, which thousands of pieces share.
    return tuple(map(intern, words_in(caserow.words_of(own))))


def filled_line(piece: Piece, days: Sequence[PartialDate | None]) -> tuple[Cell, ...]:
    """The line of scores with the days of a case, one for each score."""
    if not piece.course:
        return piece.line
    line = list(piece.line)
    line[_COURSE] = piece.course.format(*days)
    line[_DAYS] = days_text(days)
    return tuple(line)


def _with_holes(course: str, days: Sequence[str]) -> str:
    """The course with places for days instead of these; "" where they cannot be told apart."""
    course = _braced(course)
    for day in {*days} - {""}:
        told = json.dumps(day)
        if course.count(told) != days.count(day):
            # Words of a score can look like a day.
            return ""
        course = course.replace(told, f'"{{{days.index(day)}}}"')
    return course


def _has_errors(case: Case) -> bool:
    with values_aside(case):
        return bool(checks.errors(case))


def _forms(rows: Sequence[Row], filled: _Filled) -> tuple[Form, ...] | None:
    """The rows; None where a field of them cannot hold its value."""
    places = {str(row.id): place for place, row in enumerate(rows)}
    try:
        return tuple(_form(row, filled.get(type(row), ()), places) for row in rows)
    except Refused:
        return None


_Filled = Mapping[type[Row], Sequence[str]]
"""The fields of rows of each table that are filled in each time anew."""


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
    return Form(
        table.name,
        parent,
        text_of(f'"{hole(OWN)}":{{{content}}}'),
        text_of(f'"{hole(OWN)}":{{{change}}}'),
        insert_of(table, ("id", above, *names, *held)),
        tuple(_whole(value) for value in held.values()),
        tuple(names),
    )


def _whole(value: Value) -> Cell:
    """The driver takes long over truth, and only what is exactly text can go to another process."""
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, str) else value


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _are_answered(rows: Iterable[Row]) -> bool:
    known = tables()
    held = ((known[type(row)], row, known[type(row)].read(row)[0]) for row in rows)
    return all(table.is_answered(row, fields) for table, row, fields in held)
