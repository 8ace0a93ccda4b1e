# SPDX-License-Identifier: MIT
"""Outlines of what stands behind a vertebral body: pedicle, facets, lamina, spinous process.

Each region has one template in the axes of a vertebra: u to the back from the posterior wall in
units of the arch's reach, v down from the middle of the body in units of the body's height.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from models.vocabulary import Level
from ui.widgets.spine_anatomy import ARCHES, ArchSize, BodySize

Place = Callable[[float, float], QPointF]
"""From the local axes of a vertebra (origin in the middle of its body) to the drawing."""

Outline = Sequence[tuple[float, float]]

# Each outline runs from the pedicle's upper edge over the superior facet to the root of the
# spinous process, then from below that root over the inferior facet back to the pedicle.
CERVICAL_ABOVE: Outline = (
    (-0.10, -0.32), (0.08, -0.36), (0.18, -0.62), (0.30, -0.74), (0.42, -0.64), (0.70, -0.26),
    (1.00, -0.12),
)  # fmt: skip
CERVICAL_BELOW: Outline = (
    (0.96, 0.36), (0.86, 0.56), (0.80, 0.78), (0.68, 0.78), (0.50, 0.56), (0.28, 0.30),
    (0.10, 0.06), (-0.10, 0.04),
)  # fmt: skip
THORACIC_ABOVE: Outline = (
    (-0.10, -0.44), (0.20, -0.38), (0.38, -0.50), (0.46, -0.74), (0.58, -0.76), (0.66, -0.50),
    (0.80, -0.28),
)  # fmt: skip
THORACIC_BELOW: Outline = (
    (0.84, 0.48), (0.80, 0.60), (0.70, 0.62), (0.60, 0.40), (0.44, 0.16), (0.22, 0.06),
    (-0.10, 0.06),
)  # fmt: skip
LUMBAR_ABOVE: Outline = (
    (-0.08, -0.44), (0.24, -0.37), (0.42, -0.52), (0.50, -0.84), (0.62, -0.90), (0.76, -0.76),
    (0.80, -0.46), (0.92, -0.20),
)  # fmt: skip
LUMBAR_BELOW: Outline = (
    (0.98, 0.52), (1.00, 0.70), (0.92, 0.86), (0.78, 0.84), (0.68, 0.50), (0.52, 0.16),
    (0.26, 0.03), (-0.08, 0.02),
)  # fmt: skip


def arch_outline(level: Level, size: BodySize, place: Place) -> QPainterPath:
    """The closed outline of the posterior elements of one vertebra above the sacrum."""
    arch = ARCHES[level]
    if level is Level.C1:
        return _atlas_arch(arch, size, place)
    above, below = {
        "cervical": (CERVICAL_ABOVE, CERVICAL_BELOW),
        "thoracic": (THORACIC_ABOVE, THORACIC_BELOW),
        "lumbar": (LUMBAR_ABOVE, LUMBAR_BELOW),
    }[level.region]
    wall = (size.depth_top + size.depth_bottom) / 4
    upper = [(wall + u * arch.reach, v * size.height) for u, v in above]
    lower = [(wall + u * arch.reach, v * size.height) for u, v in below]
    spinous = _spinous(upper[-1], lower[0], arch)
    return smooth_outline([place(u, v) for u, v in (*upper, *spinous, *lower)])


def arch_details(level: Level, size: BodySize, place: Place) -> QPainterPath:
    """What is drawn over the bone: the transverse process, which points at the onlooker.

    In the chest also the facet for the head of the rib.
    """
    path = QPainterPath()
    if level.region not in ("thoracic", "lumbar"):
        return path
    arch = ARCHES[level]
    wall = (size.depth_top + size.depth_bottom) / 4
    across, along, radius = (
        (0.60, -0.14, (0.19, 0.17)) if level.region == "thoracic" else (0.46, -0.16, (0.15, 0.12))
    )
    knob = [
        (
            wall + (across + radius[0] * math.cos(turn)) * arch.reach,
            (along + radius[1] * math.sin(turn)) * size.height,
        )
        for turn in (index * math.tau / 8 for index in range(8))
    ]
    path.addPath(smooth_outline([place(u, v) for u, v in knob]))
    if level.region == "thoracic":
        path.addPath(_rib_facet(size, wall, place))
    return path


def _rib_facet(size: BodySize, wall: float, place: Place) -> QPainterPath:
    """The hollow for the head of the rib, at the upper back of a thoracic body."""
    middle = (wall - 0.13 * size.depth_top, -0.28 * size.height)
    half = (0.075 * size.depth_top, 0.11 * size.height)
    return smooth_outline(
        [
            place(
                middle[0] + half[0] * math.cos(turn),
                middle[1] + half[1] * math.sin(turn),
            )
            for turn in (index * math.tau / 6 for index in range(6))
        ]
    )


def dens_outline(size: BodySize, place: Place) -> QPainterPath:
    """The tooth of C2, which reaches up behind the front of C1."""
    depth, height = size.depth_top, size.height
    outline = (
        (-0.26, -0.30), (-0.30, -0.62), (-0.24, -1.00), (-0.26, -1.34), (-0.12, -1.58),
        (0.08, -1.58), (0.20, -1.34), (0.16, -1.00), (0.24, -0.62), (0.26, -0.30),
    )  # fmt: skip
    return smooth_outline([place(u * depth, v * height) for u, v in outline])


def smooth_outline(points: Sequence[QPointF], pull: float = 0.36) -> QPainterPath:
    """A smooth closed curve through the points.

    The tangent at a point follows its two neighbors, the reach of the tangent the distance to the
    next point, so that the curve does not swing out where points lie close to one another.
    """
    count = len(points)
    tangents = [_unit(points[(i + 1) % count] - points[i - 1]) for i in range(count)]
    path = QPainterPath(points[0])
    for i, start in enumerate(points):
        end = points[(i + 1) % count]
        reach = pull * math.dist(start.toTuple(), end.toTuple())
        leave, arrive = tangents[i] * reach, tangents[(i + 1) % count] * reach
        path.cubicTo(start + leave, end - arrive, end)
    path.closeSubpath()
    return path


def _spinous(
    upper: tuple[float, float], lower: tuple[float, float], arch: ArchSize
) -> list[tuple[float, float]]:
    """The spinous process between its two roots, as points around its tip."""
    slope = math.radians(arch.slope)
    along, across = (math.cos(slope), math.sin(slope)), (-math.sin(slope), math.cos(slope))
    root = ((upper[0] + lower[0]) / 2, (upper[1] + lower[1]) / 2)

    def beside(share: float, width: float) -> tuple[float, float]:
        return (
            root[0] + along[0] * arch.length * share + across[0] * width / 2,
            root[1] + along[1] * arch.length * share + across[1] * width / 2,
        )

    return [
        beside(0.50, -arch.waist),
        beside(0.90, -arch.tip),
        beside(1.00, -arch.tip * 0.45),
        beside(1.00, arch.tip * 0.45),
        beside(0.90, arch.tip),
        beside(0.50, arch.waist),
    ]


def _atlas_arch(arch: ArchSize, size: BodySize, place: Place) -> QPainterPath:
    """The slender posterior arch of C1, which ends in a tubercle."""
    wall = size.depth_top / 2
    end = wall + arch.reach + arch.length
    outline = (
        (wall - 2.0, -2.2), (wall + 5.0, -1.4), (end - 8.0, -2.0), (end - 3.0, -3.2), (end, -1.0),
        (end, 2.2), (end - 3.6, 4.0), (end - 8.0, 2.6), (wall + 5.0, 2.6), (wall - 2.0, 2.8),
    )  # fmt: skip
    return smooth_outline([place(u, v) for u, v in outline])


def crest_outline(
    level: Level, joints: tuple[QPointF, QPointF, QPointF, QPointF], place: Place, half: float
) -> QPainterPath:
    """One segment of the back of the sacrum with its bump of the median crest.

    Args:
        level: S1 to S5.
        joints: where the segment meets its neighbors: upper inner, upper outer, lower outer and
            lower inner end, shared with them so that the sacrum is one bone.
        place: the local axes of the segment.
        half: half the depth of its body.
    """
    arch = ARCHES[level]
    upper_inner, upper_outer, lower_outer, lower_inner = joints
    bump = place(half + arch.reach + arch.length, 0.0)
    path = QPainterPath(upper_inner)
    if level is Level.S1:
        for start, control, end in (
            ((0.10, -2.0), (0.20, -6.0), (0.30, -16.5)),
            ((0.34, -20.5), (0.52, -20.0), (0.58, -16.0)),
            ((0.62, -9.0), (0.74, -9.0), (0.90, -8.0)),
        ):
            path.cubicTo(*(place(half + u * arch.reach, v) for u, v in (start, control, end)))
    else:
        path.lineTo(upper_outer)
    path.quadTo(place(half + arch.reach + arch.length, -6.0), bump)
    path.quadTo(place(half + arch.reach + arch.length * 0.9, 5.0), lower_outer)
    path.lineTo(lower_inner)
    path.closeSubpath()
    return path


def _unit(step: QPointF) -> QPointF:
    length = math.hypot(step.x(), step.y())
    return step / length if length else step
