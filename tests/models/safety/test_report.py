# SPDX-License-Identifier: MIT
"""The JSON that scripts rely on, and the page of text: names, null, and never NaN."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.example import add_example
from models.logbook import Logbook
from models.query import parse
from models.safety.cusum import Form
from models.safety.numbers import SafetyQuestion, asked_anew, safety_numbers
from models.safety.report_json import safety_json
from models.safety.report_text import safety_text
from models.safety.watch import Watch
from models.sample import fill
from models.vocabulary import YesNo
from tests.models.safety.clinic import ask, leaking, treated

RATE = {"k", "n", "rate", "ci95", "method"}


def document(logbook: Logbook, **question: Any) -> Any:
    with logbook.session():
        numbers = safety_numbers(logbook, SafetyQuestion(**question))
    return json.loads(json.dumps(safety_json(numbers), allow_nan=False))


def text(logbook: Logbook, **question: Any) -> str:
    with logbook.session():
        return safety_text(safety_numbers(logbook, SafetyQuestion(**question)))


def test_the_names_that_scripts_rely_on(logbook: Logbook) -> None:
    ask(logbook, leaking(hurts=YesNo.YES), treated(), treated())
    found = document(logbook)
    leakage = found["leakage"]
    assert set(leakage["per_level"]) >= RATE
    assert set(leakage["per_patient"]) >= RATE
    assert leakage["per_level"]["rate"] == pytest.approx(1 / 3)
    assert set(leakage["by_location"]) == {"disc_superior"}
    assert set(leakage["by_detection"]) == {"fluoroscopy"}
    assert set(found["adverse_events"]) >= {"per_procedure", "by_kind", "grades", "outcomes"}
    names = {"form", "p0", "p1", "alpha", "beta", "limits", "path", "signals"}
    assert set(found["cusum"]) >= names
    assert found["cusum"]["form"] == "bernoulli"
    assert (found["cusum"]["p0"], found["cusum"]["p1"]) == (0.02, 0.05)


def test_the_published_cases_claim_nothing_more_than_they_say(logbook: Logbook) -> None:
    add_example(logbook)
    found = document(logbook)
    assert (found["n_cases"], found["n_patients"], found["n_synthetic"]) == (2, 2, 0)
    counted = found["leakage"]
    assert counted["per_level"]["n"] + counted["n_not_assessed"] + counted["n_not_answered"] == 2
    assert found["radiation"]["fluoro_time_s"]["n"] == 0
    assert found["new_fractures"]["n_followed"] == 0


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_cases_leave_null_and_no_nan(logbook: Logbook, form: Form, n: int) -> None:
    ask(logbook, *(treated() for _ in range(n)))
    found = document(logbook, watch=Watch.read(form=form))
    assert found["n_cases"] == n
    assert found["leakage"]["per_level"]["rate"] == (0 if n else None)
    assert len(found["cusum"]["path"]) == n


def test_a_filter_is_repeated_and_says_when_it_finds_nobody(logbook: Logbook) -> None:
    ask(logbook, treated())
    found = document(logbook, asked=parse("leak:yes"))
    assert (found["filter"], found["n_cases"]) == ("leak:present", 0)
    assert "No case meets the filter." in text(logbook, asked=parse("leak:yes"))


def test_an_empty_logbook_says_so(logbook: Logbook) -> None:
    assert text(logbook).splitlines()[-1] == "There is no case yet."


def test_a_page_of_text_gives_n_and_interval_everywhere(logbook: Logbook) -> None:
    fill(logbook, 80, 4)
    said = text(logbook)
    assert "Synthetic cases: 80." in said
    assert said.count("95 % CI") > 20
    assert "missing" in said
    assert "at risk" in said
    assert "nan" not in said


def test_another_chart_of_the_same_cases_reads_nothing_anew(logbook: Logbook) -> None:
    fill(logbook, 40, 4)
    with logbook.session():
        first = safety_numbers(logbook)
        watch = Watch.read(failure="little_relief", form="sprt")
        second = asked_anew(logbook, first, watch=watch, sought=1)
        whole = safety_numbers(logbook, SafetyQuestion(watch=watch, sought=1))
    assert second.record is first.record
    assert safety_json(second) == safety_json(whole)
