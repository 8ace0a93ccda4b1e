# SPDX-License-Identifier: MIT
"""Cases that were signed off, when two logbooks become one."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from models import commands
from models.access import Password
from models.access.errors import NotAllowed
from models.audit import Action, Subject
from models.case import bin_case, load_case, save_case
from models.errors import LogbookError
from models.followup.recording import Answer, record_score
from models.history import read_history
from models.logbook import Logbook
from models.other_logbook import Choices, Kind, Line, Side, merge, open_other, preview
from models.signing_off import amendments_in, sign_off, unlock
from models.verify import verify
from models.vocabulary import PainScale, Sex, TimePoint
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, SECRETS, enter, make
from tests.fresh import named
from tests.models.other_logbook.pair import (
    Pair,
    case_ids,
    enter_for_known,
    looked_at,
    merged,
    record_of,
    score,
    set_operator,
    set_patient,
)

MINE, THEIRS = Choices(take=Side.MINE), Choices(take=Side.THEIRS)


def one_open(pair: Pair) -> Line:
    """The one line that is to be decided when A takes B in."""
    (line,) = looked_at(pair.a, pair.b).open
    return line


def test_a_sign_off_comes_along_with_a_new_case_and_with_a_known_one(pair: Pair) -> None:
    new = a_case("P-9")
    save_case(pair.b, new)
    known = case_ids(pair.b)[0]
    sign_off(pair.b, [new.id, known])
    assert looked_at(pair.a, pair.b).signed == 2
    assert merged(pair.a, pair.b).signed == 2
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


def test_a_change_of_a_case_that_is_locked_here_is_a_conflict_that_says_why(pair: Pair) -> None:
    case_id = case_ids(pair.a)[0]
    sign_off(pair.a, [case_id])
    set_operator(pair.b, 0, 2)
    set_operator(pair.b, 1, 3)
    line = one_open(pair)
    assert line.kind is Kind.CONFLICTING
    assert line.locked.startswith("It was signed off here by anna on ")
    assert "amendment" in line.locked
    assert [(one.label, one.theirs) for one in line.shown] == [("Operator", "Dr 2")]
    before = record_of(pair.a)
    with pytest.raises(LogbookError, match="left to decide"):
        merged(pair.a, pair.b)
    assert record_of(pair.a) == before


def test_ours_stays_as_it_was_signed(pair: Pair) -> None:
    case_id = case_ids(pair.a)[0]
    operator = load_case(pair.a, case_id).procedure.operator
    sign_off(pair.a, [case_id])
    set_operator(pair.b, 0, 2)
    set_operator(pair.b, 1, 3)
    merged(pair.a, pair.b, MINE)
    assert load_case(pair.a, case_id).procedure.operator == operator
    assert load_case(pair.a, case_ids(pair.a)[1]).procedure.operator == "Dr 3"
    assert amendments_in(read_history(pair.a, case_id)) == []
    assert not looked_at(pair.a, pair.b).lines
    assert verify(pair.a) == []


def test_theirs_goes_into_a_locked_case_as_an_amendment(pair: Pair) -> None:
    case_id = case_ids(pair.a)[0]
    sign_off(pair.a, [case_id])
    set_operator(pair.b, 0, 2)
    score(pair.a, 0, 1)
    assert looked_at(pair.a, pair.b).signed == 1
    assert merged(pair.a, pair.b, THEIRS).signed == 1
    case = load_case(pair.a, case_id)
    assert (case.procedure.operator, case.procedure.signed_by) == ("Dr 2", "anna")
    assert any(row.pain_low == 1 for row in case.assessments)
    (told,) = amendments_in(read_history(pair.a, case_id))
    assert told.reason == "Merged from Office."
    assert verify(pair.a) == []


def test_a_person_whose_case_is_locked_here_is_asked_about(pair: Pair) -> None:
    first, _second, again = case_ids(pair.a)
    sign_off(pair.a, [first])
    set_patient(pair.b, 2, 1)
    set_operator(pair.b, 2, 5)
    enter_for_known(pair.b, 2, 4)
    line = one_open(pair)
    assert line.subject is Subject.PATIENT
    assert line.locked
    merged(pair.a, pair.b, THEIRS)
    case = load_case(pair.a, again)
    assert (case.patient.sex, case.procedure.operator) == (Sex.MALE, "Dr 5")
    assert len(case_ids(pair.a)) == 4
    assert verify(pair.a) == []


def test_a_case_that_was_unlocked_there_is_unlocked_here_only_when_chosen(pair: Pair) -> None:
    case_id = case_ids(pair.a)[0]
    sign_off(pair.a, [case_id])
    merged(pair.b, pair.a)
    unlock(pair.b, [case_id], "Wrong side")
    set_operator(pair.b, 0, 2)
    assert "administrator" in one_open(pair).locked
    merged(pair.a, pair.b, THEIRS)
    case = load_case(pair.a, case_id)
    assert (case.procedure.operator, case.procedure.signed_at) == ("Dr 2", None)
    assert not looked_at(pair.a, pair.b).lines
    assert verify(pair.a) == []


def test_who_may_not_unlock_takes_no_unlocking_either(tmp_path: Path) -> None:
    ours, _ = make(tmp_path / "Ward.kypholog", ENTRY)
    case = a_case("P-1")
    save_case(ours, case)
    theirs = Logbook.create(tmp_path / "Office.kypholog", user="ben")
    other = open_other(theirs, ours.folder, credential=Password(ADMIN, SECRETS[ADMIN]))
    merge(theirs, other, preview(theirs, other), Choices())
    other.close()
    bin_case(theirs, case.id, "Twice")
    ours.close()
    with closing(theirs), closing(enter(ours.folder, ENTRY)) as entered:
        sign_off(entered, [case.id])
        before = record_of(entered)
        with pytest.raises(NotAllowed):
            merged(entered, theirs, THEIRS)
        assert record_of(entered) == before


def test_the_command_says_why(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    sign_off(pair.a, [case_ids(pair.a)[0]])
    set_operator(pair.b, 0, 2)
    typed = ["--logbook", named(pair.a), "import", str(pair.b.folder)]
    assert commands.run(typed) == commands.DONE_WITH_FINDINGS
    assert "It was signed off here by anna on " in capsys.readouterr().out
    assert commands.run([*typed, "--json"]) == commands.DONE_WITH_FINDINGS
    (line,) = json.loads(capsys.readouterr().out)["lines"]
    assert line["locked"].startswith("It was signed off here by anna")


def test_a_sign_off_is_no_word_for_what_was_changed_here(pair: Pair) -> None:
    case_id = case_ids(pair.b)[0]
    sign_off(pair.b, [case_id])
    set_operator(pair.a, 0, 7)
    line = one_open(pair)
    assert [(one.label, one.changed_by) for one in line.shown] == [("Signed off", None)]
    assert "ben" in line.shown[0].theirs
    merged(pair.a, pair.b, MINE)
    assert load_case(pair.a, case_id).procedure.signed_at is None
    assert not looked_at(pair.a, pair.b).lines


def test_of_two_sign_offs_of_the_same_the_earlier_one_stands_in_both(pair: Pair) -> None:
    case_id = case_ids(pair.a)[0]
    sign_off(pair.b, [case_id])
    sign_off(pair.a, [case_id])
    merged(pair.a, pair.b)
    merged(pair.b, pair.a)
    assert record_of(pair.a) == record_of(pair.b)
    assert load_case(pair.a, case_id).procedure.signed_by == "ben"
    assert verify(pair.a) == verify(pair.b) == []


def test_a_follow_up_score_comes_over_all_the_same(pair: Pair) -> None:
    case_id = case_ids(pair.a)[1]
    sign_off(pair.a, [case_id])
    score = Answer("2", PainScale.NRS)
    record_score(pair.b, case_id, TimePoint.W1, score, date(2026, 3, 11))
    merged(pair.a, pair.b)
    assert any(row.time_point is TimePoint.W1 for row in load_case(pair.a, case_id).assessments)
    assert amendments_in(read_history(pair.a, case_id)) == []
    assert verify(pair.a) == []
