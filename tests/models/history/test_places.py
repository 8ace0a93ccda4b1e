# SPDX-License-Identifier: MIT
"""Where a field stands, as a person would say it."""

from __future__ import annotations

import pytest

from models.history.places import field_at


@pytest.mark.parametrize(
    ("place", "label", "said"),
    [
        ("Procedure", "Body weight", "Body weight"),
        ("Patient", "Sex", "Patient, Sex"),
        ("Patient", "Patient code", "Patient code"),
        ("T12", "Cement", "T12, Cement"),
        ("Balloon 1 of T12", "Volume", "Balloon 1 of T12, Volume"),
    ],
)
def test_what_the_whole_procedure_has_needs_no_place(place: str, label: str, said: str) -> None:
    assert field_at(place, label) == said
