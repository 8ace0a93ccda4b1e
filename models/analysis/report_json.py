# SPDX-License-Identifier: MIT
"""Pain before and after as one JSON document, in names that scripts rely on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.analysis.instruments import Scale
from models.analysis.outcome import PairedNumbers, PairedOutcome
from models.analysis.paired import pain_outcome
from models.analysis.question import LATEST, Question
from models.analysis.responders import Responders
from models.analysis.statistics import Interval
from models.analysis.thresholds import Thresholds
from models.query import EVERYTHING, Filter, text_of
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.logbook import Logbook

Json = dict[str, object]


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
        by: what to group by, as in ``CompareBy``; adds ``groups``.
        asked: which cases count.

    Raises:
        LogbookError: a time point or field is not known, or the end does not lie after the start.
    """
    question = replace(Question.read(start, to, by), filter=asked)
    with logbook.session():
        outcome = pain_outcome(logbook, question)
    document: Json = {
        "from": question.start.value,
        "to": question.end_code,
        "filter": text_of(asked) or None,
        "scale": _scale(outcome.scale),
        "other_scales": [{**_scale_of(scale), "n_pairs": n} for scale, n in outcome.other_scales],
        **_numbers(outcome.numbers),
        "n_before": outcome.n_before,
        "n_after": outcome.n_after,
        "n_ranges": outcome.n_ranges,
        "n_words": outcome.n_words,
        "n_undated": outcome.n_undated,
        "n_flagged": outcome.n_flagged,
        "n_synthetic": outcome.n_synthetic,
        "thresholds": _thresholds(outcome.thresholds),
        "message": outcome.message,
    }
    if question.by is not None:
        document["by"] = question.by.value
        document["groups"] = _groups(outcome)
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
        "missing": {reason.code: n for reason, n in numbers.missing},
        "mean_before": numbers.before.mean,
        "mean_after": numbers.after.mean,
        "mean_change": change.mean,
        "sd_change": change.sd,
        "ci95": _ci(change.ci95),
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
        "hodges_lehmann": shift.estimate,
        "hodges_lehmann_ci95": _ci(shift.ci95),
        "hodges_lehmann_method": shift.method if shift.ci95 is not None else None,
        "n_worse": numbers.n_worse,
        "responders": {found.criterion.value: _responders(found) for found in numbers.responders},
    }


def _responders(found: Responders) -> Json:
    result = found.result
    return {"k": result.k, "n": result.n, "rate": result.rate, "ci95": _ci(result.ci95)}


def _thresholds(thresholds: Thresholds) -> Json:
    return {
        "ge2_points_of_10": thresholds.points,
        "ge30_pct": thresholds.moderate,
        "ge50_pct": thresholds.substantial,
        "acceptable_of_10": thresholds.acceptable,
    }


def _scale(scale: Scale | None) -> Json | None:
    return None if scale is None else _scale_of(scale)


def _scale_of(scale: Scale) -> Json:
    return {"code": scale.term.value, "label": scale.label, "top": scale.top}


def _ci(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]
