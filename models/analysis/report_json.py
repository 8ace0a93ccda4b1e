# SPDX-License-Identifier: MIT
"""Outcomes as one JSON document, in names that scripts rely on; pain stands at its root."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from models.analysis.asking import question_of
from models.analysis.cement import cement_relief
from models.analysis.comparing import compare, largest_two
from models.analysis.distribution import change_distribution, percent_distribution
from models.analysis.followed import followed
from models.analysis.gains import height_gains
from models.analysis.instruments import FUNCTION, LADDERS, Scale
from models.analysis.json_parts import Json, ci, missing_json, share_json
from models.analysis.kept_heights import kept_heights
from models.analysis.outcome import CoursePoint, PairedNumbers, PairedOutcome
from models.analysis.paired import pain_outcome, paired_outcome
from models.analysis.question import LATEST, Question
from models.analysis.report_sections import (
    cement_json,
    comparison_json,
    distribution_json,
    followed_json,
    height_json,
    kept_json,
    shift_json,
)
from models.analysis.shifts import shift_of
from models.analysis.thresholds import Thresholds
from models.query import EVERYTHING, Filter, text_of
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.logbook import Logbook


def outcomes_json(
    logbook: Logbook,
    start: str = TimePoint.BASELINE,
    to: str = LATEST,
    by: str | None = None,
    asked: Filter = EVERYTHING,
) -> Json:
    """What ``outcomes --json`` prints; null where something is not defined.

    Args:
        logbook: an open one.
        start: time point of the score before.
        to: time point of the score after, or ``latest``.
        by: what to group by, as in ``CompareBy``, or ``@`` and the name of a saved filter; adds
            ``groups`` and, of the two largest, ``comparison``.
        asked: which cases count.

    Raises:
        LogbookError: a time point or field is not known, or the end does not lie after the start.
    """
    with logbook.session():
        question = question_of(logbook, start, to, by, asked)
        outcome = pain_outcome(logbook, question)
        document: Json = {
            "from": question.start.value,
            "to": question.end_code,
            "filter": text_of(asked) or None,
            **_outcome(outcome),
            "thresholds": _thresholds(outcome.thresholds),
            **_sections(logbook, question),
        }
    if question.by is not None:
        document["by"] = question.by.value
    return document


def _sections(logbook: Logbook, question: Question) -> Json:
    heights, _groups = height_gains(logbook, question)
    kept = kept_json(kept_heights(logbook, question))
    return {
        "function": {
            one.value: _outcome(paired_outcome(logbook, one, question)) for one in FUNCTION
        },
        **{one.value: shift_json(shift_of(logbook, one, question)) for one in LADDERS},
        "height": {**height_json(heights), "at_follow_up": kept},
        "cement": cement_json(cement_relief(logbook, question)),
        "followed": followed_json(followed(logbook, question)),
    }


def _outcome(outcome: PairedOutcome) -> Json:
    percent = percent_distribution(outcome)
    document: Json = {
        "scale": _scale(outcome.scale),
        "other_scales": [{**_scale_of(scale), "n_pairs": n} for scale, n in outcome.other_scales],
        **_numbers(outcome.numbers),
        "n_before": outcome.n_before,
        "n_after": outcome.n_after,
        "n_ranges": outcome.n_ranges,
        "n_words": outcome.n_words,
        "n_later_words": outcome.n_later_words,
        "n_undated": outcome.n_undated,
        "n_flagged": outcome.n_flagged,
        "n_synthetic": outcome.n_synthetic,
        "distribution": distribution_json(change_distribution(outcome)),
        "mean_percent_relief": percent.mean if percent is not None else None,
        "message": outcome.message,
    }
    if outcome.question.by is not None:
        document["groups"] = _groups(outcome)
        if (largest := largest_two(outcome.groups)) is not None:
            document["comparison"] = comparison_json(compare(outcome, *largest))
    return document


def _groups(outcome: PairedOutcome) -> Json:
    return {
        group.code: {"label": group.label, **_numbers(group.numbers)} for group in outcome.groups
    }


def _numbers(numbers: PairedNumbers) -> Json:
    change, test, shift = numbers.change, numbers.test, numbers.shift
    return {
        "n_cases": numbers.n_cases,
        "n_pairs": numbers.n_pairs,
        "n_missing": numbers.n_missing,
        "missing": missing_json(numbers.missing),
        "mean_before": numbers.before.mean,
        "mean_after": numbers.after.mean,
        "mean_change": change.mean,
        "sd_change": change.sd,
        "ci95": ci(change.ci95),
        "t": change.t,
        "df": change.df,
        "p_t": change.p,
        "wilcoxon": {
            "statistic": test.statistic,
            "p": test.p,
            "method": test.method if test.p is not None else None,
            "zeros": test.zeros,
            "n": test.n,
            "n_zero": test.n_zero,
            "rank_biserial": test.rank_biserial,
        },
        "median_before": numbers.before_spread.median,
        "median_after": numbers.after_spread.median,
        "median_change": numbers.spread.median,
        "hodges_lehmann": shift.estimate,
        "hodges_lehmann_ci95": ci(shift.ci95),
        "hodges_lehmann_method": shift.method if shift.ci95 is not None else None,
        "n_worse": numbers.n_worse,
        "course": [_course_point(point) for point in numbers.course],
        "responders": {
            found.criterion.value: share_json(found.result) for found in numbers.responders
        },
    }


def _course_point(point: CoursePoint) -> Json:
    scores, spread = point.scores, point.spread
    return {
        "time_point": point.point.value,
        "n": scores.n,
        "n_ranges": point.n_range,
        "mean": scores.mean,
        "sd": scores.sd,
        "ci95": ci(scores.ci95),
        "median": spread.median,
        "iqr": None if spread.q1 is None else [spread.q1, spread.q3],
    }


_RENAMED = ("points", "moderate", "substantial", "acceptable")


def _thresholds(thresholds: Thresholds) -> Json:
    return {
        "ge2_points_of_10": thresholds.points,
        "ge30_pct": thresholds.moderate,
        "ge50_pct": thresholds.substantial,
        "acceptable_of_10": thresholds.acceptable,
        **{name: value for name, value in asdict(thresholds).items() if name not in _RENAMED},
    }


def _scale(scale: Scale | None) -> Json | None:
    return None if scale is None else _scale_of(scale)


def _scale_of(scale: Scale) -> Json:
    return {
        "code": scale.term.value,
        "label": scale.label,
        "top": scale.top,
        "variant": scale.variant,
    }
