# SPDX-License-Identifier: MIT
"""Finds what the columns of a table stand for: by name, label, synonym, and by what they hold.

What is found is a proposal: a mapping that a person looks through and changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from uuid import UUID

from models.fields import ClinicalField, Number
from models.importing.arranging import levels_first, target_in
from models.importing.called import IN_ANY_ORDER, SYNONYMS
from models.importing.layouts import AS_IT_STANDS
from models.importing.legends import terms_of_headings
from models.importing.mapping import ColumnUse, Mapping
from models.importing.reading import Table
from models.importing.records import Records
from models.importing.scores import pain_column, scaled, score_named
from models.importing.spelled import in_order, plain_name
from models.importing.spellings import spellings
from models.importing.summing import sums_up
from models.importing.synonyms import meant_by_several, term_meant_by
from models.importing.targets import (
    ASKED_FIRST,
    CASE,
    CASE_ID,
    DERIVED,
    FLUORO_TIME,
    FULL_NAME,
    IN_NOTES,
    LEAK_LOCATION,
    LEAKAGE,
    LEVEL,
    PATIENT_CODE,
    PERFORMED_ON,
    TECHNIQUE,
    Kind,
    flat_targets,
    targets,
)
from models.importing.timed import timed_column
from models.importing.units import exact_units, names_own, other_unit, own_unit, without_unit
from models.importing.visits.roles import as_visits
from models.vocabulary import Leakage, Sex, Side, Technique, Vocabulary, YesNo

_FLAT_HAS = {"case_id", "patient_id", "level_id", "assessment_count"}
"""No table of another program has these together."""

_SAMPLE = 500
_SHARE = 0.8
_FEWEST = 2
_IS_A_NAME = re.compile(r"[^\W\d_]{2,}[^\W\d_'\u2019.-]*(?:,\s*|\s+)[^\W\d_][^\W\d_.]+[^\d_]*")
"""Two words of letters: "Doe, Jane", "Erna M\u00fcller"."""

_PROCEDURE = frozenset({"op", "operation", "eingriff", "surgery", "cirugia", "intervencion"})
_IS_A_DAY = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}(?: [\d:]+)?")
_PARTED = re.compile(r"[|;,\n]")
_PADDED = re.compile(r"[CTLS]0\d", re.IGNORECASE)

_ANSWERS = re.compile(r" (?:y n|yes no|j n|ja nein|s n|si no|o n|oui non|0 1|1 0)$")

_BY_UNIT = {
    name: targets_of
    for names, targets_of in (
        ("height|grosse", ("procedure.height_cm",)),
        ("fluoro|fluoroscopy|fluoroskopie|scopie|escopia|screening", (FLUORO_TIME,)),
        (
            "dose|dosis|radiation dose|strahlendosis|dose totale|dosis total|dose rx",
            ("procedure.kap_gycm2", "procedure.air_kerma_mgy"),
        ),
    )
    for name in names.split("|")
}
"""Names that the unit alone makes clear: the height of people or vertebrae, one dose or another."""

_TOLD_BY_CONTENT: tuple[tuple[type[Vocabulary], str], ...] = (
    (Technique, TECHNIQUE),
    (Sex, "patient.sex"),
)
_TOLD_BESIDE_A_NAME: tuple[tuple[type[Vocabulary], str], ...] = (
    *_TOLD_BY_CONTENT,
    (Side, "treated_level.side"),
)
"""The same for a column whose name means a field of which it holds no term."""


def propose(table: Table, encoding: str = "", delimiter: str = "", layout: str = "") -> Mapping:
    """What the columns of ``table`` most likely stand for. No target is proposed twice.

    Where a row is a visit, its columns stand for what belongs to it, unless ``layout`` says that
    each is a procedure. A table that has the columns of the flat export, in any order, and no other
    one, is read as such, exactly.
    """
    if isinstance(table, Records):
        return table.mapping(encoding, delimiter)
    columns = table.columns
    sample = _sample(table)
    known = flat_targets()
    if _FLAT_HAS <= set(columns) <= known.keys():
        uses = tuple(ColumnUse(name, known[name], "flat") for name in columns)
        defused = table.is_for_excel
        return Mapping(uses, exact=True, defused=defused, encoding=encoding, delimiter=delimiter)
    taken: set[str] = set()
    proposed = {name: _proposed(name, sample[name], taken) for name in levels_first(table)}
    uses = tuple(proposed[name] for name in columns)
    uses = tuple(
        _by_content(use, sample[use.column], taken) if not use.target else use for use in uses
    )
    uses = tuple(_not_misnamed(use, sample[use.column], taken) for use in uses)
    uses = tuple(_not_of_each(table, use) for use in uses)
    before: list[str] = []
    if layout != AS_IT_STANDS:
        uses, before = as_visits(table, uses, sample, score_named)
    terms = terms_of_headings(uses)
    uses = scaled(uses, sample, before)
    return Mapping(uses, terms=terms, encoding=encoding, delimiter=delimiter)


def known_name(name: str) -> str:
    """The target that a heading most likely means, by its words alone; ""."""
    return next((target for target, _, _ in _candidates(name, ())), "")


def _sample(table: Table) -> dict[str, list[str]]:
    """The distinct filled cells of the first rows, by column."""
    found: dict[str, dict[str, None]] = {name: {} for name in table.columns}
    for row in islice(table.rows(), _SAMPLE):
        if not (row.problem or sums_up(row.cells)):
            for name, cell in zip(table.columns, row.cells, strict=True):
                if kept := cell.strip():
                    found[name][kept] = None
    return {name: list(cells) for name, cells in found.items()}


def _proposed(name: str, cells: Sequence[str], taken: set[str]) -> ColumnUse:
    for target, how, scale in _candidates(name, cells):
        if target == DERIVED or target not in taken:
            taken.add(target)
            return ColumnUse(name, target, how, scale=scale)
    return ColumnUse(name)


def _candidates(name: str, cells: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    plain = plain_name(name)
    by_flat = flat_targets().get(name.casefold().replace(" ", "_"), "")
    if by_flat and targets()[by_flat].kind is Kind.ID and not _are_ids(cells):
        by_flat = CASE if by_flat == CASE_ID else ""
    if by_flat:
        yield by_flat, "name", ""
    target, scale = pain_column(name)
    if target:
        yield target, "pain", scale
    for by_unit in _BY_UNIT.get(without_unit(plain) or plain, ()):
        if _has_unit_of(name, targets()[by_unit].field):
            yield by_unit, "name", ""
    yield from _by_words(name)
    if timed := timed_column(name):
        yield timed, "timed", ""


def _by_words(name: str) -> Iterable[tuple[str, str, str]]:
    """The targets that have the words of a heading for a name, a unit at the end aside."""
    for said in spellings(name):
        whole = [one for one in (said, without_unit(said), _without_answers(said)) if one]
        for known, how in ((_names(), "name"), (_labels(), "label"), (SYNONYMS, "synonym")):
            found = [(known[one], one) for one in whole if one in known]
            yield from _with_unit(found, said, how)
        other = [(meant, one) for one in whole if (meant := _in_any_order().get(in_order(one)))]
        yield from _with_unit(other, said, "synonym")


def _without_answers(plain: str) -> str:
    """A heading, in plain spelling, without "Y/N" or "ja/nein" behind it; "" for any other."""
    found = _ANSWERS.search(plain)
    return plain[: found.start()] if found else ""


def _with_unit(
    found: Iterable[tuple[str, str]], said: str, how: str
) -> Iterable[tuple[str, str, str]]:
    """Those that were found without the unit only where they have one."""
    for target, name in found:
        field = targets()[target].field
        is_whole = name in (said, _without_answers(said))
        if is_whole or own_unit(field) or (isinstance(field, Number) and field.unit_in):
            yield target, how, ""


def _has_unit_of(heading: str, field: ClinicalField | None) -> bool:
    """Whether a heading names the unit of a field, or one that can be made that."""
    return names_own(heading, field) or other_unit(heading, field) in exact_units(field)


def are_levels(cells: Sequence[str]) -> bool:
    """Whether nearly all cells name levels, and are no numbers of patients such as S01 and S02."""
    from models.importing.levels import level_meant_by, levels_meant_by

    found = [level_meant_by(cell) for cell in cells]
    met = sum(
        one is not None or levels_meant_by(cell) is not None
        for one, cell in zip(found, cells, strict=True)
    )
    if len(cells) < _FEWEST or met < _SHARE * len(cells):
        return False
    numbers = [one.value for one in found if one is not None]
    is_counted = len(numbers) > _FEWEST and all(
        one[1:] == f"{n}" for n, one in enumerate(numbers, start=1)
    )
    is_padded = any(_PADDED.fullmatch(cell) for cell in cells)
    return not (is_counted or is_padded) and any(one[0] in "TL" for one in numbers or ["T"])


def _by_content(use: ColumnUse, cells: Sequence[str], taken: set[str]) -> ColumnUse:
    """A column whose cells are nearly all terms that only one thing can mean."""
    if len(cells) < _FEWEST:
        return use
    if LEVEL not in taken and are_levels(cells):
        taken.add(LEVEL)
        return replace(use, target=LEVEL, how="content")
    for vocabulary, target in _TOLD_BY_CONTENT:
        met = sum(term_meant_by(vocabulary, cell) is not None for cell in cells)
        if met >= _SHARE * len(cells) and target not in taken:
            taken.add(target)
            return replace(use, target=target, how="content")
    return use


def _not_misnamed(use: ColumnUse, cells: Sequence[str], taken: set[str]) -> ColumnUse:
    """A column that holds no term of the field it is called after, but those of another one."""
    from models.importing.values import is_vocabulary

    if use.target == PATIENT_CODE and cells and all(map(_IS_A_NAME.fullmatch, cells)):
        # What names a person in clear is no code, and goes where names go, or nowhere.
        taken.discard(use.target)
        if FULL_NAME in taken:
            return ColumnUse(use.column)
        taken.add(FULL_NAME)
        return replace(use, target=FULL_NAME, how="content")
    if _is_day_of_procedure(use, cells) and PERFORMED_ON not in taken:
        taken.discard(use.target)
        taken.add(PERFORMED_ON)
        return replace(use, target=PERFORMED_ON, how="content")
    vocabulary = is_vocabulary(targets()[use.target]) if use.target else None
    if use.target == LEAK_LOCATION and LEAKAGE not in taken and _are_single_places(cells):
        taken.discard(use.target)
        taken.add(LEAKAGE)
        return replace(use, target=LEAKAGE, how="content")
    if asked := _answered_or_listed(use.target, cells, taken):
        taken.discard(use.target)
        taken.add(asked)
        return replace(use, target=asked, how="content")
    if vocabulary is None or not cells or any(term_meant_by(vocabulary, cell) for cell in cells):
        return use
    for other, target in _TOLD_BESIDE_A_NAME:
        if target not in taken and all(term_meant_by(other, cell) for cell in cells):
            taken.discard(use.target)
            taken.add(target)
            return replace(use, target=target, how="content")
    return use


def _is_day_of_procedure(use: ColumnUse, cells: Sequence[str]) -> bool:
    """Whether a column called after the procedure alone, such as "OP", holds its days."""
    is_called_so = use.target == TECHNIQUE or plain_name(use.column) in _PROCEDURE
    return bool(is_called_so and cells) and all(map(_IS_A_DAY.fullmatch, cells))


def _are_single_places(cells: Sequence[str]) -> bool:
    """Whether a column of places of leaks says "none" too, and so answers whether there was one."""
    answers = [cell for cell in cells if term_meant_by(Leakage, cell)]
    places = [cell for cell in cells if cell not in answers]
    return bool(answers) and not any(_PARTED.search(cell) for cell in places)


def _answered_or_listed(target: str, cells: Sequence[str], taken: set[str]) -> str:
    """The question for a column of a list that only answers it, and the other way round; "".

    "Adverse events" may hold yes and no, and "Complications" what they were.
    """
    from models.importing.values import is_vocabulary

    asked = ASKED_FIRST.get(target, "")
    listed = next((name for name, first in ASKED_FIRST.items() if first == target), "")
    other = asked or listed
    if not other or not cells or other in taken:
        return ""
    if asked:
        are_answers = all(term_meant_by(YesNo, cell) for cell in cells)
        return asked if are_answers else ""
    kinds = is_vocabulary(targets()[listed])
    assert kinds is not None
    is_yes = any(term_meant_by(YesNo, cell) is YesNo.YES for cell in cells)
    are_listed = any(term_meant_by(kinds, cell) or meant_by_several(kinds, cell) for cell in cells)
    return listed if are_listed and not is_yes else ""


def _not_of_each(table: Table, use: ColumnUse) -> ColumnUse:
    """A column that says of all levels side by side what is not true of each goes to the notes."""
    meant = use.target or known_name(use.column)
    is_noted = meant and target_in(table, replace(use, target=meant)).name != meant
    return replace(use, target=IN_NOTES, how="shared") if is_noted else use


@cache
def _in_any_order() -> dict[str, str]:
    """Targets by the words of their names in one order, where only one has these words."""
    known = (*_names().items(), *_labels().items(), *IN_ANY_ORDER.items())
    return _unique((in_order(name), target) for name, target in known if " " in name)


@cache
def _names() -> dict[str, str]:
    """Targets by the plain names of their fields, where only one has that name."""
    return _unique(
        (plain_name(own), target.name)
        for target in targets().values()
        if target.kind is Kind.FIELD
        for own in (target.name.partition(".")[2], target.name)
    )


@cache
def _labels() -> dict[str, str]:
    return _unique(
        (plain_name(target.label), target.name)
        for target in targets().values()
        if target.kind is Kind.FIELD
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for plain, target in pairs:
        found.setdefault(plain, set()).add(target)
    return {plain: names.pop() for plain, names in found.items() if len(names) == 1}


def _are_ids(cells: Sequence[str]) -> bool:
    return bool(cells) and all(_is_id(cell) for cell in cells)


def _is_id(cell: str) -> bool:
    try:
        return str(UUID(cell)) == cell.casefold()
    except ValueError:
        return False
