# SPDX-License-Identifier: MIT
"""Why a column is not read, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from models.importing.columns import known_name
from models.importing.mapping import Mapping
from models.importing.scores import time_without_point
from models.importing.spelled import plain_name
from models.importing.timed import found_again, without_place
from models.importing.visits.names import is_sum
from models.schema import LaterMeasure
from models.speech import say

_MOST_NAMED = 8


class Why(Enum):
    """Why nothing is proposed for a column.

    TAKEN: another column stands for the same. NO_POINT: a score of a time that a case does not
    have. LATER: a height or angle of a follow-up. NO_TIME: something that is found again and again,
    without the time. SUM: the sum of a questionnaire of which percent are kept. UNKNOWN: no field
    has this name.
    """

    TAKEN = "taken"
    NO_POINT = "no_point"
    LATER = "later"
    NO_TIME = "no_time"
    SUM = "sum"
    UNKNOWN = "unknown"

    @property
    def shown(self) -> str:
        """In few words."""
        return _SHORT[self]


_SHORT = {
    Why.TAKEN: say("Another column stands for the same"),
    Why.NO_POINT: say("A score, but no such time point"),
    Why.LATER: say("A later height or angle, without its day"),
    Why.NO_TIME: say("The heading does not tell when"),
    Why.SUM: say("A sum, but percent are kept"),
    Why.UNKNOWN: say("No field has this name"),
}

_CURES = {
    Why.TAKEN: say(
        "{names}: another column stands for the same. Let one of them stand for something else, or "
        "for the notes.",
    ),
    Why.NO_POINT: say(
        "{names}: a case has no such time point. Choose the one that the scores stand for, or the "
        "notes.",
    ),
    Why.LATER: say(
        "{names}: later heights and angles are kept by the day of their images. Choose the later "
        "measure, beside a column of that day, or the notes.",
    ),
    Why.NO_TIME: say(
        "{names}: the heading does not tell when. Choose the time point, or before or after, or "
        "the notes.",
    ),
    Why.SUM: say(
        "{names}: a sum is no percentage. Write percentages, or sum and answered sections such as "
        "31/9, and leave the range out of the heading.",
    ),
    Why.UNKNOWN: say(
        "{names}: no field has this name. Choose what is meant, or the notes to keep it there "
        "under its heading.",
    ),
}


def why_unread(column: str, mapping: Mapping) -> Why:
    """Why nothing was proposed for a column that is not read."""
    if time_without_point(column):
        return Why.NO_POINT
    if known_name(column) in mapping.used:
        return Why.TAKEN
    alone, field = found_again(plain_name(column)), without_place(column)
    if not (alone or field):
        return Why.UNKNOWN
    if is_sum(column, alone or field):
        return Why.SUM
    if alone:
        return Why.NO_TIME
    if field == "assessed_on" and not any(map(str.isdigit, column)):
        # "Date of admission" is none of a visit.
        return Why.UNKNOWN
    return Why.LATER if field in LaterMeasure._meta.fields else Why.NO_POINT


def told_of_unplaced(mapping: Mapping) -> Iterator[str]:
    """What to do with the columns that are not read, one sentence for each reason."""
    columns: dict[Why, list[str]] = {}
    for column in mapping.unused:
        columns.setdefault(why_unread(column, mapping), []).append(column)
    for why in Why:
        if names := columns.get(why):
            more = ", …" if len(names) > _MOST_NAMED else ""
            yield _CURES[why].format(names=", ".join(names[:_MOST_NAMED]) + more)
