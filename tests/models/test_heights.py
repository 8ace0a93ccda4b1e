# SPDX-License-Identifier: MIT
"""What a vertebra gained in height, against reckoning with fractions and known answers."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from models.heights import (
    Figure,
    Formula,
    Loss,
    Reference,
    Undefined,
    Wall,
    WallHeights,
    beck_index,
    best_gain,
    change,
    contradicts,
    genant_of,
    height_gain,
    kyphosis_since,
    lost_since,
    walls_of,
    wedge_since,
    worst_loss,
)
from models.schema import LaterMeasure, TreatedLevel
from models.vocabulary import Genant, KyphosisMethod

KNOWN = json.loads(
    (Path(__file__).parents[1] / "data" / "known_answers.json").read_text(encoding="utf-8")
)["height"]

F = Formula
sizes = st.integers(10, 600).map(lambda tenths: tenths / 10)
heights = st.none() | sizes
walls = st.builds(WallHeights, heights, heights, heights, heights)


def exact(value: float | None) -> Fraction | None:
    """The height that was entered, without binary noise."""
    return None if value is None else Fraction(round(value * 10), 10)


def reckoned(formula: Formula, wall: WallHeights) -> Fraction | None:
    """The plain way, or None where it cannot be reckoned. No height is 0."""
    pre, post = exact(wall.before), exact(wall.after)
    known = [tall for height in (wall.above, wall.below) if (tall := exact(height))]
    ref = sum(known, Fraction(0)) / len(known) if known else None
    match formula:
        case F.GAIN if pre and post:
            return post - pre
        case F.OF_INITIAL if pre and post:
            return 100 * (post / pre - 1)
        case F.OF_REFERENT if pre and post and ref:
            return 100 * (post - pre) / ref
        case F.OF_LOST if pre and post and ref and ref > pre:
            return 100 * (post - pre) / (ref - pre)
        case F.COMPRESSION_BEFORE if pre and ref:
            return 100 * (1 - pre / ref)
        case F.COMPRESSION_AFTER if post and ref:
            return 100 * (1 - post / ref)
    return None


@given(walls, st.sampled_from(Formula))
def test_every_formula_is_as_reckoned_with_fractions(wall: WallHeights, formula: Formula) -> None:
    wanted, told = reckoned(formula, wall), wall.work_out(formula)
    if wanted is None:
        assert told.value is None
        assert told.why_not is not None
    else:
        assert told.why_not is None
        assert told.value == pytest.approx(float(wanted), abs=1e-8)


@pytest.mark.parametrize("known", KNOWN)
def test_known_answers_are_met(known: dict[str, float]) -> None:
    wall = WallHeights(known["pre"], known["post"], known["ref"], known["ref"])
    told = [wall.work_out(f).value for f in (F.GAIN, F.OF_INITIAL, F.OF_LOST, F.OF_REFERENT)]
    names = ("gain_mm", "pct_of_initial", "pct_of_lost", "pct_of_referent")
    assert told == pytest.approx([known[name] for name in names], abs=1e-3)


def test_trap_15_a_loss_of_height_is_negative_by_every_formula() -> None:
    wall = WallHeights(20, 18, 25, 25)
    told = {formula: wall.work_out(formula).value for formula in Formula}
    assert told == {
        F.COMPRESSION_BEFORE: 20,
        F.COMPRESSION_AFTER: 28,
        F.GAIN: -2,
        F.OF_INITIAL: -10,
        F.OF_LOST: -40,
        F.OF_REFERENT: -8,
    }


@pytest.mark.parametrize("before", [25, 26])
def test_trap_16_where_nothing_was_lost_the_part_of_it_is_undefined(before: float) -> None:
    wall = WallHeights(before, 27, 25, 25)
    assert wall.work_out(F.OF_LOST) == Figure(None, Undefined.NO_LOSS)
    assert wall.work_out(F.OF_REFERENT).value == 100 * (27 - before) / 25


def test_more_than_was_lost_may_come_back() -> None:
    assert WallHeights(20, 26, 25, 25).work_out(F.OF_LOST) == Figure(120)


@pytest.mark.parametrize(
    ("wall", "reference", "height"),
    [
        (WallHeights(above=24, below=25), Reference.NEIGHBORS, 24.5),
        (WallHeights(above=24), Reference.ABOVE, 24),
        (WallHeights(below=25), Reference.BELOW, 25),
        (WallHeights(15, 20), None, None),
    ],
)
def test_the_reference_is_the_mean_of_the_neighbors_or_the_one_that_is_known(
    wall: WallHeights, reference: Reference | None, height: float | None
) -> None:
    assert (wall.reference, wall.reference_mm) == (reference, height)


@pytest.mark.parametrize(
    ("wall", "formula", "why"),
    [
        (WallHeights(after=20), F.GAIN, Undefined.NO_BEFORE),
        (WallHeights(before=20), F.OF_INITIAL, Undefined.NO_AFTER),
        (WallHeights(20, 22), F.OF_REFERENT, Undefined.NO_REFERENCE),
        (WallHeights(20, 22), F.COMPRESSION_AFTER, Undefined.NO_REFERENCE),
    ],
)
def test_what_is_undefined_says_why(wall: WallHeights, formula: Formula, why: Undefined) -> None:
    assert wall.work_out(formula) == Figure(None, why)


def test_the_heights_of_a_level_are_found_by_their_wall() -> None:
    level = TreatedLevel(
        middle_before_mm=16, middle_after_mm=21.5, cranial_middle_mm=24, caudal_middle_mm=25
    )
    assert walls_of(level) == {
        Wall.ANTERIOR: WallHeights(),
        Wall.MIDDLE: WallHeights(16, 21.5, 24, 25),
        Wall.POSTERIOR: WallHeights(),
    }


# Genant


@pytest.mark.parametrize(
    ("loss", "grade"),
    [
        (-4, Genant.NONE),
        (19.9, Genant.NONE),
        (20, Genant.MILD),
        (24.9, Genant.MILD),
        (25, Genant.MODERATE),
        (40, Genant.MODERATE),
        (40.1, Genant.SEVERE),
        (100, Genant.SEVERE),
    ],
)
def test_genant_goes_by_the_loss(loss: float, grade: Genant) -> None:
    assert genant_of(loss) is grade


@given(sizes, st.sampled_from([Fraction(4, 5), Fraction(3, 4), Fraction(3, 5)]))
def test_a_loss_right_at_a_limit_is_graded_without_binary_noise(
    reference: float, share: Fraction
) -> None:
    tall = exact(reference)
    assert tall is not None
    before = float(tall * share)
    three = {wall: WallHeights(before, None, reference, reference) for wall in Wall}
    loss = worst_loss(three)
    assert loss is not None
    assert loss.percent == float(100 * (1 - share))


def test_the_worst_wall_counts() -> None:
    three = {
        Wall.ANTERIOR: WallHeights(18, above=24),
        Wall.MIDDLE: WallHeights(12, above=24, below=24),
        Wall.POSTERIOR: WallHeights(24, above=24),
    }
    assert worst_loss(three) == Loss(50, Wall.MIDDLE, Reference.NEIGHBORS)


def test_without_neighbors_the_posterior_wall_of_the_vertebra_is_the_measure() -> None:
    three = {
        Wall.ANTERIOR: WallHeights(15),
        Wall.MIDDLE: WallHeights(18),
        Wall.POSTERIOR: WallHeights(20),
    }
    loss = worst_loss(three)
    assert loss == Loss(25, Wall.ANTERIOR, Reference.OWN_POSTERIOR)
    assert loss.genant is Genant.MODERATE


def test_the_two_ways_to_measure_a_loss_are_not_mixed() -> None:
    three = {
        Wall.ANTERIOR: WallHeights(10),
        Wall.MIDDLE: WallHeights(21, above=24),
        Wall.POSTERIOR: WallHeights(24),
    }
    assert worst_loss(three) == Loss(12.5, Wall.MIDDLE, Reference.ABOVE)


@pytest.mark.parametrize(
    "anterior", [WallHeights(15), WallHeights(after=20), WallHeights(above=25)]
)
def test_a_loss_needs_something_to_compare_with(anterior: WallHeights) -> None:
    rest = {Wall.MIDDLE: WallHeights(), Wall.POSTERIOR: WallHeights()}
    assert worst_loss({Wall.ANTERIOR: anterior, **rest}) is None


# angles and index


def test_less_kyphosis_is_a_negative_change() -> None:
    assert change(14, 8.3) == -5.7
    assert change(14, None) is None


def test_the_beck_index_is_anterior_by_posterior() -> None:
    assert beck_index(18, 24) == 0.75
    assert beck_index(18, None) is None
    assert beck_index(None, 24) is None


# the gain of a level


def test_the_better_of_anterior_and_middle_is_the_gain() -> None:
    gain = height_gain((18.5, 21.2), (17, 20), (None, None))
    assert gain == (3.0, 3.0, True)


def test_trap_15_a_loss_is_a_negative_gain() -> None:
    assert height_gain((20, 18.6), (None, 30), (3, 5)) == (-1.4, -1.4, True)


def test_trap_4_a_reported_range_stays_a_range() -> None:
    assert height_gain((20, None), (None, None), (3, 5)) == (3, 5, False)


def test_nothing_known_is_no_gain() -> None:
    assert height_gain((20, None), (None, 20), (None, None)) is None
    assert best_gain([]) is None


@given(heights, heights, heights, heights)
def test_what_is_measured_goes_before_what_is_reported(
    anterior_before: float | None,
    anterior_after: float | None,
    middle_before: float | None,
    middle_after: float | None,
) -> None:
    anterior, middle = (anterior_before, anterior_after), (middle_before, middle_after)
    gain = height_gain(anterior, middle, (1, 2))
    assert gain is not None
    assert gain.measured is any(None not in wall for wall in (anterior, middle))


@pytest.mark.parametrize(
    ("measured", "reported", "wrong"),
    [
        (4, (3, 5), False),
        (5.8, (3, 5), False),
        (6.1, (3, 5), True),
        (-1, (3, 5), True),
        (4.4, (4, 4), False),
        (-0.2, (0.8, 0.8), False),
        (0.1, (1.1, 1.1), False),
        (-7.8, (-9, -8.8), False),
        (None, (3, 5), False),
        (9, (None, None), False),
    ],
)
def test_a_reported_gain_is_held_against_the_measured_one(
    measured: float | None, reported: tuple[float | None, float | None], *, wrong: bool
) -> None:
    assert contradicts(measured, reported) is wrong


@given(heights, heights)
def test_what_a_wall_lost_is_after_less_later_or_unknown(
    after: float | None, later: float | None
) -> None:
    level = TreatedLevel(anterior_after_mm=after)
    lost = lost_since(level, LaterMeasure(anterior_mm=later))
    was, now = exact(after), exact(later)
    wanted = None if was is None or now is None else float(was - now)
    assert lost == {Wall.ANTERIOR: wanted, Wall.MIDDLE: None, Wall.POSTERIOR: None}


def test_angles_grow_and_are_compared_only_by_one_method() -> None:
    level = TreatedLevel(wedge_after_deg=8.0, kyphosis_after_deg=12.0)
    later = LaterMeasure(wedge_deg=9.5, kyphosis_deg=15.0)
    assert wedge_since(level, later) == 1.5
    assert kyphosis_since(level, later) == 3
    level.kyphosis_method = KyphosisMethod.MONOSEGMENTAL
    assert kyphosis_since(level, later) == 3
    later.kyphosis_method = KyphosisMethod.BISEGMENTAL
    assert kyphosis_since(level, later) is None
    assert wedge_since(level, LaterMeasure()) is None
