# SPDX-License-Identifier: MIT
"""Operators that can be chosen from: those of the cases, the usual ones first."""

from __future__ import annotations

from models.bulk import save_many
from models.case import bin_case, save_case
from models.known_words import known_words
from models.logbook import Logbook
from tests.builders import a_case


def test_operators_of_the_cases_the_usual_ones_first(logbook: Logbook) -> None:
    names = ("Jones", "Smith", "smith", "Smith", "Ångström", "", "Jones", "Smith")
    save_many(logbook, [a_case(f"P-{n}", operator=name) for n, name in enumerate(names)])
    assert known_words(logbook)["operator"] == ("Smith", "Jones", "Ångström")


def test_what_is_in_the_bin_is_not_offered(logbook: Logbook) -> None:
    case = a_case(operator="Gone")
    save_case(logbook, case)
    bin_case(logbook, case.id, "a trial")
    assert known_words(logbook)["operator"] == ()


def test_fields_of_words_that_repeat_are_known_by_their_names(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.supervisor = "Dr  Who"
    case.procedure.cement_lot = "A1234"
    save_case(logbook, case)
    known = known_words(logbook)
    assert known["supervisor"] == ("Dr Who",)
    assert not {"patient", "lot"} & set(known)
