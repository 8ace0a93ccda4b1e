# SPDX-License-Identifier: MIT
"""Pain before and after, through real logbooks: which scores make a pair, and what pairs show."""

from __future__ import annotations

import pytest

from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.analysis.responders import Criterion, responders_of
from models.analysis.scores import read_scores
from models.bulk import save_many
from models.case import Case, bin_case, save_case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import Assessment
from models.vocabulary import (
    Level,
    PainContext,
    PainScale,
    PainSite,
    Technique,
    TimePoint,
    YesNo,
)
from tests.builders import Score, add_score
from tests.models.analysis.asking import Ask, case_of, rate, reasons
from tests.models.asked import statements


def test_an_empty_logbook_has_numbers_of_nothing(ask: Ask) -> None:
    outcome = ask()
    assert (outcome.numbers.n_cases, outcome.numbers.n_pairs, outcome.scale) == (0, 0, None)
    assert outcome.message == "There is no case yet."


def test_a_pair_is_after_minus_before(ask: Ask) -> None:
    outcome = ask(case_of(before=8, after=2), case_of(before=6, after=3))
    numbers = outcome.numbers
    assert (numbers.n_pairs, numbers.n_missing) == (2, 0)
    assert (numbers.before.mean, numbers.after.mean, numbers.change.mean) == (7.0, 2.5, -4.5)
    assert outcome.message == "2 of 2 cases have a score before and after on NRS 0–10."


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        (((8, "good"),), "No complete pair: 1 with only words at follow-up."),
        (((8, 2),), "1 of 1 case has a score before and after on NRS 0–10."),
        (
            ((8, 2), ((7, 8), 2), ((7, 9), 2), (8, "better")),
            "1 of 4 cases has a score before and after on NRS 0–10. "
            "Without a pair: 2 with only a range before, 1 with only words at follow-up.",
        ),
    ],
)
def test_the_message_is_a_sentence_of_one_as_of_many(
    ask: Ask, scores: tuple[tuple[Score, Score], ...], message: str
) -> None:
    cases = (case_of(before=before, after=after) for before, after in scores)
    assert ask(*cases).message == message


def test_more_pain_after_than_before_is_shown(ask: Ask) -> None:
    numbers = ask(case_of(before=3, after=9)).numbers
    assert (numbers.change.mean, numbers.n_worse) == (6.0, 1)


def test_a_score_before_needs_no_date(ask: Ask) -> None:
    case = case_of(before=None, after=2)
    add_score(case, 8, None, TimePoint.BASELINE)
    assert ask(case).numbers.change.mean == -6.0


def test_a_verbal_scale_has_no_threshold_in_points(ask: Ask) -> None:
    case = case_of(before=None, after=None)
    for day, point, score in (("2024-03-04", TimePoint.BASELINE, 4), ("2024-04-04", None, 1)):
        row = case.add_assessment(time_point=point, pain_low=score, pain_high=score)
        row.assessed_on, row.pain_scale, row.pain_scale_max = PartialDate(day), PainScale.VERBAL, 4
    outcome = ask(case)
    assert rate(outcome, Criterion.POINTS) == (0, 0)
    assert rate(outcome, Criterion.ACCEPTABLE) == (0, 0)
    assert rate(outcome, Criterion.THIRTY) == (1, 1)


def test_the_latest_is_the_last_dated_score(ask: Ask) -> None:
    case = case_of(before=8, after=4, after_on="2024-03-05")
    add_score(case, 1, "2024-09-04")
    add_score(case, 3, "2024-06-04")
    add_score(case, 9)
    add_score(case, "fine", "2024-10-04")
    assert ask(case).numbers.after.mean == 1.0


def test_a_later_range_is_not_passed_over_for_an_earlier_number(ask: Ask) -> None:
    case = case_of(before=8, after=4, after_on="2024-03-05")
    add_score(case, (0, 1), "2024-09-04")
    assert reasons(ask(case)) == {"followup_range": 1}


def test_a_score_on_another_scale_does_not_decide_which_one_counts(ask: Ask) -> None:
    case = case_of(before=8, after=5, after_on="2024-04-05")
    add_score(case, 2, "2024-04-30")
    add_score(case, 20, "2024-04-03", scale=PainScale.VAS_100)
    outcome = ask(case, case_of(), to="1m")
    assert outcome.numbers.after.mean == (5 + 2) / 2


def test_at_a_time_point_the_chosen_score_counts(ask: Ask) -> None:
    case = case_of(before=8, after=5, after_on="2024-03-20")
    add_score(case, 2, "2024-04-03")
    add_score(case, 4, "2024-04-20")
    outcome = ask(case, to="1m")
    assert outcome.numbers.after.mean == 2.0
    assert reasons(ask(to="3m")) == {"no_followup_score": 1}
    assert ask().numbers.after.mean == 4.0


def test_the_last_score_before_counts(ask: Ask) -> None:
    case = case_of(before=6, after=2)
    add_score(case, 9, "2024-03-01", TimePoint.BASELINE)
    assert ask(case).numbers.before.mean == 6.0


def test_it_can_be_asked_from_one_follow_up_to_another(ask: Ask) -> None:
    case = case_of(before=8, after=5, after_on="2024-03-05")
    add_score(case, 2, "2024-09-04")
    undated = case_of(before=8, after=5, after_on=None)
    outcome = ask(case, undated, start="24h", to="6m")
    assert (outcome.numbers.before.mean, outcome.numbers.after.mean) == (5.0, 2.0)
    assert reasons(outcome) == {"before_undated": 1}


def test_relief_of_exactly_30_percent_counts(ask: Ask) -> None:
    vas = PainScale.VAS_10
    exactly, just_not = (
        case_of(before=7, after=4.9, scale=vas),
        case_of(before=7, after=5, scale=vas),
    )
    outcome = ask(exactly, just_not)
    assert rate(outcome, Criterion.THIRTY) == (1, 2)
    assert rate(outcome, Criterion.POINTS) == (2, 2)


def test_percent_of_no_pain_is_not_defined(ask: Ask) -> None:
    outcome = ask(
        case_of(before=0, after=0), case_of(before=8, after=2), case_of(before=2, after=0)
    )
    thirty = responders_of(outcome.numbers.responders, Criterion.THIRTY)
    assert (thirty.result.k, thirty.result.n, thirty.n_undefined) == (2, 2, 1)
    unable = responders_of(outcome.numbers.responders, Criterion.POINTS).n_unable
    assert unable == 1, "from 2 it can fall by 2"


def test_thresholds_are_ten_times_as_many_points_on_a_scale_of_100(ask: Ask) -> None:
    scale = PainScale.VAS_100
    outcome = ask(
        case_of(before=80, after=60, scale=scale),
        case_of(before=80, after=61, scale=scale),
        case_of(before=80, after=30, scale=scale),
    )
    assert rate(outcome, Criterion.POINTS) == (2, 3)
    assert rate(outcome, Criterion.ACCEPTABLE) == (1, 3)
    labels = [found.label for found in outcome.numbers.responders]
    assert labels == ["≥ 20 points", "≥ 30 %", "≥ 50 %", "≤ 30 after"]


def test_a_case_in_the_bin_does_not_count(logbook: Logbook, ask: Ask) -> None:
    case = case_of()
    assert ask(case).numbers.n_cases == 1
    bin_case(logbook, case.id, "entered twice")
    assert ask().numbers.n_cases == 0


def test_a_second_session_has_its_own_score_before(logbook: Logbook, ask: Ask) -> None:
    first = case_of(before=8, after=2)
    ask(first)
    second = Case.new(first.patient)
    second.procedure.performed_on = PartialDate("2024-08-01")
    add_score(second, 6, "2024-08-01", TimePoint.BASELINE)
    add_score(second, 1, "2024-09-01")
    save_case(logbook, second)
    numbers = ask().numbers
    assert (numbers.n_pairs, numbers.before.mean, numbers.after.mean) == (2, 7.0, 1.5)


def test_a_score_after_a_new_fracture_counts_and_is_flagged(ask: Ask) -> None:
    case = case_of()
    case.assessments[-1].new_fracture = YesNo.YES
    outcome = ask(case)
    assert (outcome.numbers.n_pairs, outcome.n_flagged) == (1, 1)


def test_synthetic_cases_are_counted(ask: Ask) -> None:
    made_up = case_of()
    made_up.procedure.synthetic = True
    assert ask(made_up, case_of()).n_synthetic == 1


def test_groups_part_the_cases(ask: Ask) -> None:
    vertebroplasty = case_of(technique=Technique.VERTEBROPLASTY, before=8, after=4)
    both = case_of(Level.L1, Level.L2)
    both.levels[1].technique = Technique.VERTEBROPLASTY
    without = case_of()
    without.levels[0].technique = None
    outcome = ask(without, both, vertebroplasty, case_of(), by="technique")
    assert [(group.label, group.numbers.n_pairs) for group in outcome.groups] == [
        ("Balloon kyphoplasty", 1),
        ("Vertebroplasty", 1),
        ("Balloon kyphoplasty + Vertebroplasty", 1),
        ("Not stated", 1),
    ]
    assert outcome.groups[1].numbers.change.mean == -4.0


def test_groups_by_region_stand_from_head_to_tail(ask: Ask) -> None:
    cases = [case_of(*levels) for levels in ((Level.L5, Level.S1), (Level.L2,), (Level.C7,))]
    outcome = ask(*cases, by="region")
    assert [group.label for group in outcome.groups] == ["Cervical", "Lumbar", "Lumbar + sacral"]


@pytest.mark.parametrize(
    ("by", "label"),
    [("operator", "Dr A. Operator"), ("sex", "Female"), ("year", "2024"), ("region", "Thoracic")],
)
def test_groups_read_as_people_say_it(ask: Ask, by: str, label: str) -> None:
    assert [group.label for group in ask(case_of(), by=by).groups] == [label]


def test_an_operator_is_one_group_however_the_name_is_written(ask: Ask) -> None:
    written = ("Dr A", "dr a", "Dr A", "DR Ä", "Dr B", "")
    outcome = ask(*(case_of(operator=name) for name in written), by="operator")
    found = [(group.label, group.numbers.n_cases) for group in outcome.groups]
    assert found == [("Dr A", 4), ("Dr B", 1), ("Not stated", 1)]


@pytest.mark.parametrize("n", [4, 5])
def test_fewer_than_five_pairs_have_numbers_and_no_test(ask: Ask, n: int) -> None:
    outcome = ask(*(case_of(before=8, after=after) for after in range(n)), by="operator")
    for numbers in (outcome.numbers, outcome.groups[0].numbers):
        assert numbers.change.ci95 is not None
        tested = {numbers.change.p is None, numbers.test.p is None, numbers.change.t is None}
        assert tested == {n < 5}


def test_any_number_of_cases_takes_the_same_statements(logbook: Logbook) -> None:
    def reading() -> list[str]:
        with logbook.session(), statements(logbook) as found:
            pain_outcome(logbook, Question.read(by="technique"))
        return [statement for statement in found if statement.startswith("SELECT")]

    save_many(logbook, (case_of(code=f"S-{i}", after=(0, 1)) for i in range(2)))
    few = len(reading())
    save_many(logbook, (case_of(code=f"M-{i}", after=(0, 1)) for i in range(60)))
    # To a server the first one goes in the same message as BEGIN, which is not listened to.
    assert few == len(reading()) == (6 if logbook.has_files else 5)


def test_scores_are_read_of_the_list_alone(logbook: Logbook) -> None:
    """To find the rows of assessments takes most of a second where there are half a million."""
    with logbook.session(), statements(logbook) as found:
        read_scores(logbook)
    table = f'"{Assessment._meta.table_name}"'
    assert found
    assert not any(table in sql for sql in found)


REST, ACTIVITY = PainContext.REST, PainContext.ACTIVITY


def asked_for(
    *said: tuple[float, str | None, PainContext | None], site: PainSite | None = None
) -> Case:
    """A case of 4 March 2024 whose scores were each asked for another pain; no date for before."""
    case = case_of(before=None, after=None)
    for score, on, context in said:
        add_score(case, score, on, TimePoint.UNDATED if on else TimePoint.BASELINE)
        case.assessments[-1].pain_context = context
    case.assessments[-1].pain_site = site
    return case


@pytest.mark.parametrize("to", ["latest", "1m"])
def test_pain_at_rest_is_never_compared_with_pain_on_activity(ask: Ask, to: str) -> None:
    day = "2024-04-04"
    both = asked_for((2, None, REST), (8, None, ACTIVITY), (1, day, REST), (3, day, ACTIVITY))
    nearer = asked_for((7, None, REST), (6, "2024-04-03", ACTIVITY), (3, "2024-04-09", REST))
    only = asked_for((6, None, REST), (9, None, ACTIVITY), (2, day, ACTIVITY))
    untold = asked_for((5, None, REST), (4, day, None))
    never = asked_for((5, None, REST), (4, day, ACTIVITY))
    outcome = ask(both, nearer, only, untold, never, to=to)
    # Before: 5 and 7 at rest, 8 and 9 on activity.
    assert sorted(outcome.pairs.T.tolist()) == [[50, 40], [70, 30], [80, 30], [90, 20]]
    assert reasons(outcome) == {"other_pain": 1}


def test_pain_of_the_back_is_never_compared_with_pain_of_the_leg(ask: Ask) -> None:
    case = asked_for((8, None, None), (2, "2024-04-04", None), site=PainSite.LEG)
    case.assessments[0].pain_site = PainSite.BACK
    outcome = ask(case)
    assert reasons(outcome) == {"other_pain": 1}
    assert outcome.n_apart == 1
    case.assessments[0].pain_site = None
    assert ask(case).numbers.n_pairs == 1
