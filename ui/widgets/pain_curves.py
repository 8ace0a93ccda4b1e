# SPDX-License-Identifier: MIT
"""What is shown of the course of pain of one case: one curve a scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from models.casescores import in_order, reported_pain
from models.schema import Assessment
from models.vocabulary import PainScale, TimePoint
from ui.widgets.pain_course import PainPoint


@dataclass(frozen=True, slots=True)
class Curve:
    """Pain on one scale. ``maximum`` is the top of the scale."""

    title: str
    points: tuple[PainPoint, ...]
    maximum: float


def curves(assessments: Sequence[Assessment]) -> Iterator[Curve]:
    """One curve a scale, because scales are never mixed; words stand with the first scale."""
    shown = [row for row in in_order(list(assessments)) if _belongs_into_a_curve(row)]
    scales = list(dict.fromkeys(row.pain_scale for row in shown if row.pain_low is not None))
    for place, scale in enumerate(scales or [None]):
        rows = [
            row
            for row in shown
            if (row.pain_low is None and place == 0)
            or (row.pain_low is not None and row.pain_scale is scale)
        ]
        yield Curve(_curve_title(scale, rows), tuple(map(_point, rows)), _top(scale, rows))


def _belongs_into_a_curve(row: Assessment) -> bool:
    score = reported_pain(row)
    said = score.low is not None or score.words
    return bool(_is_before(row) or said or row.missing_reason)


def _is_before(row: Assessment) -> bool:
    return row.time_point is TimePoint.BASELINE


def _point(row: Assessment) -> PainPoint:
    score = reported_pain(row)
    known = row.time_point not in (None, TimePoint.UNDATED)
    return PainPoint(
        axis_label(row.time_point),
        score.low,
        score.high,
        score.words,
        before=_is_before(row),
        dated=_is_before(row) or (known and row.assessed_on is not None),
    )


def axis_label(time_point: TimePoint | None) -> str:
    """A time point as it stands on an axis."""
    if time_point is None or time_point is TimePoint.UNDATED:
        return _tr("after")
    if time_point is TimePoint.BASELINE:
        return _tr("pre")
    return _tr("later") if time_point is TimePoint.LATER else time_point.short


def _curve_title(scale: PainScale | None, rows: Sequence[Assessment]) -> str:
    label = Assessment.pain_low.label
    if scale is not None:
        return f"{label}, {scale.label}"
    numbered = any(row.pain_low is not None for row in rows)
    return _tr("{pain}, scale not stated").format(pain=label) if numbered else label


def _top(scale: PainScale | None, rows: Sequence[Assessment]) -> float:
    """The top of the scale; where it is not stated, no less than the scores themselves."""
    if scale is not None and scale.maximum is not None:
        return scale.maximum
    stated = [row.pain_scale_max for row in rows if row.pain_scale_max is not None]
    scores = [row.pain_high for row in rows if row.pain_high is not None]
    return max([*stated, *scores, 1.0])


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)
