# SPDX-License-Identifier: MIT
"""What was found at a visit becomes an assessment."""

from __future__ import annotations

from collections.abc import Iterator

from models.importing.problems import Problem
from models.importing.scores import range_named, which_pain
from models.importing.visits.visit import Cell, Visit
from models.numbers import Reported, top_in_words
from models.schema import Assessment
from models.speech import say
from models.typed import quoted
from models.vocabulary import PainScale, TimePoint


def is_of(visit: Visit, row: Assessment) -> bool:
    """Whether an assessment that columns such as "VAS pre" tell is the one of a visit."""
    if row.time_point is not visit.point or visit.point is TimePoint.UNDATED:
        return False
    return not row.assessed_on or not visit.day or row.assessed_on == visit.day


def fill_assessment(row: Assessment, visit: Visit, scale: object, top: object) -> Iterator[Problem]:
    """Put what was found at a visit into an assessment, in which nothing is replaced.

    ``scale`` and ``top`` are those of scores whose row names none.
    """
    row.time_point = visit.point
    row.assessed_on = visit.day or row.assessed_on
    said = dict(visit.said)
    pain = said.pop("pain", None)
    if isinstance(pain, Reported):
        said |= {"pain_low": pain.low, "pain_high": pain.high}
        said |= {"pain_words": pain.words} if pain.words else {}
        said = _pain_asked(visit.cells["pain"].column) | said
    noted = [f"{heading}: {text}" for heading, text in visit.noted.items()]
    if isinstance(other := said.pop("other_score", None), Reported):
        said = _other_score(visit.cells["other_score"], other, noted) | said
    if kept := [str(one) for one in (said.get("note"), *noted, visit.note) if one]:
        said["note"] = "\n".join(kept)
    told = {}
    data = row.__data__
    for name, value in said.items():
        before = data.get(name)
        if before is None:
            data[name] = value
        elif value is not None and before != value:
            problem = _otherwise(visit, name)
            told[problem.column] = problem
    yield from told.values()
    if row.pain_low is not None:
        row.pain_scale = row.pain_scale or scale
        row.pain_scale_max = row.pain_scale_max or top
        if row.pain_scale is PainScale.VERBAL and row.pain_scale_max is None:
            row.pain_scale_max = top_in_words(row.pain_words or "")


def _pain_asked(heading: str) -> dict[str, object]:
    """Which pain, and where, the heading of a score says; that of another one is kept apart."""
    context, site = which_pain(heading)
    said: dict[str, object] = {"pain_context": context, "pain_site": site}
    return {name: value for name, value in said.items() if value is not None}


def _other_score(cell: Cell, score: Reported, noted: list[str]) -> dict[str, object]:
    """The fields of the other score; what is no single number goes into the note."""
    if score.exact is None or score.words:
        noted.append(f"{cell.column}: {cell.text.strip()}")
    if score.exact is None:
        return {}
    said: dict[str, object] = {"other_score_name": cell.column, "other_score": score.exact}
    if known := range_named(cell.column):
        said["other_score_range"] = known
    return said


def _otherwise(visit: Visit, name: str) -> Problem:
    cell = visit.cells.get(name) or visit.cells.get("pain") or next(iter(visit.cells.values()))
    message = say(
        "{cell} is not what another column says of the same visit.", cell=quoted(cell.text)
    )
    return Problem(cell.row, cell.column, cell.text, message)
