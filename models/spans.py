# SPDX-License-Identifier: MIT
"""How long it is from one time to another."""

from __future__ import annotations

import re
from datetime import date

DAY_MINUTES = 24 * 60

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def full_years(birth: date, day: date) -> int:
    """Full years from birth to ``day``.

    Who is born on 29 February has the birthday on 1 March in other years.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def minutes_between(start: str | None, end: str | None) -> int | None:
    """Minutes from one time of day to another, past midnight where the end is the earlier one.

    Both are two digits, a colon and two digits; None where one is missing or is no time.
    """
    begun, done = _minute(start), _minute(end)
    if begun is None or done is None:
        return None
    return (done - begun) % DAY_MINUTES


def _minute(time: object) -> int | None:
    found = _CLOCK.fullmatch(time) if isinstance(time, str) else None
    return int(found[1]) * 60 + int(found[2]) if found else None
