# SPDX-License-Identifier: MIT
"""How much of a heading counts: what stands in brackets may be a unit, a remark, or say more."""

from __future__ import annotations

import re
from functools import lru_cache

from models.importing.spelled import plain_name
from models.importing.synonyms import term_meant_by
from models.importing.visits.times import opened, point_meant
from models.vocabulary import Side, TimePoint

_BRACKETS = re.compile(r"[(\[\uff08]([^)\]\uff09]*)[)\]\uff09]")
_OF_ONE_SIDE = (Side.LEFT, Side.RIGHT)


@lru_cache(1 << 12)
def spellings(heading: str) -> tuple[str, ...]:
    """The heading in plain spelling, with what stands in its brackets and without.

    Not without where that says of which side, or when after the procedure: "Cement (left)" is not
    the cement of a level.
    """
    plain = plain_name(heading)
    inside = _BRACKETS.findall(heading)
    if not inside:
        return (plain,)
    whole = plain_name(_BRACKETS.sub(r" \1 ", heading))
    return (whole,) if any(map(_says_more, inside)) else (whole, plain)


def _says_more(inside: str) -> bool:
    if term_meant_by(Side, inside) in _OF_ONE_SIDE:
        return True
    is_time = opened(f"({inside})") != f"({inside})"
    return is_time and point_meant(plain_name(inside)) is not TimePoint.BASELINE
