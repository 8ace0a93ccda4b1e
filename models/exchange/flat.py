# SPDX-License-Identifier: MIT
"""The flat export for programs: one row a treated level, with case and patient repeated.

UTF-8 without a mark, CR LF, commas, decimal points, quotes as RFC 4180 has them; codes and numbers
as they are stored, text as it was entered. What columns there are and how a pain score finds its
column is told in ``flat_columns`` and ``flat_pain``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from models.exchange.orders import Exported, Order, export
from models.exchange.steps import Progress
from models.logbook import Logbook
from models.query import EVERYTHING, Filter

__all__ = ["Exported", "export_flat"]


def export_flat(
    logbook: Logbook,
    target: Path,
    case_ids: Sequence[str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    asked: Filter = EVERYTHING,
) -> Exported:
    """Write all cases outside the bin, or those of ``case_ids``, to the CSV file ``target``.

    Of them only those that meet the filter ``asked``. Levels are from head to tail; for all else
    see ``orders.export``.
    """
    order = Order(asked=asked, case_ids=case_ids)
    return export(logbook, target, order, progress, cancelled)
