# SPDX-License-Identifier: MIT
"""What ``outcomes --json`` tells beside pain: function, medication, height, cement, follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.analysis.json_parts import Json, ci, missing_json, share_json
from models.analysis.statistics import Mean, Proportion

if TYPE_CHECKING:
    from models.analysis.association import ClusteredMean
    from models.analysis.at_random import AtRandom
    from models.analysis.cement import CementRelief
    from models.analysis.comparing import Comparison
    from models.analysis.distribution import Distribution
    from models.analysis.followed import Balance, Followed
    from models.analysis.gains import HeightGains
    from models.analysis.kept_heights import KeptHeights, KeptWall
    from models.analysis.shifts import Shift, ShiftNumbers
    from models.analysis.statistics import Spread


def distribution_json(found: Distribution) -> Json:
    """The change of all pairs by bars; ``low`` and ``high`` are equal in a bar of one value."""
    return {
        "width": found.width,
        "n": found.n,
        "n_zero": found.n_zero,
        "n_worse": found.n_worse,
        "bars": [
            {"low": bar.low, "high": bar.high, "n": bar.n, "n_reached": bar.n_reached}
            for bar in found.bars
        ],
    }


def comparison_json(found: Comparison) -> Json:
    """One group against another; p is null where a group is too small to be tested."""
    change, ranks = found.change, found.ranks
    return {
        "groups": [found.one, found.other],
        "n": [found.n_one, found.n_other],
        "difference": change.difference,
        "ci95": ci(change.ci95),
        "welch": {"t": change.t, "df": change.df, "p": change.p},
        "mann_whitney": {
            "u": ranks.u,
            "p": ranks.p,
            "method": ranks.method if ranks.p is not None else None,
        },
        "fisher": {share.code: share.p for share in found.shares},
    }


def shift_json(found: Shift) -> Json:
    """A ladder: pairs by level before and after, and who moved which way."""
    return {
        "levels": [term.label for term in found.terms],
        "table": [list(row) for row in found.table],
        **_moved(found.numbers),
        "n_undated": found.n_undated,
        "groups": {label: _moved(numbers) for label, numbers in found.groups},
    }


def _moved(numbers: ShiftNumbers) -> Json:
    return {
        "n_cases": numbers.n_cases,
        "n_pairs": numbers.n_pairs,
        "missing": missing_json(numbers.missing),
        "better": share_json(numbers.better),
        "same": share_json(numbers.same),
        "worse": share_json(numbers.worse),
    }


def height_json(found: HeightGains) -> Json:
    """Heights by formula; the unit is mm for ``gain`` and % for the others."""
    walls: dict[str, Json] = {}
    for gain in found.gains:
        walls.setdefault(gain.wall.value, {})[gain.formula.value] = {
            **_clustered(gain.values, gain.spread),
            "undefined": {why.name.lower(): n for why, n in gain.undefined},
            "n_below_zero": gain.n_below_zero,
            "n_above_100": gain.n_above_100,
        }
    reported = found.reported
    return {
        "n_levels": found.n_levels,
        "n_measured": found.n_measured,
        "walls": walls,
        "angles": [
            {"angle": one.label, "method": one.method, **_clustered(one.values, one.spread)}
            for one in found.angles
        ],
        "reported": {
            "n_exact": reported.exact.n,
            "mean_exact": reported.exact.mean,
            "n_range": reported.n_range,
            "lowest": reported.lowest,
            "highest": reported.highest,
            "n_words": reported.n_words,
        },
        "measured_on": {label or "not_stated": n for label, n in found.measured_on},
    }


def kept_json(found: KeptHeights) -> Json:
    """Height at follow-up, in mm: by the latest measurement of each level, and by visit."""
    return {
        "n_levels_with_height_after": found.n_after,
        "n_measured": found.n_measured,
        "n_patients": found.n_patients,
        "missing": {"not_measured_again": found.n_none, "undated": found.n_undated},
        "median_days": found.days.median,
        "n_on_other_images": found.n_otherwise,
        "walls": _kept_walls(found.walls),
        "angles": [
            {"angle": one.label, **_clustered(one.values, one.spread)} for one in found.angles
        ],
        "n_other_kyphosis_method": found.n_other_method,
        "by_visit": {
            visit.point.value: {"n": visit.n, "walls": _kept_walls(visit.walls)}
            for visit in found.visits
        },
    }


def _kept_walls(walls: tuple[KeptWall, ...]) -> Json:
    return {
        wall.wall.value: {
            "lost": {**_clustered(wall.lost, wall.spread), "n_lost": wall.n_lost},
            "gained": _mean_of(wall.gained),
            "kept": _mean_of(wall.kept),
        }
        for wall in walls
    }


def _mean_of(values: ClusteredMean) -> Json:
    return {
        "n": values.n,
        "n_patients": values.n_clusters,
        "mean": values.mean,
        "sd": values.sd,
        "ci95": ci(values.ci95),
    }


def _clustered(values: ClusteredMean, spread: Spread) -> Json:
    return {
        **_mean_of(values),
        "median": spread.median,
        "q1": spread.q1,
        "q3": spread.q3,
    }


def cement_json(found: CementRelief) -> Json:
    """Volume against relief."""
    return {
        "n": found.n,
        "n_cases": found.n_cases,
        "n_no_volume": found.n_no_volume,
        "missing": missing_json(found.missing),
        "median_ml": found.volume.median,
        "spearman": {
            "rho": found.correlation.rho,
            "ci95": ci(found.correlation.ci95),
            "p": found.correlation.p,
        },
    }


def followed_json(found: Followed) -> Json:
    """Who answered, how both were before, and the bounds of the rates."""
    return {
        "answered": share_json(found.answered),
        "n_lost": found.n_lost,
        "n_died": found.n_died,
        "n_not_due": found.n_not_due,
        "n_no_day": found.n_no_day,
        "balance": [_balance(row) for row in found.balance],
        "bounds": {
            one.found.criterion.value: {"n": one.n, "worst": one.worst, "best": one.best}
            for one in found.bounds
        },
        "missing_at_random": at_random_json(found.at_random),
    }


def at_random_json(found: AtRandom) -> Json:
    """The mean change of complete cases and by the mixed model, which is null where refused."""
    change, unused = found.change, found.unused
    return {
        "to": found.to.value if found.to else None,
        "complete_cases": {
            "n": found.pairs.n,
            "mean_change": found.pairs.mean,
            "ci95": ci(found.pairs.ci95),
        },
        "n_cases": found.n_cases,
        "n_scores": found.n_scores,
        "mean_change": change.mean if change else None,
        "se": change.se if change else None,
        "df": change.df if change else None,
        "ci95": ci(change.ci95) if change else None,
        "why_not": found.why_not,
        "message": found.refusal or found.methods,
        "time_points": [
            {
                "time_point": one.point.value,
                "n": one.scores.n,
                "mean": one.scores.mean,
                "mean_by_model": one.modeled.mean,
                "ci95_by_model": ci(one.modeled.ci95),
            }
            for one in found.points
        ],
        "left_out": [
            {"time_point": one.point.value, "n": one.n, "why": one.why} for one in found.left_out
        ],
        "n_ranges": unused.ranges,
        "n_words": unused.words,
        "n_undated": unused.undated,
        "n_other_scales": unused.other_scales,
        "n_flagged": found.n_flagged,
    }


def _balance(row: Balance) -> Json:
    return {
        "label": row.label,
        "category": row.category,
        "answered": _side(row.answered),
        "lost": _side(row.lost),
        "standardized_difference": row.difference,
    }


def _side(value: Mean | Proportion) -> Json:
    if isinstance(value, Mean):
        return {"n": value.n, "mean": value.mean, "sd": value.sd}
    return {"k": value.k, "n": value.n, "rate": value.rate}
