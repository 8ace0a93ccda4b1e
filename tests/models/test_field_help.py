# SPDX-License-Identifier: MIT
"""Every field of the record explains itself, in every language and in words of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from models.fields import Part
from models.schema import RECORD_TABLES
from models.speech import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]
OTHERS = sorted(set(LANGUAGES) - {ENGLISH})
LONGEST = 230
"""Letters that a tool tip shows in a few lines."""

MOST_SENTENCES = 3

SOURCES = {
    *("AJNR 2014", "ASSR 2003", "CIRSE 2017", "Dindo 2004", "Farrar 2001", "Fuwa 2006"),
    *("Genant 1993", "Guarnieri 2009", "Hadjipavlou 2007", "Hsieh 2019", "Jones 2009"),
    *("McKiernan 2003", "Schnake 2018", "Yang 2013", "Yeom 2003"),
}
"""What a text may name; whoever adds one has read it there."""

_SOURCE = re.compile(r"\b([A-Z]\w+ (?:19|20)\d\d)\b")
_SENTENCE = re.compile(r"[.?!](?= [A-Z„«]|$)")
_FILLER = re.compile(r"(?:Please|Enter|Select|Choose|Here|This field)\b")
_TELL = """
import json, sys
from models.speech import begin
begin(sys.argv[1])
from models.schema import RECORD_TABLES
named = [field for table in RECORD_TABLES for field in table.clinical_fields()]
told = {f"{field.model.__name__}.{field.name}": (field.label, field.help) for field in named}
print(json.dumps(told))
"""

Told = dict[str, dict[str, tuple[str, str]]]
"""Label and help of each field, by language."""

ENGLISH_TEXTS = {
    f"{table.__name__}.{field.name}": field.help
    for table in RECORD_TABLES
    for field in table.clinical_fields()
}
_UPPER_ENDS = {
    f"{table.__name__}.{field.name}"
    for table in RECORD_TABLES
    for field in table.clinical_fields()
    if field.part is Part.HIGH
}
"""Fields of which there is no more to say than of each other."""


@pytest.fixture(scope="module")
def told() -> Told:
    """Label and help of every field by language, as a process says them that speaks it."""
    return {code: _told_in(code) for code in (ENGLISH, *OTHERS)}


def _told_in(code: str) -> dict[str, tuple[str, str]]:
    done = subprocess.run(
        [sys.executable, "-c", _TELL, code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name: (label, text) for name, (label, text) in json.loads(done.stdout).items()}


@pytest.mark.parametrize("code", [ENGLISH, *OTHERS])
def test_every_field_says_more_than_its_label(told: Told, code: str) -> None:
    silent = [
        name
        for name, (label, text) in told[code].items()
        if not text.endswith(".") or text.rstrip(".").casefold() == label.casefold()
    ]
    assert silent == []
    assert set(told[code]) == set(ENGLISH_TEXTS)


@pytest.mark.parametrize("code", [ENGLISH, *OTHERS])
def test_no_two_fields_are_told_in_the_same_words(told: Told, code: str) -> None:
    alike = defaultdict(set)
    for name, (_, text) in told[code].items():
        alike[text].add(name)
    assert [names for names in alike.values() if len(names) > 1] == [_UPPER_ENDS]


@pytest.mark.parametrize("code", [ENGLISH, *OTHERS])
def test_a_text_is_short(told: Told, code: str) -> None:
    texts = {name: text for name, (_, text) in told[code].items()}
    assert {name: len(text) for name, text in texts.items() if len(text) > LONGEST} == {}
    long = [name for name, text in texts.items() if len(_SENTENCE.findall(text)) > MOST_SENTENCES]
    assert long == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_is_one_and_names_the_same_sources_and_numbers(told: Told, code: str) -> None:
    texts = {name: text for name, (_, text) in told[code].items()}
    assert [name for name, text in texts.items() if text == ENGLISH_TEXTS[name]] == []
    differing = {
        name: text
        for name, text in texts.items()
        if sorted(re.findall(r"\d+", text)) != sorted(re.findall(r"\d+", ENGLISH_TEXTS[name]))
        or set(_SOURCE.findall(text)) & SOURCES != set(_SOURCE.findall(ENGLISH_TEXTS[name]))
    }
    assert differing == {}


def test_a_text_comes_to_the_point_and_invents_no_source() -> None:
    assert [name for name, text in ENGLISH_TEXTS.items() if _FILLER.match(text)] == []
    named = {found for text in ENGLISH_TEXTS.values() for found in _SOURCE.findall(text)}
    assert named == SOURCES
