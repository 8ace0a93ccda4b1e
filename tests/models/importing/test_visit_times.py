# SPDX-License-Identifier: MIT
"""When visits were, in the words and numbers of clinics."""

from __future__ import annotations

import pytest

from models.importing.visits.times import unit_counted, when_counted, when_told


@pytest.mark.parametrize(
    ("cell", "point", "days"),
    [
        ("pre-op", "baseline", None),
        ("Präoperativ", "baseline", None),
        ("línea de base", "baseline", None),
        ("-1 mo", "baseline", None),
        ("J-1", "baseline", None),
        ("Day -3", "baseline", None),
        ("3 mo", "3m", None),
        ("M3", "3m", 90),
        ("Monat 6", "6m", 180),
        ("3 months post-op", "3m", 90),
        ("nach 6 Wochen", None, 42),
        ("24 h", "24h", None),
        ("J30", "1m", 30),
        ("un an", "12m", 360),
        ("5 years", None, 1800),
        ("3_months_arm_1", "3m", None),
        ("Entlassung", "undated", None),
        ("last follow-up", "undated", None),
    ],
)
def test_when_a_cell_says(cell: str, point: str | None, days: int | None) -> None:
    when = when_told(cell)
    assert when is not None
    assert (when.point, when.words) == (point, cell)
    assert days is None or when.days == days


@pytest.mark.parametrize(
    "cell", ["7 j", "D-30", "Day-1", "T1", "V2", "3", "soon", "", "9" * 400 + " h", "99999 y"]
)
def test_what_tells_no_time(cell: str) -> None:
    assert when_told(cell) is None


@pytest.mark.parametrize(
    ("cell", "unit", "point", "days"),
    [
        ("0", "months", "baseline", None),
        ("-1", "weeks", "baseline", None),
        ("12", "weeks", "3m", 84),
        ("1,5", "months", None, 45),
        ("365", "days", "12m", 365),
        ("pre", "months", "baseline", None),
    ],
)
def test_when_a_number_counts(cell: str, unit: str, point: str | None, days: int | None) -> None:
    when = when_counted(cell, unit)
    assert when is not None
    assert (when.point, when.days) == (point, days)


def test_day_0_and_what_nobody_lives_to_see_are_not_told() -> None:
    assert when_counted("0", "days") is None
    assert when_counted("-0", "days") is None
    assert when_counted("9" * 400, "days") is None


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("FU months", "months"),
        ("Follow-up (mo)", "months"),
        ("Wochen nach OP", "weeks"),
        ("Meses", "months"),
        ("Time (days)", "days"),
        ("Age (years)", ""),
        ("T", ""),
        ("Duration of follow-up (months)", ""),
        ("Visit", ""),
    ],
)
def test_in_what_a_heading_counts(heading: str, unit: str) -> None:
    assert unit_counted(heading) == unit
