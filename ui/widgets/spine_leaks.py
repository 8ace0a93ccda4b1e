# SPDX-License-Identifier: MIT
"""Where leaked cement lies beside a vertebra of the drawn spine, as shapes."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from models.vocabulary import LeakLocation
from ui.widgets.spine_anatomy import ARCHES
from ui.widgets.spine_arches import smooth_outline
from ui.widgets.spine_geometry import Vertebra


class LeakWay(NamedTuple):
    """The way of a leak, in the local axes of the vertebra it comes from.

    It starts at ``start`` of the body's depth and height from its middle. It ends ``across`` behind
    the posterior wall, in units of the arch's reach, or (negative) before the anterior wall, in
    units of the body's depth, and ``along`` of the height below the middle. Where ``disc`` is -1 or
    1, it ends in the disc above or below instead.
    """

    start: tuple[float, float]
    across: float = 0.0
    along: float = 0.0
    disc: int = 0


LEAK_WAYS = {
    LeakLocation.DISC_SUPERIOR: LeakWay((0.0, -0.33), disc=-1),
    LeakLocation.DISC_INFERIOR: LeakWay((0.0, 0.33), disc=1),
    LeakLocation.EPIDURAL: LeakWay((0.34, 0.12), 0.20, 0.22),
    LeakLocation.FORAMINAL: LeakWay((0.34, 0.24), 0.24, 0.48),
    LeakLocation.PARAVERTEBRAL_TISSUE: LeakWay((-0.36, 0.12), -0.12, 0.20),
    LeakLocation.PARAVERTEBRAL_VEIN: LeakWay((-0.36, -0.04), -0.16, -0.10),
    LeakLocation.BASIVERTEBRAL_VEIN: LeakWay((0.34, 0.04), 0.10, 0.10),
    LeakLocation.NEEDLE_TRACK: LeakWay((0.30, -0.14), 0.80, -0.26),
    LeakLocation.FACET: LeakWay((0.32, -0.20), 0.78, 0.52),
    LeakLocation.GREAT_VESSEL: LeakWay((-0.36, 0.0), -0.22, 0.06),
    LeakLocation.PULMONARY: LeakWay((-0.36, 0.0), -0.26, -0.14),
    LeakLocation.SACRAL: LeakWay((-0.36, 0.05), -0.14, 0.10),
    LeakLocation.PREVERTEBRAL: LeakWay((-0.36, 0.04), -0.13, 0.04),
}
IN_FRONT = frozenset(location for location, way in LEAK_WAYS.items() if way.across < 0)
"""Leaks that are drawn before the anterior wall, where the label stands."""

LEAST_LEAK = 2.3  # pixels; smaller drops of a leak would not be seen
STAR_POINTS = 6

_KEPT = 512  # outlines; a window that is made larger or smaller wants others

_DISTANT = frozenset({LeakLocation.GREAT_VESSEL, LeakLocation.PULMONARY})
"""Cement that went away with the blood; it is shown as a drop that has left."""


def leak_path(vertebra: Vertebra, location: LeakLocation) -> tuple[QPointF, QPointF]:
    """Where a leak starts and ends, in the drawing."""
    way, size, at = LEAK_WAYS[location], vertebra.size, vertebra.frame.at
    depth, height = (size.depth_top + size.depth_bottom) / 2, size.height
    start, along = way.start[1] * height, way.along * height
    if way.disc:
        across = 0.06 * depth
        along = way.disc * (height + max(size.disc, 0.16 * height)) / 2
    elif way.across > 0:
        across = depth / 2 + way.across * ARCHES[vertebra.level].reach
    else:
        across = -depth / 2 + way.across * depth
    if vertebra.fractured and way.disc < 0:
        # The broken endplate lies lower than a whole one.
        start, along = start + 0.19 * height, along + 0.11 * height
    return at(way.start[0] * depth, start), at(across, along)


@lru_cache(maxsize=_KEPT)
def leak_outline(vertebra: Vertebra, location: LeakLocation, least: float) -> QPainterPath:
    """Cement that left the body: a tongue from the cement through the wall to where it went.

    Args:
        vertebra: the level it came from.
        location: where it went.
        least: the smallest radius that is still seen, in the units of the drawing.
    """
    start, end = leak_path(vertebra, location)
    radius = max(0.11 * vertebra.size.height, least)
    if location in _DISTANT:
        drop = QPainterPath()
        drop.addEllipse(end, radius, radius)
        return drop
    step = end - start
    along = step / (math.hypot(step.x(), step.y()) or 1.0)
    across = QPointF(-along.y(), along.x())
    spread = 0.8 if location is LeakLocation.NEEDLE_TRACK else 1.35
    # Lopsided, as a drop is that found its own way; a straight one would look like a screw.
    return smooth_outline(
        [
            start - along * radius * 0.2,
            start + step * 0.30 + across * radius * 0.48,
            start + step * 0.68 + across * radius * spread * 0.86,
            end + across * radius * spread * 1.08,
            end + along * radius * 0.62 + across * radius * spread * 0.70,
            end + along * radius * 0.86 - across * radius * spread * 0.10,
            end + along * radius * 0.48 - across * radius * spread * 0.78,
            end - across * radius * spread * 0.86,
            start + step * 0.62 - across * radius * spread * 0.62,
            start + step * 0.28 - across * radius * 0.42,
        ]
    )


@lru_cache(maxsize=_KEPT)
def star_outline(vertebra: Vertebra, location: LeakLocation, least: float) -> QPainterPath:
    """A star at the end of a leak that gave symptoms: told apart by its shape, not its color.

    Args:
        vertebra: the level it came from.
        location: where it went.
        least: the smallest radius that is still seen, in the units of the drawing.
    """
    _, end = leak_path(vertebra, location)
    radius = max(0.2 * vertebra.size.height, 2.0 * least)
    star = QPainterPath()
    for index in range(2 * STAR_POINTS):
        reach = radius if index % 2 == 0 else radius * 0.5
        angle = index * math.pi / STAR_POINTS - math.pi / 2
        corner = end + QPointF(math.cos(angle), math.sin(angle)) * reach
        if index:
            star.lineTo(corner)
        else:
            star.moveTo(corner)
    star.closeSubpath()
    return star
