# SPDX-License-Identifier: MIT
"""A language is chosen once, says sentences, and writes numbers and days its own way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models import speech
from models.logbook import Logbook
from models.speech.choosing import keep, kept, language_for
from models.speech.languages import of_system
from models.speech.pseudo import disguised
from models.verify import verify

ROOT = Path(__file__).parents[2]
_SAID = """
import json
from datetime import date, datetime
from models import speech
speech.begin({code!r})
from models.fields import Number
from models.numbers import read_number, show_number
from models.partial_date import PartialDate
from models.vocabulary import DurationUnit, Side
print(json.dumps([
    show_number(-1234.5),
    speech.numeral(1234.5, ",.1f"),
    speech.say("{{n:,}} of {{x:.2f}} on {{day}}", n=1234, x=0.5, day=PartialDate("2026-03-14")),
    PartialDate("2026-03").shown,
    str(PartialDate("2026-03-14")),
    speech.shown_moment(datetime(2026, 3, 14, 9, 5)),
    read_number("4,5"), read_number("4.5"),
    [Side.meant_by("Left") is Side.LEFT, Side.LEFT.value, Side.LEFT.english],
    [speech.lowered(label) for label in ("Wirbel", "Weiblich", "MRT der Wirbelsäule")],
    speech.begun_small("Nicht erfasst"),
    speech.in_quotes("kx"),
    [DurationUnit.MONTHS.value, DurationUnit.MONTHS.label],
]))
"""


def said_in(code: str) -> list[object]:
    done = subprocess.run(
        [sys.executable, "-c", _SAID.format(code=code)], cwd=ROOT, capture_output=True, check=True
    )
    found: list[object] = json.loads(done.stdout)
    return found


def test_english_is_what_the_source_says() -> None:
    assert speech.spoken() == "en"
    assert speech.say("Save {file}", file="x") == "Save x"
    assert speech.say("100 {%}") == "100 {%}"
    assert speech.say_n("{n} case", "{n:,} cases", 1200) == "1,200 cases"
    assert speech.numeral(1234.5, ",.1f") == "1,234.5"
    assert speech.shown_day("2026-03-14") == "2026-03-14"
    assert speech.in_quotes("x") == "“x”"


@pytest.mark.parametrize(("code", "day"), [("de", "14.03.2026"), ("es", "14/03/2026")])
def test_numbers_and_days_are_written_as_the_language_has_them(code: str, day: str) -> None:
    found = said_in(code)
    assert found[0] == "−1234,5"
    assert found[1] == "1.234,5"
    assert str(found[2]).endswith(day)
    assert "1.234" in str(found[2])
    assert "0,50" in str(found[2])
    assert found[3] == "03/2026"
    assert found[4] == "2026-03-14"
    assert found[5] == f"{day} 09:05"
    assert found[6:9] == [4.5, 4.5, [True, "left", "Left"]]
    # Only nouns keep their capital within a German sentence.
    german = [["Wirbel", "weiblich", "MRT der Wirbelsäule"], "nicht erfasst"]
    spanish = [["wirbel", "weiblich", "MRT der wirbelsäule"], "nicht erfasst"]
    assert found[9:11] == (german if code == "de" else spanish)
    assert found[11] == ("„kx“" if code == "de" else "«kx»")
    # A unit whose code is its English word is still a word of the language.
    assert found[12] == ["months", "Monate" if code == "de" else "meses"]


def test_a_second_language_is_refused() -> None:
    code = "from models import speech; speech.begin('de'); speech.begin('es')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert b"AlreadySpeaking" in done.stderr


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:es_ES:en"}, "es"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_system_tells_its_language(environment: dict[str, str], code: str) -> None:
    assert of_system(environment) == code


def test_a_choice_is_kept_and_what_is_told_goes_before_it(home: Path) -> None:
    assert kept() == ""
    keep("es")
    assert kept() == "es"
    assert language_for([]) == "es"
    assert language_for(["--language", "de", "due"]) == "de"
    assert language_for(["--language=de"]) == "de"
    assert language_for(["outcomes", "--json"]) == "en"
    keep("")
    assert kept() == ""


def test_help_is_told_in_the_language_that_is_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "main.py", "--language", "x-pseudo", "--help"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert disguised("print one JSON document") not in done.stdout.decode()
    assert disguised("the logbook to work with") in done.stdout.decode()


def test_the_pseudo_language_keeps_what_is_filled_in() -> None:
    assert disguised("{n:,} cases of <b>{x}</b>") == "[{n:,} ćââšëëš ööf <b>{x}</b>]"
    assert disguised(disguised("Level")) == disguised("Level")
    kind = disguised("Tables (*.csv *.xlsx)")
    assert kind == disguised("Tables") + " (*.csv *.xlsx)"
    assert disguised(kind) == kind


def test_what_is_stored_is_the_same_in_every_language(tmp_path: Path) -> None:
    place = tmp_path / "Clinic.kypholog"
    told = [sys.executable, "main.py", "--language", "x-pseudo", "--logbook", str(place)]
    subprocess.run([*told, "sample", "--cases", "4"], cwd=ROOT, capture_output=True, check=True)
    logbook = Logbook.open(place)
    assert verify(logbook) == []
    reasons = logbook.database.execute_sql("SELECT DISTINCT reason FROM audit_entry").fetchall()
    logbook.close()
    assert not [reason for (reason,) in reasons if "[" in (reason or "")]
