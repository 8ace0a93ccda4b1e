# SPDX-License-Identifier: MIT
"""The shape of the spine: order, curves, variants, and where cement and leaks lie."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF

from models.vocabulary import LeakLocation, Level
from ui.widgets.spine_anatomy import BODIES
from ui.widgets.spine_geometry import VARIANTS, build_spine
from ui.widgets.spine_leaks import LEAK_WAYS, leak_outline
from ui.widgets.spine_marks import CEMENT_SCALES, cement_outline, cement_scale

ORDINARY = [level for level in Level if not level.is_variant]
ALL = build_spine(VARIANTS)


def test_levels_follow_one_another_from_head_to_tail() -> None:
    assert list(build_spine().vertebrae) == ORDINARY
    heights = [vertebra.center.y() for vertebra in ALL.vertebrae.values()]
    assert heights == sorted(heights)


def test_bodies_do_not_overlap() -> None:
    # Sacral segments are one bone and share their borders; the front of C1 covers the dens only.
    for above, below in pairwise(ALL.vertebrae.values()):
        if below.level.region == "sacral" and above.level.region == "sacral":
            continue
        assert not above.body.intersects(below.body), f"{above.level} and {below.level}"


def test_every_body_is_found_at_its_middle() -> None:
    for level, vertebra in ALL.vertebrae.items():
        assert ALL.level_at(vertebra.center) is level


def test_a_spinous_process_belongs_to_its_level() -> None:
    for level in (Level.C7, Level.T7, Level.L3):
        vertebra = ALL.vertebrae[level]
        tip = vertebra.arch.pointAtPercent(0.42)
        inside = tip + (vertebra.arch.boundingRect().center() - tip) * 0.1
        assert ALL.level_at(inside) is level


def test_beside_the_bone_is_no_level() -> None:
    assert ALL.level_at(ALL.bounds.topRight() + QPointF(5, -5)) is None


def test_the_curves_of_a_spine() -> None:
    x = {level: vertebra.center.x() for level, vertebra in build_spine().vertebrae.items()}
    assert x[Level.C4] < min(x[Level.C1], x[Level.T1])  # the neck is hollow behind
    assert x[Level.T6] > max(x[Level.T1], x[Level.L1])  # the chest bulges to the back
    assert x[Level.L3] < min(x[Level.T12], x[Level.S1])  # the loins are hollow behind
    assert x[Level.S4] > x[Level.S1]
    assert x[Level.S5] == pytest.approx(x[Level.S4], abs=5)


def test_bodies_grow_downwards() -> None:
    levels = (Level.C4, Level.T1, Level.T6, Level.T12, Level.L3)
    sizes = [BODIES[level] for level in levels]
    for extent in ("height", "depth_top", "depth_bottom"):
        extents = [getattr(size, extent) for size in sizes]
        assert extents == sorted(extents)


@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_a_variant_is_put_in_and_makes_the_column_longer(variant: Level) -> None:
    plain, longer = build_spine(), build_spine(frozenset({variant}))
    assert variant not in plain.vertebrae
    assert variant in longer.vertebrae
    assert longer.bounds.height() > plain.bounds.height() + 20


def test_a_fractured_body_has_lost_height_in_front_and_moves_nothing_else() -> None:
    plain, broken = build_spine(), build_spine(frozenset(), frozenset({Level.T12}))
    whole, wedge = plain.vertebrae[Level.T12], broken.vertebrae[Level.T12]
    assert wedge.corners.anterior_top.y() > whole.corners.anterior_top.y() + 5
    assert wedge.corners.posterior_bottom == whole.corners.posterior_bottom
    assert broken.vertebrae[Level.L1].corners == plain.vertebrae[Level.L1].corners


def test_cement_stays_within_the_body() -> None:
    for spine in (ALL, build_spine(VARIANTS, frozenset(Level))):
        for vertebra in spine.vertebrae.values():
            if vertebra.level is not Level.C1:
                for scale in CEMENT_SCALES:
                    assert vertebra.body.contains(cement_outline(vertebra, scale)), vertebra.level


def test_the_drop_of_cement_grows_with_the_volume_within_limits() -> None:
    scales = [cement_scale(Level.T12, volume) for volume in (0.0, 1.0, 4.0, 8.0, 30.0)]
    assert scales == sorted(scales)
    assert (scales[0], scales[-1]) == CEMENT_SCALES
    assert cement_scale(Level.T12, None) == 1.0
    assert cement_scale(Level.C5, 2.0) > cement_scale(Level.L3, 2.0)


def test_every_leak_is_drawn_and_leaves_the_body() -> None:
    assert set(LEAK_WAYS) == set(LeakLocation)
    vertebra = ALL.vertebrae[Level.L2]
    for location in LeakLocation:
        assert not vertebra.body.contains(leak_outline(vertebra, location, 1.0)), location


def test_a_leak_lies_where_it_went() -> None:
    vertebra = ALL.vertebrae[Level.L3]
    middle = vertebra.center

    def end(location: LeakLocation) -> QPointF:
        return leak_outline(vertebra, location, 1.0).boundingRect().center() - middle

    assert end(LeakLocation.DISC_SUPERIOR).y() < -10
    assert end(LeakLocation.DISC_INFERIOR).y() > 10
    assert end(LeakLocation.EPIDURAL).x() > 15
    assert end(LeakLocation.PREVERTEBRAL).x() < -15
