# SPDX-License-Identifier: MIT
"""Cases that were signed off, when two logbooks become one."""

from __future__ import annotations

from datetime import date

import pytest

from models.audit import Action
from models.case import load_case, save_case
from models.followup.recording import Answer, record_score
from models.history import read_history
from models.signing_off import amendments_in, sign_off
from models.signoff import CaseSignedOff
from models.verify import verify
from models.vocabulary import PainScale, TimePoint
from tests.builders import a_case
from tests.models.other_logbook.pair import (
    Pair,
    case_ids,
    looked_at,
    merged,
    record_of,
    set_operator,
)


def test_a_sign_off_comes_along_with_a_new_case_and_with_a_known_one(pair: Pair) -> None:
    new = a_case("P-9")
    save_case(pair.b, new)
    known = case_ids(pair.b)[0]
    sign_off(pair.b, [new.id, known])
    merged(pair.a, pair.b)
    for case_id in (new.id, known):
        assert load_case(pair.a, case_id).procedure.signed_by == "ben"
    assert record_of(pair.a) == record_of(pair.b)
    assert not looked_at(pair.a, pair.b).lines
    assert verify(pair.a) == []


def test_what_was_amended_there_is_amended_here(pair: Pair) -> None:
    case_id = case_ids(pair.b)[0]
    sign_off(pair.b, [case_id])
    merged(pair.a, pair.b)
    case = load_case(pair.b, case_id)
    case.procedure.operator = "Dr Right"
    save_case(pair.b, case, "Wrong name", Action.AMEND)
    merged(pair.a, pair.b)
    assert load_case(pair.a, case_id).procedure.operator == "Dr Right"
    (told,) = amendments_in(read_history(pair.a, case_id))
    assert told.reason.startswith("Merged from")
    assert verify(pair.a) == []


def test_a_change_of_a_case_that_is_locked_here_is_refused_and_nothing_written(pair: Pair) -> None:
    case_id = case_ids(pair.a)[0]
    sign_off(pair.a, [case_id])
    set_operator(pair.b, 0, 2)
    before = record_of(pair.a)
    with pytest.raises(CaseSignedOff, match="P-1"):
        merged(pair.a, pair.b)
    assert record_of(pair.a) == before
    assert verify(pair.a) == []


def test_a_follow_up_score_comes_over_all_the_same(pair: Pair) -> None:
    case_id = case_ids(pair.a)[1]
    sign_off(pair.a, [case_id])
    score = Answer("2", PainScale.NRS)
    record_score(pair.b, case_id, TimePoint.W1, score, date(2026, 3, 11))
    merged(pair.a, pair.b)
    assert any(row.time_point is TimePoint.W1 for row in load_case(pair.a, case_id).assessments)
    assert amendments_in(read_history(pair.a, case_id)) == []
    assert verify(pair.a) == []
