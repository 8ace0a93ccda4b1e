# SPDX-License-Identifier: MIT
"""Scores as every case has them that says the same of them: see ``pieces``.

Hardly two cases have the same scores at all their visits, but few different ones come at any single
visit. So each is looked at once, and of several no more is worked out than what only all of them
together tell.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import cast

from models import caserow, checks, derived
from models.bulk.lines import NULL, SCORE_COLUMNS, line_cells
from models.bulk.pieces import NOBODY, Held, Piece, forms_of, moved, words_of
from models.bulk.table import Cell, values_aside
from models.case import Case
from models.casescores import (
    Scores,
    change,
    of_another_pain,
    place_in_order,
    score_before,
    score_latest,
)
from models.checks.values import open_scores
from models.partial_date import PartialDate
from models.schema import Assessment
from models.scoretext import days_text
from models.tags.rows import tags_of_rows
from models.timepoints import VisitPlan
from models.visits import Mark, letters_of, mark_of
from models.vocabulary import TimePoint

ASSESSED = "assessed_on"

_COURSE, _VISITS = map(SCORE_COLUMNS.index, ("course", "visits"))
_TEXTS = tuple(map(SCORE_COLUMNS.index, ("scores", "score_days")))
"""Columns that tell of one score behind the other."""

_LISTS = tuple(map(SCORE_COLUMNS.index, ("score_words", "value_sets")))
"""Those that tell of some scores in a JSON list."""

_DAYS = SCORE_COLUMNS.index("score_days")


@dataclass(eq=False, slots=True)
class ScorePart:
    """One score of several.

    Attributes:
        values: what its row holds.
        piece: the piece of it alone.
        tags: what questions find the row by.
        visit: its time point, and what it says of that visit.
        order: where it stands in the course.
        course: what it has there.
    """

    values: Held
    piece: Piece
    tags: frozenset[str]
    visit: tuple[TimePoint | None, Mark]
    order: tuple[int, str]
    course: str

    @classmethod
    def of(cls, row: Assessment, piece: Piece) -> ScorePart:
        """The part of a row and its piece."""
        told = str(piece.line[_COURSE])[1:-1]
        visit = row.time_point, mark_of(row)
        tags = frozenset(tags_of_rows([row]))
        return cls(Held.by(row), piece, tags, visit, place_in_order(row), told)

    def at(self, place: int) -> ScorePart:
        """The same score at another place of its list."""
        (form,) = self.piece.forms
        return replace(self, piece=replace(self.piece, forms=(moved(form, place, Assessment),)))


def piece_of_scores(case: Case, plan: VisitPlan) -> Piece | None:
    """The assessments of a case that has nothing else but the day of the procedure.

    None where its cases have to be judged whole.
    """
    derived.place_scores(case, plan)
    with values_aside(case):
        if checks.errors(case):
            return None
    forms = forms_of(case.assessments, {Assessment: (ASSESSED,)})
    if forms is None:
        return None
    told = Scores.of(case)
    line = line_cells(caserow.line_of_scores(told), SCORE_COLUMNS)
    tags = tags_of_rows(case.assessments).union(caserow.whole_of_scores(told).tags())
    course = _course_with_holes(case.assessments, str(line[_COURSE]))
    if course is None:
        return None
    is_answered = not any(open_scores(case))
    return Piece(forms, line, words_of(case), tuple(tags), is_answered, course)


def joined_scores(parts: Sequence[ScorePart]) -> Piece | None:
    """The same from the pieces of each score alone; no two of them are of one time point.

    What is wrong with a score is wrong with it alone, so nothing has to be checked again. None
    where they tell of two pains, because only together they say which is another one.
    """
    scores = [cast(Assessment, part.values) for part in parts]
    if of_another_pain(scores):
        return None
    line, tags = _of_two(score_before(scores), score_latest(scores))
    cells = [*line]
    cells[_VISITS] = letters_of(tuple([part.visit for part in parts]))
    _fill_each(cells, parts)
    course = _course_with_holes(scores, str(cells[_COURSE]))
    if course is None:
        return None
    return Piece(
        tuple([form for part in parts for form in part.piece.forms]),
        tuple(cells),
        tuple(dict.fromkeys([word for part in parts for word in part.piece.words])),
        tuple({*tags, *[tag for part in parts for tag in part.tags]}),
        any(part.piece.is_answered for part in parts),
        course,
    )


@lru_cache(1 << 14)
def _of_two(
    before: Assessment | None, latest: Assessment | None
) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """The line and the tags of a case as far as they follow from two of its scores."""
    told = Scores(_NOTHING_SCORED, before, latest, change(before, latest))
    line = {**dict.fromkeys(SCORE_COLUMNS), **caserow.line_of_two_scores(told)}
    return line_cells(line, SCORE_COLUMNS), tuple(caserow.whole_of_scores(told).tags())


_NOTHING_SCORED = Case(*NOBODY)


def _fill_each(cells: list[Cell], parts: Sequence[ScorePart]) -> None:
    """Fill in what ``caserow.line_of_each_score`` tells of one score after the other."""
    ordered = sorted(parts, key=_ORDER)
    cells[_COURSE] = f"[{', '.join([part.course for part in ordered])}]"
    lines = [part.piece.line for part in parts]
    for place in _TEXTS:
        cells[place] = "".join([str(line[place]) for line in lines if line[place] != NULL]) or NULL
    for place in _LISTS:
        lists = [str(line[place])[1:-1] for line in lines if line[place] != NULL]
        cells[place] = f"[{', '.join(lists)}]" if lists else NULL


_ORDER = attrgetter("order")


def filled_line(piece: Piece, days: Sequence[PartialDate | None]) -> tuple[Cell, ...]:
    """The line of scores with the days of a case, one for each score."""
    if not piece.course:
        return piece.line
    line = list(piece.line)
    line[_COURSE] = piece.course.format(*days)
    line[_DAYS] = days_text(days)
    return tuple(line)


def _course_with_holes(scores: Sequence[Assessment], course: str) -> str | None:
    """The course with places for days instead of those of the scores; "" where there are none.

    None where they cannot be told apart.
    """
    days = [str(row.assessed_on) if row.assessed_on else "" for row in scores]
    if not any(days):
        return ""
    course = course.replace("{", "{{").replace("}", "}}")
    for day in {*days} - {""}:
        told = json.dumps(day)
        if course.count(told) != days.count(day):
            # Words of a score can look like a day.
            return None
        course = course.replace(told, f'"{{{days.index(day)}}}"')
    return course
