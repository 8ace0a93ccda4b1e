# SPDX-License-Identifier: MIT
"""The help of the language tells nothing that is not so."""

from __future__ import annotations

import pytest

from models.query import parse, text_of
from models.query.lessons import LESSONS

EXAMPLES = [example for lesson in LESSONS for example in lesson.examples]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_understood(example: str) -> None:
    assert text_of(parse(example))


def test_a_rule_is_told_in_full_sentences() -> None:
    assert all(lesson.rule.endswith(".") for lesson in LESSONS)
    assert len(set(EXAMPLES)) == len(EXAMPLES)
