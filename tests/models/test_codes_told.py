# SPDX-License-Identifier: MIT
"""What is told of most codes of patients by a shorter way is what is told of any."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.bulk.heads import CODE, teller, teller_of_codes
from models.schema import Patient, new_ids

CODES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.text("AbZ019-_. \u00e4", max_size=12),
)


@settings(max_examples=50, deadline=None)
@given(code=CODES)
@example(code="SYN-2-00045")
@example(code="a-A--a_1")
@example(code="---")
def test_a_code_says_what_any_value_of_its_field_says(code: str) -> None:
    assert teller_of_codes()(code) == teller(Patient, CODE)(code)


def test_ids_of_one_draw_count_on() -> None:
    ids = new_ids(1000)
    first = int(ids[0][-12:], 16)
    assert [int(each[-12:], 16) for each in ids] == [*range(first, first + 1000)]
    assert {each[:-12] for each in ids} == {ids[0][:-12]}
