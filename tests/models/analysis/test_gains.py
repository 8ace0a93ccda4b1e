# SPDX-License-Identifier: MIT
"""Height gains: the known answer, the same as of one level alone, and what is undefined counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.analysis.gains import GAINS, HeightGains, height_gains, work_out
from models.analysis.level_heights import LevelHeights
from models.analysis.question import Question
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.heights import Formula, Undefined, Wall, WallHeights
from models.logbook import Logbook
from models.vocabulary import KyphosisMethod, Level, MeasureModality
from tests.builders import a_case
from tests.models.analysis.known import KNOWN

MM = st.one_of(st.none(), st.integers(10, 400).map(lambda tenths: tenths / 10))


def ask(logbook: Logbook, *cases: Case) -> HeightGains:
    save_many(logbook, cases)
    with logbook.session():
        return height_gains(logbook)[0]


def case_with(code: str, *levels: dict[str, Any]) -> Case:
    names = (Level.T12, Level.L1, Level.L2)
    case = a_case(code, *names[: len(levels)])
    for row, values in zip(case.levels, levels, strict=True):
        for name, value in values.items():
            setattr(row, name, value)
    return case


def anterior(before: float | None, after: float | None, reference: float | None = None) -> Any:
    return {
        "anterior_before_mm": before,
        "anterior_after_mm": after,
        "cranial_anterior_mm": reference,
        "caudal_anterior_mm": reference,
    }


def test_the_known_answer_is_reproduced(logbook: Logbook) -> None:
    (entry,) = KNOWN["height"]
    found = ask(logbook, case_with("A", anterior(entry["pre"], entry["post"], entry["ref"])))
    expected = {
        Formula.GAIN: entry["gain_mm"],
        Formula.OF_INITIAL: entry["pct_of_initial"],
        Formula.OF_LOST: entry["pct_of_lost"],
        Formula.OF_REFERENT: entry["pct_of_referent"],
    }
    for formula, value in expected.items():
        gain = found.gain(Wall.ANTERIOR, formula)
        assert gain.values.n == 1
        assert gain.values.mean == pytest.approx(value, abs=1e-3)
        assert gain.values.ci95 is None


@given(MM, MM, MM, MM)
def test_many_levels_are_worked_out_as_one_alone(
    before: float | None, after: float | None, above: float | None, below: float | None
) -> None:
    alone = WallHeights(before, after, above, below)
    nothing = np.full((1, 3), np.nan)

    def at_first(value: float | None) -> Any:
        found = nothing.copy()
        found[0, 0] = np.nan if value is None else value
        return found

    two = np.full((1, 2), np.nan)
    heights = LevelHeights(
        np.zeros(1, np.int32), np.zeros(1, np.int32), at_first(before), at_first(after),
        at_first(alone.reference_mm), two, two, np.zeros(1, np.int32), np.array([""]), two,
        np.zeros(1, bool),
    )  # fmt: skip
    for formula in GAINS:
        values, reasons = work_out(heights, formula, 0)
        expected = alone.work_out(formula)
        if expected.value is None:
            assert np.isnan(values[0])
            assert tuple(Undefined)[reasons[0]] is expected.why_not
        else:
            assert values[0] == pytest.approx(expected.value, abs=1e-6)


def test_undefined_results_are_counted_and_losses_too(logbook: Logbook) -> None:
    found = ask(
        logbook,
        case_with("A", anterior(15, 20, 25), anterior(15, 14, 25)),
        case_with("B", anterior(26, 27, 25)),
        case_with("C", anterior(15, None)),
        case_with("D", {}),
    )
    assert (found.n_cases, found.n_levels, found.n_measured) == (4, 5, 4)
    assert found.n_measured_cases == 3
    gain = found.gain(Wall.ANTERIOR, Formula.GAIN)
    assert (gain.values.n, gain.values.n_clusters, gain.n_below_zero) == (3, 2, 1)
    assert dict(gain.undefined) == {Undefined.NO_AFTER: 1}
    lost = found.gain(Wall.ANTERIOR, Formula.OF_LOST)
    assert dict(lost.undefined) == {Undefined.NO_AFTER: 1, Undefined.NO_LOSS: 1}
    middle = found.gain(Wall.MIDDLE, Formula.GAIN)
    assert dict(middle.undefined) == {Undefined.NO_BEFORE: 4}


def test_a_level_as_high_as_its_neighbors_has_no_loss_and_only_above_100_is_above(
    logbook: Logbook,
) -> None:
    levels = anterior(25, 26, 25), anterior(15, 25, 25), anterior(15, 27, 25)
    lost = ask(logbook, case_with("A", *levels)).gain(Wall.ANTERIOR, Formula.OF_LOST)
    assert dict(lost.undefined) == {Undefined.NO_LOSS: 1}
    assert (lost.values.n, lost.values.mean, lost.n_above_100) == (2, 110.0, 1)


def test_reported_gains_are_counted_apart(logbook: Logbook) -> None:
    ranged = {"height_gain_low_mm": 3, "height_gain_high_mm": 5}
    found = ask(
        logbook,
        case_with("A", ranged),
        case_with("B", {"height_gain_low_mm": 4, "height_gain_high_mm": 4}),
        case_with("C", {"height_gain_words": "restored in part"}),
        case_with("D", {**anterior(15, 20), **ranged}),
    )
    reported = found.reported
    assert (reported.exact.n, reported.exact.mean) == (1, 4.0)
    assert (reported.n_range, reported.lowest, reported.highest) == (1, 3.0, 5.0)
    assert (reported.n_words, found.n_reported_too, found.n_measured) == (1, 1, 1)


def test_angles_of_different_methods_are_never_mixed(logbook: Logbook) -> None:
    def bent(method: KyphosisMethod | None, after: float) -> dict[str, Any]:
        return {
            "kyphosis_before_deg": 20,
            "kyphosis_after_deg": after,
            "kyphosis_method": method,
            "wedge_before_deg": -80.5,
            "wedge_after_deg": -83.5,
        }

    found = ask(
        logbook,
        case_with("A", bent(KyphosisMethod.VERTEBRAL, 15)),
        case_with("B", bent(KyphosisMethod.MONOSEGMENTAL, 10), bent(None, 18)),
    )
    told = [(one.label, one.method, one.values.n, one.values.mean) for one in found.angles]
    assert told == [
        ("Wedge angle", "", 3, -3.0),
        ("Kyphotic angle", "Vertebral", 1, -5.0),
        ("Kyphotic angle", "Monosegmental", 1, -10.0),
        ("Kyphotic angle", "method not stated", 1, -2.0),
    ]


def test_it_is_told_on_what_was_measured(logbook: Logbook) -> None:
    ct = {**anterior(15, 20), "measure_modality": MeasureModality.CT}
    found = ask(logbook, case_with("A", ct), case_with("B", ct), case_with("C", anterior(1, 2)))
    assert found.measured_on == (("CT", 2), ("", 1))


def test_groups_part_the_levels(logbook: Logbook) -> None:
    save_many(logbook, [case_with("A", anterior(15, 20)), case_with("B", anterior(15, 18))])
    with logbook.session():
        whole, groups = height_gains(logbook, Question.read(by="operator"))
    ((label, part),) = groups
    assert label == "Dr A. Operator"
    assert part.gain(Wall.ANTERIOR, Formula.GAIN).values == (
        whole.gain(Wall.ANTERIOR, Formula.GAIN).values
    )


def test_the_published_cases_have_a_reported_gain_and_no_other(logbook: Logbook) -> None:
    add_example(logbook)
    found = ask(logbook)
    assert found.n_measured == 0
    assert all(gain.values.n == 0 for gain in found.gains)
    assert (found.reported.n_range, found.reported.lowest, found.reported.highest) == (1, 3, 5)


def test_an_empty_logbook_does_no_harm(logbook: Logbook) -> None:
    found = ask(logbook)
    assert (found.n_cases, found.n_levels) == (0, 0)
