# SPDX-License-Identifier: MIT
"""What headings of real clinics are taken for: the right field, or none, and never a wrong one."""

from __future__ import annotations

import pytest

from models.importing.columns import known_name
from tests.models.importing.clinic_headings import NOT_READ, READ


@pytest.mark.parametrize("target", READ)
def test_a_heading_stands_for_what_it_says(target: str) -> None:
    found = {heading: known_name(heading) for heading in READ[target]}
    assert found == dict.fromkeys(READ[target], target)


def test_a_heading_without_a_place_or_with_two_is_left_to_a_person() -> None:
    found = {heading: target for heading in NOT_READ if (target := known_name(heading))}
    assert found == {}


def test_so_many_headings_are_known() -> None:
    assert sum(map(len, READ.values())) > 800
    assert len(NOT_READ) > 180
