# SPDX-License-Identifier: MIT
"""The ODI is typed as its percentage, or as a sum and the sections that were answered."""

from __future__ import annotations

import pytest

from models.errors import InvalidValue
from models.schema import Assessment

odi = Assessment.odi_pct


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        ("44", 44),
        ("44 %", 44),
        ("44,4", 44.4),
        ("31/9", 68.9),
        ("31 / 9", 68.9),
        ("22/10", 44),
        ("0/8", 0),
        ("40/8", 100),
        ("", None),
    ],
)
def test_a_sum_with_its_sections_is_worked_out(typed: str, percent: float | None) -> None:
    assert odi.parse(typed) == percent


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("20/7", "ODI: 7 sections answered, needed 8 to 10."),
        ("20/11", "ODI: 11 sections answered, needed 8 to 10."),
        ("46/9", "ODI: 9 sections make 45 at most, not 46."),
    ],
)
def test_what_the_questionnaire_cannot_give_is_refused(typed: str, why: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        odi.parse(typed)
    assert refused.value.message == why
