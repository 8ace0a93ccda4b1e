# SPDX-License-Identifier: MIT
"""What an export begins with and what the user decided. Loads nothing of what does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.query import Filter
from models.quick import dataclass

if TYPE_CHECKING:
    from models.exchange.orders import Order


@dataclass(frozen=True, slots=True)
class Scope:
    """What there is to choose from.

    Attributes:
        count: all cases; 0 where they are not counted yet.
        selected: ids of those that are selected.
        asked: the filter of the page, with which the dialog begins.
    """

    count: int
    selected: list[str]
    asked: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user decided.

    Attributes:
        target: the file.
        case_ids: only these cases; None for all.
        asked: only cases that meet this filter.
        form: format, shape and what is taken out; None for CSV for programs, as it is.
        remembered: what the next dialog should begin with.
    """

    target: Path
    case_ids: list[str] | None
    asked: Filter = field(default_factory=Filter)
    form: Order | None = None
    remembered: Mapping[str, str] = field(default_factory=dict)

    def order(self) -> Order:
        """All of it as one order."""
        from models.exchange.orders import Order

        return replace(self.form or Order(), asked=self.asked, case_ids=self.case_ids)
