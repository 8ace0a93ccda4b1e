# SPDX-License-Identifier: MIT
"""What adding and removing a row is called, to stand after Undo. Whole phrases, for translators."""

from __future__ import annotations

from collections.abc import Mapping

from models.schema import rows_named
from models.speech import begun_small, say

_ADDING: Mapping[str, str] = {
    "prior_treatment": say("adding a prior treatment"),
    "adjunct": say("adding an adjunct"),
    "treated_level": say("adding a treated level"),
    "balloon": say("adding a balloon"),
    "leak": say("adding a leak"),
    "later_measure": say("adding a later measure"),
    "adverse_event": say("adding an adverse event"),
    "assessment": say("adding an assessment"),
    "image": say("adding an image"),
}
_REMOVING: Mapping[str, str] = {
    "prior_treatment": say("removing a prior treatment"),
    "adjunct": say("removing an adjunct"),
    "treated_level": say("removing a treated level"),
    "balloon": say("removing a balloon"),
    "leak": say("removing a leak"),
    "later_measure": say("removing a later measure"),
    "adverse_event": say("removing an adverse event"),
    "assessment": say("removing an assessment"),
    "image": say("removing an image"),
}


def row_came_or_went(table: str, *, is_gone: bool) -> str:
    """Words for a row of the table of that name that was added, or removed."""
    known = (_REMOVING if is_gone else _ADDING).get(table)
    if known is not None:
        return known
    row = begun_small(rows_named(table))
    return say("removing {row}", row=row) if is_gone else say("adding {row}", row=row)
