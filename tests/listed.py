# SPDX-License-Identifier: MIT
"""What the list shows, read page by page as the window does."""

from __future__ import annotations

from models.caselist import CaseLine, Query, SortBy, outline, page
from models.logbook import Logbook
from models.query import parse


def listed(
    logbook: Logbook, text: str = "", sort: SortBy = SortBy.DATE, *, descending: bool = True
) -> list[CaseLine]:
    """All lines of the cases that ``text`` asks for, in their order."""
    whole = outline(logbook, Query(parse(text), sort, descending))
    found: list[CaseLine] = []
    for index in range(whole.pages):
        lines = page(logbook, whole, index)
        assert lines is not None
        found += lines
    assert len(found) == whole.count
    return found
