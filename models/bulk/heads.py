# SPDX-License-Identifier: MIT
"""What one value says in the row of a patient or of a procedure, spelled out once for all cases.

Each column of the case list, each word and each tag that a plain case owes to its patient or its
procedure follows from one of their fields alone. So what a value means is worked out when it first
comes, by the same functions that see the whole case elsewhere, and looked up from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from models import caserow
from models.bulk.lines import HEAD_COLUMNS, MEASURED_COLUMNS, NULL, cell_of, line_cells
from models.bulk.table import NOTHING, Cell, Insert, insert_of, tables
from models.case import Case
from models.checks import heads_contradict
from models.fields import Clock, Day, Number, Words
from models.query import folded
from models.quick import pattern
from models.schema import Patient, Procedure, Record
from models.tags.found_by import TEXTS, place_of_text
from models.tags.rows import tags_of_any, tags_of_value
from models.tags.spelling import EVERY
from models.tags.whole import Whole
from models.tags.words import words_in

R = TypeVar("R", bound=Record)

CODE, BORN, DAY = "patient_code", "birth_date", "performed_on"
"""The fields of patient and procedure that differ from case to case."""

AGE = "age_at_procedure"
"""What follows from the last two of them."""

_SYNTHETIC = "synthetic"
_PATIENT = '"patient":"%s"'

_NO_IMAGES = Whole({"images": ("no",)})


class Told(NamedTuple):
    """A value of a field of patient or procedure.

    Attributes:
        name: of the field.
        stored: as the table holds it.
        text, change: as JSON of a document, and of a change.
        tags, words: what the case is found by.
        line: the cells of the case list that it fills, by their place.
        asked: the text that can be asked a part of, behind its place; None for none.
    """

    name: str
    stored: Cell
    text: str
    change: str
    tags: tuple[str, ...]
    words: tuple[str, ...]
    line: tuple[tuple[int, Cell], ...]
    asked: tuple[int, str] | None


def told(table: type[Record], name: str, value: object) -> Told | None:
    """What a value of a field of ``Patient`` or ``Procedure`` says; None where it is nothing.

    Raises:
        Refused: the field cannot hold it.
    """
    return teller(table, name)(value)


@cache
def teller(table: type[Record], name: str) -> Callable[[object], Told | None]:
    """What tells of the values of one field, see ``told``."""
    judge, columns = tables()[table].judging(name), _columns_of(table, name)
    has_words, place, tags = name in _RANKS, place_of_text(table, name), tags_of_any(table, name)

    def tell(value: object) -> Told | None:
        if not value and value != 0:
            return None
        known, text, change = judge(value)
        if known is None or known == NOTHING:
            return None
        # The driver takes long over whatever is not exactly text or a number.
        if isinstance(known, bool):
            known = int(known)
        elif isinstance(known, str):
            known = str(known)
        return Told(
            name,
            known,
            text,
            change,
            tags_of_value(table, name, value) if tags is None else tags,
            tuple(words_in(str(value))) if has_words else (),
            tuple([(at, cell_of(made(value))) for at, made in columns]),
            None if place is None else (place, folded(str(value))),
        )

    return tell


_OF_LETTERS = pattern("[A-Za-z0-9_-]+")


def teller_of_codes() -> Callable[[object], Told | None]:
    """``teller`` of the codes of patients, of which every case has another.

    Nearly all are of letters, digits and dashes. What such a code says differs from what any other
    says by the code alone: nothing of it is refused or written otherwise in JSON.
    """
    tell = teller(Patient, CODE)
    model = tell("A")
    assert model is not None
    assert model.asked is not None
    before, behind = model.text.split("A")
    before_change, behind_change = model.change.split("A")
    (place, _), (order, _) = model.line
    tags, asked = model.tags, model.asked[0]

    def tell_code(value: object) -> Told | None:
        if type(value) is not str or not is_of_letters(value):
            return tell(value)
        low = value.casefold()
        return Told(
            CODE,
            value,
            f"{before}{value}{behind}",
            f"{before_change}{value}{behind_change}",
            tags,
            tuple(dict.fromkeys(low.replace("-", " ").split())),
            ((place, value), (order, low)),
            (asked, low),
        )

    is_of_letters = _OF_LETTERS.fullmatch
    return tell_code


@dataclass(frozen=True, slots=True)
class Frame:
    """What many cases say alike of patient and procedure.

    Code and day go into it, and what stands apart because hardly two cases say the same there.

    Attributes:
        of_person, of_head: the statements of both rows.
        is_answered: whether no core field of them is open.
        person: the patient as JSON of a document, for the operator ``%``: it takes birth date and
            code, where there are such.
        person_changes: as JSON of a change, with a comma before each field.
        person_cells: as the table holds them, but for birth date and code, which come before.
        head: the procedure as JSON of a document, for the operator ``%``.
        head_takes: takes what ``head`` takes out of the id of the patient, the JSON of the day, and
            the JSON of each that stands apart.
        changes: as JSON of a change, before and behind the day, with a comma before each field.
        cells: of the procedure, but for the day and what stands apart, which come before.
        line: the cells of the case list.
        words: what the case is found by: of the patient, and of the procedure before and behind
            those of the day.
        tags: those of a case that is not complete, and of one that is.
        texts: see ``FoundBy``.
    """

    of_person: Insert
    of_head: Insert
    is_answered: bool
    person: str
    person_changes: str
    person_cells: tuple[Cell, ...]
    head: str
    head_takes: Callable[[Sequence[str]], tuple[str, ...]]
    changes: tuple[str, str]
    cells: tuple[Cell, ...]
    line: tuple[Cell, ...]
    words: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    tags: tuple[tuple[str, ...], tuple[str, ...]]
    texts: tuple[str | None, ...]


def frame(
    person: Sequence[Told],
    head: Sequence[Told],
    of_person: Sequence[str],
    apart: Sequence[str],
    *,
    has_day: bool,
) -> Frame:
    """What these values of patient and procedure say, in the order of their words.

    ``of_person`` names the fields of the patient that go into it, in their order, and ``apart``
    those of the procedure; ``has_day`` tells whether its day does.
    """
    place = next((at for at, each in enumerate(head) if _is_behind_day(each.name)), len(head))
    every = (*person, *head)
    line = list(blank_line())
    texts: list[str | None] = [None] * len(TEXTS)
    for each in every:
        for at, cell in each.line:
            line[at] = cell
        if each.asked is not None:
            texts[each.asked[0]] = each.asked[1]
    insert, person_answered = _shape(Patient, tuple(of_person), _names(person))
    is_synthetic = any(each.name == _SYNTHETIC and each.stored for each in head)
    day = (DAY,) if has_day else ()
    of_head, head_answered = _shape(Procedure, (*day, *apart), _names(head))
    filled = ("patient", DAY, *apart)
    into = sorted(("patient", *day, *apart))
    return Frame(
        insert,
        of_head,
        person_answered and head_answered,
        _document(person, dict.fromkeys(of_person, "%s")),
        _changes(person),
        tuple([each.stored for each in person]),
        _document(head, {**dict.fromkeys(into, "%s"), "patient": _PATIENT}),
        _taker(tuple([filled.index(name) for name in into])),
        (_changes(head[:place]), _changes(head[place:])),
        tuple([each.stored for each in head]),
        tuple(line),
        (_words(person), _words(head[:place]), _words(head[place:])),
        (
            _tags(every, complete=False, synthetic=is_synthetic),
            _tags(every, complete=True, synthetic=is_synthetic),
        ),
        tuple(texts),
    )


def _document(values: Sequence[Told], put_in: dict[str, str]) -> str:
    """Values as JSON of a document for the operator ``%``, which puts in others."""
    by_name = {each.name: each.text.replace("%", "%%") for each in values} | put_in
    # The quote behind a name sorts before all that a name can hold, so this is their order.
    return ",".join([by_name[name] for name in sorted(by_name)])


def _names(values: Sequence[Told]) -> tuple[str, ...]:
    return tuple([each.name for each in values])


def _changes(values: Sequence[Told]) -> str:
    return "".join([f",{each.change}" for each in values])


def _words(values: Sequence[Told]) -> tuple[str, ...]:
    return tuple([word for each in values for word in each.words])


def _tags(values: Sequence[Told], *, complete: bool, synthetic: bool) -> tuple[str, ...]:
    state = tags_of_state(complete=complete, synthetic=synthetic)
    return tuple(sorted({*state, *[tag for each in values for tag in each.tags]}))


def _is_behind_day(name: str) -> bool:
    return rank_of_words(name) > rank_of_words(DAY)


_FIRST: dict[type[Record], tuple[str, ...]] = {
    Patient: ("id", "version"),
    Procedure: ("id", "patient", "version", "complete"),
}


@lru_cache(1024)
def _taker(places: tuple[int, ...]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What takes what is at these places; very many frames share few of these."""
    return lambda filled: tuple([filled[place] for place in places])


@lru_cache(4096)
def _shape(
    table: type[Record], own: tuple[str, ...], names: tuple[str, ...]
) -> tuple[Insert, bool]:
    """The statement of a row that holds this, and whether no core field of it is open."""
    held = (*own, *names)
    insert = insert_of(tables()[table], (*_FIRST[table], *held))
    return insert, is_answered(frozenset(held), table)


@cache
def _columns_of(table: type[Record], name: str) -> list[tuple[int, Callable[..., Cell]]]:
    """The columns of the case list that follow from a field: their places, and how."""
    return [
        (HEAD_COLUMNS.index(column), made)
        for column, of, field, made in caserow.OF_ONE_FIELD
        if (of, field) == (table, name)
    ]


@cache
def stand_apart() -> frozenset[str]:
    """The fields of a procedure of which hardly two cases say the same: numbers, days, free text.

    Of those with words that find a case, none whose words come before the day.
    """
    differ = [
        field.name
        for field in Procedure.clinical_fields()
        if isinstance(field, Number | Words | Day | Clock)
    ]
    return frozenset(name for name in differ if rank_of_words(name) > rank_of_words(DAY))


def contradict(day: Told | None, born: Told | None, apart: Iterable[Told]) -> bool:
    """Whether days and times of patient and procedure cannot be together."""
    patient, procedure = _blank(Patient), _blank(Procedure)
    every = (*([day] if day else ()), *apart)
    for row, told_of in ((patient, [born] if born else []), (procedure, every)):
        for each in told_of:
            row.__data__[each.name] = row._meta.fields[each.name].python_value(each.stored)
    return heads_contradict(Case(patient, procedure))


def always(table: type[Record]) -> list[Told]:
    """What every row says of which nothing was entered, such as that it is no generated case."""
    blank, known = _blank(table), tables()[table]
    fields, _, _ = known.read(blank)
    names = [name for name in fields if name not in ("patient", "procedure")]
    found = (known.judged(name, blank.__data__[name]) for name in names)
    return [
        Told(name, int(bool(stored)), text, change, (), (), (), None)
        for name, (stored, text, change) in zip(names, found, strict=True)
    ]


def is_answered(names: frozenset[str], table: type[Record]) -> bool:
    """Whether the fields of these names are all core fields of a patient, or of a procedure.

    None of their core fields depends on what another one says.
    """
    return names >= _core(table)


@cache
def _core(table: type[Record]) -> frozenset[str]:
    return frozenset(field.name for field in table.clinical_fields() if field.core)


@cache
def blank_line() -> tuple[Cell, ...]:
    """The columns of patient and procedure in the case list where nothing is known of them.

    Those of ids come first.
    """
    line = caserow.line_of_head(_blank(Patient), _blank(Procedure))
    return line_cells({**line, **dict.fromkeys(MEASURED_COLUMNS)}, HEAD_COLUMNS)


@lru_cache(4)
def tags_of_state(*, complete: bool, synthetic: bool) -> tuple[str, ...]:
    """The tags that follow from what a procedure is rather than from what was entered.

    ``EVERY`` is among them.
    """
    head = Procedure.made(complete=complete, synthetic=synthetic)
    whole = (*caserow.whole_of_head(head).tags(), *_NO_IMAGES.tags())
    return tuple(sorted({EVERY, *whole}))


def rank_of_words(name: str) -> int:
    """Where the words of a field of this name stand among those of its patient or procedure."""
    return _RANKS.get(name, len(_RANKS))


_RANKS = {name: rank for rank, (_, name) in enumerate(caserow.WORDS_OF_HEAD)}


def _blank(table: type[R]) -> R:
    """A row that holds nothing, with ids that no value is compared with."""
    row = table.made(id=NULL)
    if isinstance(row, Procedure):
        row.__data__["patient"] = NULL
    return row
