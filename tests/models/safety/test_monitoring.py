# SPDX-License-Identifier: MIT
"""What counts as a failure, what is left out, whose it is, and what the chart says in words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from models.case import Case
from models.errors import LogbookError
from models.logbook import Logbook
from models.safety.cusum import Form, Plan
from models.safety.failures import LeftOut
from models.safety.monitoring import Watched
from models.safety.watch import Failure, Unit, Watch
from models.vocabulary import Leakage, LeakLocation, Level, PainScale, TimePoint, YesNo
from tests.builders import a_case, add_score
from tests.models.safety.clinic import CT, FLUORO, ask, leaking, same_patient, treated

CANAL, DISC = LeakLocation.EPIDURAL, LeakLocation.DISC_INFERIOR


def watched(logbook: Logbook, *cases: Case, **watch: Any) -> Watched:
    return ask(logbook, *cases, watch=Watch(**watch)).watched


def failed(found: Watched) -> list[bool]:
    return [step > 0 for step in _steps(found)]


def _steps(found: Watched) -> list[float]:
    path = (0.0, *found.chart.path)
    return [after - before for before, after in pairwise(path)]


def outcomes(logbook: Logbook, *cases: Case, **watch: Any) -> list[bool]:
    plan = Plan(Form.OBSERVED_EXPECTED, 0.1, 0.2)
    return failed(watched(logbook, *cases, plan=plan, **watch))


def test_a_symptomatic_leak_is_a_failure_and_unasked_symptoms_are_unknown(logbook: Logbook) -> None:
    found = watched(
        logbook,
        leaking(hurts=YesNo.YES),
        leaking(),
        treated(),
        leaking(hurts=None),
        treated(leakage=None),
        treated(on="2024-03"),
        plan=Plan(Form.OBSERVED_EXPECTED, 0.1, 0.2),
    )
    assert failed(found) == [True, False, False]
    assert dict(found.left_out) == {LeftOut.UNDATED: 1, LeftOut.NOT_KNOWN: 2}


def test_cases_stand_in_the_order_of_their_dates_known_in_part_before_their_days(
    logbook: Logbook,
) -> None:
    dates = (None, "2010-12-31", "2011", "2011-01", "2011-01-01", "2011-01-31", "2011-02")
    cases = [treated(on=date) for date in dates]
    found = ask(logbook, *cases[4:], *cases[:4])
    assert found.record.cases.ids == tuple(case.id for case in cases)


def test_a_procedure_fails_with_any_level_and_succeeds_with_all(logbook: Logbook) -> None:
    half = leaking(Level.T12, Level.L1, hurts=YesNo.YES)
    half.levels[1].leakage = None
    unknown = treated(Level.T12, Level.L1)
    unknown.levels[1].leakage = Leakage.NOT_ASSESSED
    assert outcomes(logbook, half, unknown) == [True]


def test_levels_are_counted_one_by_one_from_head_to_tail(logbook: Logbook) -> None:
    case = leaking(Level.L1, Level.T12, hurts=YesNo.YES)
    assert outcomes(logbook, case, unit=Unit.LEVEL) == [False, True]


def test_a_leak_into_the_canal(logbook: Logbook) -> None:
    cases = (
        leaking(at=CANAL),
        leaking(at=DISC),
        leaking(at=LeakLocation.FORAMINAL),
        leaking(at=None),
    )
    assert outcomes(logbook, *cases, failure=Failure.CANAL_LEAK) == [True, False, True]


def test_a_leak_on_fluoroscopy_is_one_that_fluoroscopy_showed(logbook: Logbook) -> None:
    both = (FLUORO, CT)
    cases = (
        leaking(),
        leaking(by=both, seen=CT),
        leaking(by=both, seen=FLUORO),
        leaking(seen=None),
        leaking(by=both, seen=None),
        leaking(by=(CT,), seen=CT),
        treated(by=(CT,)),
        treated(by=()),
    )
    found = watched(
        logbook,
        *cases,
        failure=Failure.LEAK_ON_FLUOROSCOPY,
        plan=Plan(Form.OBSERVED_EXPECTED, 0.1, 0.2),
    )
    assert failed(found) == [True, False, True, True]
    assert dict(found.left_out) == {LeftOut.NOT_KNOWN: 4}


def test_technical_failure_is_the_answer_to_that_question(logbook: Logbook) -> None:
    cases = [treated() for _ in range(4)]
    for case, answer in zip(cases, (YesNo.NO, YesNo.YES, YesNo.UNKNOWN), strict=False):
        case.procedure.technical_success = answer
    assert outcomes(logbook, *cases, failure=Failure.TECHNICAL_FAILURE) == [True, False]


def test_little_relief_is_less_than_thirty_percent_at_a_month_on_any_one_scale(
    logbook: Logbook,
) -> None:
    month: dict[str, Any] = {"on": "2024-03-04", "after_on": "2024-04-03"}
    cases = (
        a_case(before=10, after=7, **month),
        a_case(before=10, after=8, **month),
        a_case(before=80, after=57, scale=PainScale.VAS_100, **month),
        a_case(before=7, after=5, scale=PainScale.VAS_10, **month),
        a_case(before=0, after=0, **month),
        a_case(before=8, after=(1, 2), **month),
        a_case(before=8, after="resolved", **month),
        a_case(before=8, after=None, on="2024-03-04"),
    )
    found = watched(
        logbook,
        *cases,
        failure=Failure.LITTLE_RELIEF,
        plan=Plan(Form.OBSERVED_EXPECTED, 0.2, 0.35),
    )
    assert failed(found) == [False, True, True, True]
    assert dict(found.left_out) == {LeftOut.NOT_KNOWN: 4}


def test_relief_counts_on_the_scale_that_a_case_has_whatever_scale_others_have(
    logbook: Logbook,
) -> None:
    month: dict[str, Any] = {"on": "2024-03-04", "after_on": "2024-04-03"}
    both = a_case(before=77, after=59, scale=PainScale.VAS_100, **month)
    add_score(both, (6, 7), time_point=TimePoint.BASELINE)
    many = [a_case(before=8, after=2, **month) for _ in range(2)]
    assert outcomes(logbook, both, *many, failure=Failure.LITTLE_RELIEF) == [True, False, False]


def test_observations_stand_in_the_order_of_dates_however_they_were_entered(
    logbook: Logbook,
) -> None:
    late, early = treated(on="2025-02-01"), leaking(on="2023-02-01", hurts=YesNo.YES)
    found = watched(logbook, late, early, plan=Plan(Form.OBSERVED_EXPECTED, 0.1, 0.2))
    assert failed(found) == [True, False]
    assert [day.year for day in found.days] == [2023, 2025]
    assert found.case_ids == (early.id, late.id)


def test_an_operator_is_watched_alone_and_an_unknown_one_is_told(logbook: Logbook) -> None:
    cases = [treated(operator="A. One"), treated(operator="B. Two"), treated(operator="A. One")]
    found = watched(logbook, *cases, operator="a. one")
    assert (found.chart.n, found.watch.operator) == (2, "A. One")
    with pytest.raises(LogbookError, match=r"no operator C\. Known are: A\. One, B\. Two"):
        watched(logbook, operator="C")


def test_an_operator_is_one_however_the_name_is_written(logbook: Logbook) -> None:
    written = ("B. Öz", "a. one", "A. One", "b.  oz", "A. One", None)
    found = watched(logbook, *(treated(operator=name) for name in written), operator="A. ONE")
    assert (found.chart.n, found.watch.operator) == (3, "A. One")
    found = watched(logbook, operator="b. oz")
    assert (found.chart.n, found.watch.operator) == (2, "B. Öz")


def test_levels_of_a_technical_failure_are_refused() -> None:
    with pytest.raises(LogbookError, match="no matter of single levels"):
        Watch(Failure.TECHNICAL_FAILURE, Unit.LEVEL)


def test_words_that_are_not_known_are_told_with_those_that_are() -> None:
    with pytest.raises(LogbookError, match=r"no form of chart cumsum\. Known are: observed_minus"):
        Watch.read(form="cumsum")
    assert Watch.read(failure="leak_on_fluoroscopy").plan.p1 == 0.2
    assert Watch.read(form="lc", rates=(0.1, 0.3)).plan.form is Form.LEARNING


@pytest.mark.parametrize("form", Form)
def test_the_chart_tells_its_test_its_limits_and_their_meaning(
    logbook: Logbook, form: Form
) -> None:
    cases = [treated(on=f"2024-03-{day:02d}") for day in range(1, 29)]
    found = watched(logbook, *cases, plan=Plan(form, 0.02, 0.05))
    said = " ".join(found.sentences())
    assert "Symptomatic leak: 0 of 28 procedures, all operators together" in said
    for number in found.chart.limits.values():
        assert f"{number:.2f}" in said
    if form is Form.OBSERVED_EXPECTED:
        assert "no limits and tests nothing" in said
    else:
        assert "2 %" in said
        assert "5 %" in said
    if form is Form.SPRT:
        assert "71 in a row without a failure" in said
        assert "There are fewer than that" in said


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_nearly_nothing_is_said_plainly(logbook: Logbook, form: Form, n: int) -> None:
    found = watched(logbook, *(treated() for _ in range(n)), plan=Plan(form, 0.2, 0.3))
    said = " ".join(found.sentences())
    counted = "0 of 1 procedure" if n == 1 else f"0 of {n} procedures"
    assert f": {counted if n else 'no procedure counts'}, all" in said
    assert "1 procedures" not in said
    assert "1 failure in a row" not in said
    if form is Form.LEARNING:
        few = f"Too few to signal anything, whatever came of them: {n} procedure"
        assert (few if n else "Without procedures there is nothing to test") in said


@pytest.mark.parametrize(
    ("form", "named"),
    [
        (Form.OBSERVED_EXPECTED, []),
        (Form.SPRT, [("−h0", "acceptable"), ("h1", "unacceptable")]),
        (Form.BERNOULLI, [("h", "unacceptable")]),
        (Form.LEARNING, [("h", "competent")]),
    ],
)
def test_each_limit_has_a_name_and_a_meaning(
    logbook: Logbook, form: Form, named: list[tuple[str, str]]
) -> None:
    cases = [treated(on=f"2024-03-{day:02d}") for day in range(1, 29)]
    found = watched(logbook, *cases, plan=Plan(form, 0.1, 0.4)).chart
    assert [(name, what.value) for name, _value, what in found.named_limits] == named


def test_the_chart_says_what_fails_whose_and_when_there_are_too_few(logbook: Logbook) -> None:
    cases = treated(operator="A. One"), treated(operator="B. Two")
    found = watched(logbook, *cases, operator="A. One", plan=Plan(Form.SPRT, 0.02, 0.05))
    said = found.in_short()
    assert said.startswith("Symptomatic leak, per procedure · A. One · Sequential test, SPRT")
    assert said.endswith("p0 = 2 %, p1 = 5 %, alpha = 10 %, beta = 10 %")
    assert found.too_few() == "Too few to signal anything, whatever came of them: 1 procedure"


def test_two_procedures_of_a_patient_are_two_observations(logbook: Logbook) -> None:
    cases = same_patient(treated(), treated(Level.L3, on="2024-08-01"))
    assert watched(logbook, *cases).chart.n == 2
