# SPDX-License-Identifier: MIT
"""Terms have forms for tables and narrow boxes, in every language that the program speaks."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from models.speech import LANGUAGES
from models.vocabulary.base import ROOM

_TELL = """
import json, sys
from models import speech
speech.begin(sys.argv[1])
from models.fields import TermField, TermsField
from models.schema import RECORD_TABLES
fields = [f for table in RECORD_TABLES for f in table.clinical_fields()]
offered = {f.vocabulary for f in fields if isinstance(f, (TermField, TermsField))}
told = {v.__name__: {term.value: term.abbreviated for term in v} for v in offered}
print(json.dumps(told))
"""


@pytest.fixture(scope="module", params=LANGUAGES)
def forms(request: pytest.FixtureRequest) -> dict[str, dict[str, str]]:
    """The abbreviated forms of each vocabulary that a field offers, in one language."""
    told = subprocess.run(
        [sys.executable, "-c", _TELL, request.param], check=True, capture_output=True
    )
    found: dict[str, dict[str, str]] = json.loads(told.stdout)
    return found


def test_there_is_room_for_each(forms: dict[str, dict[str, str]]) -> None:
    too_long = [form for terms in forms.values() for form in terms.values() if len(form) > ROOM]
    assert not too_long


def test_no_two_terms_of_a_field_are_abbreviated_alike(forms: dict[str, dict[str, str]]) -> None:
    for vocabulary, terms in forms.items():
        assert len({*terms.values()}) == len(terms), vocabulary
