# SPDX-License-Identifier: MIT
"""Columns of one time point, such as "VAS pre" and "ODI pre", become the assessment of then."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from models.case import Case
from models.exchange.flat_pain import UNPLANNED
from models.importing.cells import CaseCells, Values
from models.importing.mapping import Mapping
from models.importing.problems import Problem
from models.importing.targets import PAIN_SCALE, PAIN_SCALE_MAX, PERFORMED_ON, targets
from models.numbers import Reported, top_in_words
from models.partial_date import PartialDate
from models.schema import Assessment
from models.speech import lowered, say, shown_day
from models.vocabulary import PainScale, TimePoint

_LISTED_SCORES = frozenset({"assessment.pain_low", "assessment.pain_high", "assessment.pain_words"})


class ScoreBuilder:
    """Makes the assessments of what columns of time points say.

    Attributes:
        scales: the pain scale of each target whose column has one.
    """

    def __init__(self, mapping: Mapping) -> None:
        self.scales = {
            use.target: PainScale(use.scale) for use in mapping.columns if use.scale and use.target
        }
        used = (*mapping.used, *mapping.constants)
        self._has_scores_listed = not _LISTED_SCORES.isdisjoint(used)
        self._has_points_listed = "assessment.time_point" in used

    def add_to(self, case: Case, cells: CaseCells) -> None:
        """Add them to a case that has those of its lists; what cannot be is told in ``cells``."""
        points = _by_point(cells.of_case)
        # Where the list tells of pain, as in our own export, wide columns say the same again.
        is_listed = self._has_scores_listed and bool(case.assessments)
        if not is_listed:
            _refuse_before(points, cells)
        for point, own in points.items():
            if not is_listed:
                self._add_score(case, point, own, cells.of_case)
            elif self._has_points_listed:
                self._add_typed_score(case, point, own, cells)
            _add_assessed(case, point, own, cells)

    def _add_typed_score(self, case: Case, point: TimePoint, own: Values, cells: CaseCells) -> None:
        """The score that somebody typed into a pain column of our own export.

        Its columns hold what is in the list under the same time point; what stands there alone was
        not there when the file was written.
        """
        score = own.get("score", own.get("low"))
        low = score.low if isinstance(score, Reported) else score
        if low is None or point in UNPLANNED:
            return
        listed = [row.pain_low for row in case.assessments if row.time_point == point]
        if not listed:
            self._add_score(case, point, own, cells.of_case)
        elif low not in listed:
            message = say(
                "The pain column of {point} says {low:g}, and the list of assessments does "
                "not. Change it in both.",
                point=lowered(point.label),
                low=low,
            )
            cells.problems.append(Problem(cells.rows[0].number, "", f"{low:g}", message))

    def _add_score(self, case: Case, point: TimePoint, own: Values, said: Values) -> None:
        rows = _rows_at(case, point)
        row = rows[0] if rows else _added(case, point)
        row.global_outcome = own.get("outcome") or row.global_outcome
        _put_score(row, own)
        if row.pain_low is not None:
            scale = self.scales.get(f"pain.{point}") or self.scales.get(f"pain.{point}.low")
            row.pain_scale = said.get(PAIN_SCALE) or scale
            row.pain_scale_max = said.get(PAIN_SCALE_MAX)
            if row.pain_scale is PainScale.VERBAL and row.pain_scale_max is None:
                row.pain_scale_max = top_in_words(row.pain_words or "")


def _add_assessed(case: Case, point: TimePoint, own: Values, cells: CaseCells) -> None:
    """Put what else was asked then into the assessment of the point, in which nothing changes."""
    said = {name: value for name, value in own.items() if name in _followed()}
    if not said:
        return
    number = cells.rows[0].number if cells.rows else 0
    rows = _rows_at(case, point)
    if len(rows) > 1:
        cells.problems.append(Problem(number, "", "", _of_which(point)))
        return
    row = rows[0] if rows else _added(case, point)
    row.assessed_on = row.assessed_on or own.get("on")
    for name, value in said.items():
        if row.__data__.get(name) in (None, value):
            row.__data__[name] = value
        else:
            cells.problems.append(Problem(number, "", str(value), _otherwise(point, name)))


def _rows_at(case: Case, point: TimePoint) -> list[Assessment]:
    return [row for row in case.assessments if row.time_point == point]


def _added(case: Case, point: TimePoint) -> Assessment:
    place = len(case.assessments)
    row = Assessment.made(position=place, procedure=case.id, time_point=point)
    case.assessments.append(row)
    return row


def _refuse_before(points: dict[TimePoint, Values], cells: CaseCells) -> None:
    """Refuse a score after the procedure whose day lies before it: one of both is wrong."""
    performed = cells.of_case.get(PERFORMED_ON)
    for point, own in points.items():
        asked = own.get("on")
        if not isinstance(asked, PartialDate) or not isinstance(performed, PartialDate):
            continue
        day, first = asked.exact, performed.exact
        if point is TimePoint.BASELINE or day is None or first is None or day >= first:
            continue
        message = say(
            "The score of {point} has the date {day}, which lies before the procedure. Mend "
            "one of them.",
            point=lowered(point.label),
            day=shown_day(asked),
        )
        cells.problems.append(Problem(cells.rows[0].number if cells.rows else 0, "", "", message))


def _of_which(point: TimePoint) -> str:
    return say(
        "The case has several assessments of {point}, and a column of that time does not tell of "
        "which one it is. Write it into the list of assessments.",
        point=lowered(point.label),
    )


def _otherwise(point: TimePoint, name: str) -> str:
    return say(
        "The column of {field}, {point}, says something else than the list of assessments. Change "
        "it in both.",
        field=_followed()[name],
        point=lowered(point.label),
    )


@cache
def _followed() -> dict[str, str]:
    """The fields of an assessment that have columns of time points of their own, with labels."""
    return {field.name: field.label for field in Assessment.clinical_fields() if field.followed}


def _by_point(said: Values) -> dict[TimePoint, Values]:
    """What the columns of time points say, by point and part, in the order of time."""
    found: defaultdict[TimePoint, Values] = defaultdict(dict)
    for target, value in said.items():
        if (place := _place_of_score(target)) is not None:
            point, part = place
            found[point][part] = value
    return dict(sorted(found.items(), key=lambda item: item[0].rank))


@cache
def _place_of_score(target: str) -> tuple[TimePoint, str] | None:
    """Time point and part of a score in the name of a target; None for any other."""
    known = targets()[target]
    return None if known.point is None else (known.point, known.part)


def _put_score(row: Assessment, own: Values) -> None:
    score = own.get("score")
    if isinstance(score, Reported):
        row.pain_low, row.pain_high = score.low, score.high
        row.pain_words = score.words or None
    low, high = own.get("low"), own.get("high")
    if row.pain_low is None and (low is not None or high is not None):
        row.pain_low = low if low is not None else high
        row.pain_high = high if high is not None else low
    row.pain_words = own.get("words") or row.pain_words
    row.assessed_on = own.get("on") or row.assessed_on
    row.missing_reason = own.get("missing") or row.missing_reason
