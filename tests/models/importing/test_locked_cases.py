# SPDX-License-Identifier: MIT
"""An import leaves cases alone that were signed off, and says which."""

from __future__ import annotations

from models.case import load_case, save_case
from models.history import read_history
from models.importing.writing import write
from models.logbook import Logbook
from models.signing_off import amendments_in, sign_off
from models.verify import verify
from tests.builders import a_case
from tests.models.importing.conftest import Look

HEAD = "patient code,date,sex,level,cement_ml,VAS 12 mo\n"


def test_rows_that_would_change_it_are_refused_and_others_go_in(
    logbook: Logbook, look: Look
) -> None:
    case = a_case("A", on="2025-01-10", after=None, cement_ml=None)
    save_case(logbook, case)
    sign_off(logbook, [case.id])
    shown = look(HEAD + "A,2025-01-10,,T12,5,\nB,2025-01-11,f,T12,4,2\n")
    assert [line.verdict for line in shown.lines] == ["refused", "new"]
    (problem,) = shown.lines[0].problems
    assert "signed off by anna" in problem.message
    write(logbook, shown)
    assert load_case(logbook, case.id).levels[0].cement_ml is None
    assert verify(logbook) == []


def test_the_person_of_a_locked_case_is_left_alone_by_a_new_case(
    logbook: Logbook, look: Look
) -> None:
    case = a_case("A", on="2025-01-10")
    save_case(logbook, case)
    sign_off(logbook, [case.id])
    shown = look(HEAD + "A,2025-06-01,m,L2,5,\n")
    assert [line.verdict for line in shown.lines] == ["refused"]


def test_a_follow_up_score_is_a_new_fact(logbook: Logbook, look: Look) -> None:
    case = a_case("A", on="2025-01-10", after=None)
    save_case(logbook, case)
    sign_off(logbook, [case.id])
    shown = look(HEAD + "A,2025-01-10,,,,2\n")
    assert [line.verdict for line in shown.lines] == ["changed"]
    write(logbook, shown)
    assert amendments_in(read_history(logbook, case.id)) == []
    assert verify(logbook) == []
