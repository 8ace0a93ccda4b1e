# SPDX-License-Identifier: MIT
"""The scores of a case: which one stands for the time before, which is the latest, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.numbers import Reported
from models.schema import Assessment
from models.tags.whole import Span
from models.vocabulary import PainScale, TimePoint

if TYPE_CHECKING:
    from models.case import Case

OF_TEN = frozenset({PainScale.NRS, PainScale.VAS_10})
OF_HUNDRED = frozenset({PainScale.VAS_100})
ON_ANY = frozenset(PainScale)

_STEP = 100_000
_TENTHS = 10
_DECIMALS = 1


def in_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Assessments by time point, then date; those without a time point last."""
    return sorted(assessments, key=place_in_order)


def place_in_order(row: Assessment) -> tuple[int, str]:
    """Where an assessment stands there."""
    rank = row.time_point.rank if row.time_point else len(TimePoint)
    return rank, row.assessed_on or ""


def score_before(assessments: Sequence[Assessment]) -> Assessment | None:
    """The chosen score before, else the first that anything was said of."""
    baselines = [row for row in assessments if row.time_point is TimePoint.BASELINE]
    chosen = [row for row in baselines if row.chosen]
    if chosen:
        return max(chosen, key=lambda row: row.assessed_on or "")
    return next((row for row in baselines if is_said(row)), None)


def score_latest(assessments: Sequence[Assessment]) -> Assessment | None:
    """The score of the last day that is known, else the one of the latest time point."""
    after = [
        row
        for row in in_order(assessments)
        if row.time_point is not TimePoint.BASELINE and is_said(row)
    ]
    dated = [row for row in after if row.assessed_on and row.assessed_on.exact]
    if not dated:
        return after[-1] if after else None
    day = max(str(row.assessed_on) for row in dated)
    last = [row for row in dated if str(row.assessed_on) == day]
    others = of_another_pain(assessments) if len(last) > 1 else []
    return next((row for row in last if row not in others), last[0])


def asks_alike(one: Assessment, other: Assessment) -> bool:
    """Whether two scores tell of the same pain: its kind and place, where both of them say it."""
    said = (one.pain_context, other.pain_context), (one.pain_site, other.pain_site)
    return all(None in pair or pair[0] is pair[1] for pair in said)


def of_another_pain(assessments: Iterable[Assessment]) -> list[Assessment]:
    """The scores that tell of another pain than the one before on their scale, such as at rest."""
    scored = [row for row in assessments if row.pain_low is not None]
    if len({(row.pain_context, row.pain_site) for row in scored}) < 2:
        return []
    is_before = TimePoint.BASELINE
    before = {scale_order(row): row for row in scored if row.chosen and row.time_point is is_before}
    return [
        row
        for row in scored
        if (first := before.get(scale_order(row))) is not None and not asks_alike(first, row)
    ]


def is_said(row: Assessment) -> bool:
    """Whether there is a number or a word of how it hurts."""
    return row.pain_low is not None or bool(_words(row))


def reported_pain(row: Assessment) -> Reported:
    """The score as it was reported; words only where there is no number."""
    words = "" if row.pain_low is not None else _words(row)
    return Reported(row.pain_low, row.pain_high, words)


def span(row: Assessment | None, scales: frozenset[PainScale] = ON_ANY) -> Span | None:
    """The score where it is a number on one of ``scales``."""
    if row is None or row.pain_scale not in scales or None in (row.pain_low, row.pain_high):
        return None
    return row.pain_low, row.pain_high


def change(
    before: Assessment | None, latest: Assessment | None, scales: frozenset[PainScale] = ON_ANY
) -> Span | None:
    """Latest score minus score before, in every way that ranges allow.

    None on two scales, or of two pains.
    """
    first, last = span(before, scales), span(latest, scales)
    if not first or not last or scale_order(before) != scale_order(latest):
        return None
    if before is None or latest is None or not asks_alike(before, latest):
        return None
    return round(last[0] - first[1], _DECIMALS), round(last[1] - first[0], _DECIMALS)


class Scores(NamedTuple):
    """The assessments of a case, once time points are worked out, and what is compared of them."""

    case: Case
    before: Assessment | None
    latest: Assessment | None
    change: Span | None

    @classmethod
    def of(cls, case: Case) -> Scores:
        """Those of a case."""
        before, latest = score_before(case.assessments), score_latest(case.assessments)
        return cls(case, before, latest, change(before, latest))


def scale_order(row: Assessment | None) -> int | None:
    """Where scores on the scale of this one stand among all scores; None where it is no number.

    Scores on different scales never have the same place, so no order mixes them.
    Verbal scales with different tops are different scales; one that nobody stated comes last.
    """
    if row is None or None in (row.pain_low, row.pain_high):
        return None
    if row.pain_scale is None:
        return len(PainScale) * _STEP
    top = row.pain_scale_max if row.pain_scale is PainScale.VERBAL else None
    place: int = row.pain_scale.rank * _STEP
    return place + round((top or 0) * _TENTHS)


def _words(row: Assessment) -> str:
    if row.pain_words:
        return str(row.pain_words)
    return row.global_outcome.english.lower() if row.global_outcome else ""
