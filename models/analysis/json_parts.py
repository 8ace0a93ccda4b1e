# SPDX-License-Identifier: MIT
"""Small pieces of the JSON document of outcomes: intervals, shares, reasons."""

from __future__ import annotations

from collections.abc import Sequence

from models.analysis.pairing import Missing
from models.analysis.statistics import Interval, Proportion

Json = dict[str, object]


def ci(interval: Interval | None) -> list[float] | None:
    """Both ends; null where there is no interval."""
    return None if interval is None else [interval.low, interval.high]


def share_json(share: Proportion) -> Json:
    """``k`` of ``n`` with rate and interval."""
    return {"k": share.k, "n": share.n, "rate": share.rate, "ci95": ci(share.ci95)}


def missing_json(missing: Sequence[tuple[Missing, int]]) -> Json:
    """Reasons by their codes, with their number."""
    return {reason.code: n for reason, n in missing}
