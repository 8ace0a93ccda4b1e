# SPDX-License-Identifier: MIT
"""What is typed and not saved: it comes back as it was, for its own visit and its own user."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.case import Case, bin_case, save_case
from models.followup.recording import Answer, record_score
from models.followup.unsaved import Unsaved, keep_unsaved, take_up, unsaved
from models.logbook import Logbook
from models.own_notes import keep_note
from models.settings import read_settings
from models.timepoints import FOLLOW_UPS
from models.verify import verify
from models.vocabulary import AnalgesicLevel, PainScale, TimePoint
from tests.builders import a_case
from tests.fresh import again

OPERATED = date(2024, 3, 4)
TODAY = OPERATED + timedelta(50)

SCORES = st.builds(
    Unsaved,
    st.uuids().map(str),
    st.sampled_from(FOLLOW_UPS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.one_of(st.none(), st.sampled_from(AnalgesicLevel)),
    st.sampled_from(PainScale),
    st.one_of(st.none(), st.sampled_from([4.0, 6.0, 10.0])),
)


def stored(logbook: Logbook, code: str) -> Case:
    case = a_case(code, on=OPERATED.isoformat(), before=8, after=None)
    save_case(logbook, case)
    return case


def typed(case: Case, text: str, point: TimePoint = TimePoint.M1) -> Unsaved:
    return Unsaved(case.id, point, text, None, PainScale.NRS, None)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SCORES, max_size=4))
def test_whatever_is_typed_comes_back_as_it_was(logbook: Logbook, scores: list[Unsaved]) -> None:
    keep_unsaved(logbook, scores)
    assert unsaved(logbook) == scores


def test_it_is_no_part_of_the_record_and_no_setting(logbook: Logbook) -> None:
    case = stored(logbook, "P-1")
    before = read_settings(logbook)
    keep_unsaved(logbook, [typed(case, "4")])
    assert read_settings(logbook) == before
    assert verify(logbook) == []


def test_only_what_is_still_asked_for_stands_in_its_row_again(logbook: Logbook) -> None:
    waiting, taken, other_visit, binned = (stored(logbook, f"P-{n}") for n in range(1, 5))
    record_score(logbook, taken.id, TimePoint.M1, Answer("2", PainScale.NRS), TODAY)
    bin_case(logbook, binned.id, "Entered twice.")
    kept = [
        typed(waiting, "4"),
        typed(taken, "5"),
        typed(other_visit, "6", TimePoint.W1),
        typed(binned, "7"),
    ]
    keep_unsaved(logbook, kept)
    found = take_up(logbook, TODAY)
    assert found.waiting == (kept[0],)
    assert found.passed == tuple(kept[1:])
    assert found.patients[taken.id] == "P-2"
    assert take_up(logbook, OPERATED + timedelta(60)).waiting == ()


def test_each_user_keeps_what_that_user_typed(logbook: Logbook) -> None:
    case = stored(logbook, "P-1")
    other = again(logbook, "Somebody else")
    keep_unsaved(logbook, [typed(case, "4")])
    keep_unsaved(other, [typed(case, "5")])
    assert unsaved(logbook) == [typed(case, "4")]
    keep_unsaved(other, [])
    assert unsaved(other) == []
    assert unsaved(logbook) == [typed(case, "4")]
    other.close()


def test_what_nobody_can_read_is_left_out(logbook: Logbook) -> None:
    case = stored(logbook, "P-1")
    name = f"followup.unsaved.{logbook.user}"
    row = f'["{case.id}","1m","4",null,"nrs_0_10",null]'
    for text in ("not json", "7", "{}", f'[{row},["x"],7,["x","40y","4",null,"nrs_0_10",null]]'):
        with logbook.transaction():
            keep_note(logbook.database, name, text)
        expected = [typed(case, "4")] if text.startswith("[") else []
        assert unsaved(logbook) == expected
