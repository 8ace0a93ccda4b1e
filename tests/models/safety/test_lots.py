# SPDX-License-Identifier: MIT
"""A recall misses no patient: part of a lot, in any writing, also by the device identifier."""

from __future__ import annotations

import logging

import pytest

from models.bulk import save_many
from models.case import Case, bin_case
from models.errors import LogbookError
from models.logbook import Logbook
from models.safety.lots import Recall, recall
from models.vocabulary import Level
from tests.builders import a_case


def given(code: str, lot: str | None, udi: str | None = None, on: str = "2024-03-04") -> Case:
    case = a_case(code, Level.T12, Level.L1, on=on)
    case.procedure.cement_lot, case.procedure.cement_udi = lot, udi
    case.procedure.cement_product = "Brand"
    return case


@pytest.fixture
def filled(logbook: Logbook) -> Logbook:
    save_many(
        logbook,
        [
            given("P-1", "AB-1234"),
            given("P-2", "ab 1234/2", on="2025-01-01"),
            given("P-3", None, "(01)0123(10)AB1234"),
            given("P-4", "XY-9"),
            given("P-5", None),
        ],
    )
    return logbook


def found(logbook: Logbook, asked: str) -> Recall:
    with logbook.session():
        return recall(logbook, asked)


@pytest.mark.parametrize("asked", ["AB1234", "ab-1234", " aB 12.34 ", "B123"])
def test_letter_case_spaces_and_hyphens_hide_nobody(filled: Logbook, asked: str) -> None:
    answer = found(filled, asked)
    assert [use.patient_code for use in answer.uses] == ["P-2", "P-3", "P-1"]
    assert (answer.n_cases, answer.n_patients, answer.n_without) == (3, 3, 1)
    first = answer.uses[0]
    assert (str(first.performed_on), first.product, first.levels) == (
        "2025-01-01",
        "Brand",
        (Level.T12, Level.L1),
    )
    assert [use.written for use in answer.uses] == ["ab 1234/2", "(01)0123(10)AB1234", "AB-1234"]


@pytest.mark.parametrize("asked", ["KYO1I7", "KY 0117", "kyol17"])
def test_letters_that_are_taken_for_digits_hide_nobody(logbook: Logbook, asked: str) -> None:
    save_many(logbook, [given("P-1", "KY-O117"), given("P-2", "ky 01L7"), given("P-3", "KY0217")])
    answer = found(logbook, asked)
    assert {use.patient_code for use in answer.uses} == {"P-1", "P-2"}
    assert [lot for lot, _ in answer.lots] == ["KY-O117", "ky 01L7"], "as they were written"


def test_a_lot_that_nobody_got_finds_nobody(filled: Logbook) -> None:
    answer = found(filled, "ZZZ")
    assert (answer.uses, answer.n_cases, answer.n_patients, answer.lots) == ((), 0, 0, ())
    assert answer.n_without == 1


def test_who_is_in_the_bin_is_found_and_marked(filled: Logbook) -> None:
    [use] = found(filled, "XY9").uses
    bin_case(filled, use.case_id, "entered twice")
    [again] = found(filled, "XY9").uses
    assert again.in_bin


@pytest.mark.parametrize("asked", ["", "a", " - . ", "%", "_"])
def test_too_little_to_look_for_is_refused(filled: Logbook, asked: str) -> None:
    with pytest.raises(LogbookError, match="at least two"):
        found(filled, asked)


def test_a_lot_stands_in_no_log(filled: Logbook, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        found(filled, "AB1234")
    assert "1234" not in caplog.text
