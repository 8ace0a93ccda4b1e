# SPDX-License-Identifier: MIT
"""One vertebra from above, as shapes: outline by region, canal, cement, and where leaks lie.

Oriented as a CT slice is read: front up, the patient's right on the left of the picture. The unit
is about half the width of a lumbar body; x grows to the patient's left, y to the back. Drawn by
eye, for recognition only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from models.vocabulary import LeakLocation
from ui.widgets.spine_arches import smooth_outline

Half = Sequence[tuple[float, float]]

# The left half of each outline, from the front of the body to the tip of the spinous process.
_OUTER: dict[str, Half] = {
    "cervical": (
        (0.0, -0.72), (0.40, -0.70), (0.70, -0.54), (0.76, -0.26), (0.92, -0.20), (1.26, -0.16),
        (1.44, 0.02), (1.36, 0.22), (1.16, 0.30), (1.14, 0.54), (0.94, 0.72), (0.60, 0.86),
        (0.26, 1.08), (0.20, 1.36), (0.32, 1.58), (0.22, 1.66), (0.0, 1.50),
    ),
    "thoracic": (
        (0.0, -1.04), (0.36, -0.96), (0.68, -0.68), (0.84, -0.28), (0.80, 0.02), (0.60, 0.20),
        (0.62, 0.36), (0.86, 0.44), (1.22, 0.62), (1.46, 0.82), (1.40, 1.02), (1.14, 1.00),
        (0.76, 0.80), (0.46, 0.84), (0.20, 1.02), (0.11, 1.40), (0.09, 1.74), (0.0, 1.80),
    ),
    "lumbar": (
        (0.0, -0.98), (0.46, -0.96), (0.88, -0.74), (1.02, -0.38), (0.94, -0.06), (0.72, 0.14),
        (0.70, 0.32), (0.98, 0.36), (1.40, 0.36), (1.66, 0.46), (1.62, 0.60), (1.22, 0.60),
        (0.88, 0.64), (0.86, 0.84), (0.62, 0.98), (0.38, 0.96), (0.19, 1.10), (0.15, 1.44),
        (0.16, 1.70), (0.0, 1.76),
    ),
    "sacral": (
        (0.0, -0.92), (0.46, -0.90), (0.76, -0.72), (1.06, -0.66), (1.44, -0.72), (1.80, -0.40),
        (1.84, 0.06), (1.66, 0.46), (1.28, 0.66), (0.90, 0.70), (0.58, 0.82), (0.24, 0.94),
        (0.13, 1.20), (0.0, 1.28),
    ),
}  # fmt: skip
_CANAL: dict[str, Half] = {
    "cervical": ((0.0, 0.06), (0.40, 0.08), (0.58, 0.26), (0.36, 0.58), (0.0, 0.80)),
    "thoracic": ((0.0, 0.14), (0.26, 0.18), (0.36, 0.40), (0.26, 0.62), (0.0, 0.70)),
    "lumbar": ((0.0, 0.10), (0.36, 0.12), (0.48, 0.28), (0.32, 0.58), (0.0, 0.80)),
    "sacral": ((0.0, 0.16), (0.34, 0.20), (0.42, 0.36), (0.22, 0.56), (0.0, 0.66)),
}
_HOLES: dict[str, tuple[float, float, float]] = {
    "cervical": (1.02, 0.06, 0.15),
    "sacral": (0.84, 0.16, 0.14),
}
_BODY: dict[str, tuple[float, float, float]] = {
    "cervical": (-0.33, 0.62, 0.34),
    "thoracic": (-0.42, 0.68, 0.48),
    "lumbar": (-0.42, 0.86, 0.46),
    "sacral": (-0.36, 0.74, 0.44),
}
"""Middle of the body (how far in front of the origin), and half its width and depth for cement."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A vertebra from above.

    Attributes:
        bone: its outline, without the canal and other holes.
        canal: the spinal canal.
        bounds: the rectangle around the vertebra and what leaks may reach.
    """

    region: str
    bone: QPainterPath
    canal: QPainterPath
    bounds: QRectF


def build_slice(region: str) -> Slice:
    """The vertebra of a region: cervical, thoracic, lumbar or sacral."""
    canal = _mirrored(_CANAL[region])
    bone = _mirrored(_OUTER[region]).subtracted(canal)
    if region in _HOLES:
        x, y, radius = _HOLES[region]
        holes = QPainterPath()
        for side in (-1, 1):
            holes.addEllipse(QPointF(side * x, y), radius, radius)
        bone = bone.subtracted(holes)
    return Slice(region, bone, canal, QRectF(-1.95, -1.62, 3.9, 3.5))


def cement_in_slice(region: str, sides: dict[int, float], *, joined: bool) -> list[QPainterPath]:
    """Drops of cement in the body.

    Args:
        region: of the vertebra.
        sides: -1 for the patient's right, 1 for the left, 0 for the middle or a side that is not
            known, each with its size (1 is usual).
        joined: whether the drop of one side reaches over the midline.
    """
    middle, wide, deep = _BODY[region]
    drops = []
    for side, size in sides.items():
        reach = 0.46 * wide * size
        offset = 0.44 * wide
        if side == 0:
            reach, offset = 0.62 * wide * size, 0.0
        elif joined:
            reach, offset = 0.66 * wide * size, 0.20 * wide
        drops.append(_drop(QPointF(side * offset, -0.02 + middle), reach, 0.66 * deep * size))
    return drops


@dataclass(frozen=True, slots=True)
class Spot:
    """The way of a leak in the slice, on the patient's left; ``paired`` ones have a right too."""

    start: tuple[float, float]
    end: tuple[float, float]
    paired: bool


_SPOTS = {
    LeakLocation.EPIDURAL: Spot((0.10, -0.10), (0.10, 0.34), paired=False),
    LeakLocation.BASIVERTEBRAL_VEIN: Spot((0.0, -0.20), (0.0, 0.16), paired=False),
    LeakLocation.FORAMINAL: Spot((0.48, -0.10), (0.64, 0.62), paired=True),
    LeakLocation.PARAVERTEBRAL_TISSUE: Spot((0.70, -0.44), (1.34, -0.62), paired=True),
    LeakLocation.PARAVERTEBRAL_VEIN: Spot((0.70, -0.26), (1.36, -0.14), paired=True),
    LeakLocation.NEEDLE_TRACK: Spot((0.56, 0.0), (0.86, 1.16), paired=True),
    LeakLocation.FACET: Spot((0.56, 0.10), (0.78, 0.90), paired=True),
    LeakLocation.GREAT_VESSEL: Spot((0.0, -0.80), (0.0, -1.34), paired=False),
    LeakLocation.PULMONARY: Spot((0.0, -1.20), (0.0, -1.50), paired=False),
    LeakLocation.SACRAL: Spot((0.60, -0.40), (0.98, -0.92), paired=True),
    LeakLocation.PREVERTEBRAL: Spot((0.0, -0.72), (0.0, -1.20), paired=False),
}
OUT_OF_PLANE = {LeakLocation.DISC_SUPERIOR, LeakLocation.DISC_INFERIOR}
"""Leaks that no slice through the vertebra shows; the view from the side does."""


def spots(region: str, location: LeakLocation) -> list[tuple[int, QPointF, QPointF]]:
    """Where a leak runs: the side (0 for the middle), its start and its end; [] out of plane."""
    spot = _SPOTS.get(location)
    if spot is None:
        return []
    _, wide, _ = _BODY[region]
    # The tables are made for a lumbar body; narrower ones are left nearer to the middle.
    near = wide / _BODY["lumbar"][1] if spot.start[0] else 1.0
    return [
        (
            side if spot.paired else 0,
            QPointF(side * spot.start[0] * near, spot.start[1]),
            QPointF(side * spot.end[0] * (near + 1) / 2, spot.end[1]),
        )
        for side in ((-1, 1) if spot.paired else (1,))
    ]


def _mirrored(half: Half) -> QPainterPath:
    left = [QPointF(x, y) for x, y in half]
    right = [QPointF(-p.x(), p.y()) for p in reversed(left[1:-1])]
    return smooth_outline([*left, *right], pull=0.33)


def _drop(middle: QPointF, wide: float, deep: float) -> QPainterPath:
    points = []
    for index in range(14):
        angle = index * math.tau / 14
        uneven = 1 + 0.07 * math.sin(3 * angle + 1) + 0.05 * math.sin(5 * angle)
        points.append(
            middle + QPointF(wide * uneven * math.cos(angle), deep * uneven * math.sin(angle))
        )
    return smooth_outline(points)
