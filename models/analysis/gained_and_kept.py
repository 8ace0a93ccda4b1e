# SPDX-License-Identifier: MIT
"""Gains in height and what of them is kept later, from one view of the logbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.analysis.gains import HeightGains, gains_of, read_levels
from models.analysis.kept_heights import KeptHeights, kept_of
from models.engines.beside import beside

if TYPE_CHECKING:
    from models.analysis.question import Question
    from models.logbook import Logbook


def gained_and_kept(
    logbook: Logbook, question: Question
) -> tuple[HeightGains, tuple[tuple[str, HeightGains], ...], KeptHeights]:
    """Both over the same cases: gains of all, gains by group, and what is kept.

    Call it inside ``logbook.session()``.
    """
    with logbook.database.view():
        read = read_levels(logbook, question)
        # Gains are worked out while later measurements are being read.
        kept = beside(logbook.database, lambda: kept_of(logbook, read.cases, read.heights.n_after))
        whole, groups = gains_of(read, question)
        return whole, groups, kept()
