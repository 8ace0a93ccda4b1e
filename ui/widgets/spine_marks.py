# SPDX-License-Identifier: MIT
"""What can be marked on a level of the drawn spine, in words, and the shapes that show it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from models.vocabulary import LeakLocation, Level
from ui.widgets.spine_anatomy import ARCHES
from ui.widgets.spine_arches import smooth_outline
from ui.widgets.spine_geometry import WEDGE_LOSS, Vertebra


@dataclass(frozen=True, slots=True)
class LevelMark:
    """What is shown at one level. An empty mark shows nothing.

    Attributes:
        treated: treated in this procedure: blue outline and blue cement.
        selected: the level that the form beside the spine is about.
        earlier: cement from an earlier procedure: gray.
        fracture: drawn as a wedge.
        leaks: where cement went, each drawn where it went.
        heat: 0 to 1, for maps; None for no color at all.
        warning: why somebody should look at this level, as a sentence; "" for no warning.
        note: further words for the tool tip, such as the volume.
    """

    treated: bool = False
    selected: bool = False
    earlier: bool = False
    fracture: bool = False
    leaks: tuple[LeakLocation, ...] = ()
    heat: float | None = None
    warning: str = ""
    note: str = ""

    def words(self) -> str:
        """The mark as people would say it; "" if there is nothing to say."""
        said = [
            word
            for word, holds in (
                ("treated", self.treated),
                ("cemented earlier", self.earlier),
                ("fracture", self.fracture),
            )
            if holds
        ]
        said += [f"leak: {location.label.lower()}" for location in self.leaks]
        return ", ".join([*said, *filter(None, (self.note, self.warning))])


NO_MARK = LevelMark()


def describe_marks(marks: Mapping[Level, LevelMark]) -> str:
    """All marks in one sentence, head to tail, for those who hear the spine and do not see it."""
    said = [f"{level.label} {words}" for level in Level if (words := _words(marks, level))]
    return f"Spine: {'; '.join(said)}." if said else "Spine: nothing marked."


def fractured_levels(marks: Mapping[Level, LevelMark]) -> frozenset[Level]:
    """The levels to be drawn as wedges."""
    return frozenset(level for level, mark in marks.items() if mark.fracture)


def variants_in(levels: Iterable[Level]) -> frozenset[Level]:
    """The transitional levels among these, which must not be left out of the drawing."""
    return frozenset(level for level in levels if level.is_variant)


def cement_outline(vertebra: Vertebra) -> QPainterPath:
    """Cement inside the body: a rounded mass with the uneven edge it has between trabeculae."""
    size, level = vertebra.size, vertebra.level
    depth = (size.depth_top + size.depth_bottom) / 2
    loss = WEDGE_LOSS if vertebra.fractured else 0.0
    middle = QPointF(-0.05 * depth, size.height * loss * 0.32)
    turn = level.rank * 1.7
    points = []
    for index in range(14):
        angle = index * math.tau / 14
        uneven = 1 + 0.055 * math.sin(3 * angle + turn) + 0.04 * math.sin(5 * angle + 2 * turn)
        # Between an ellipse and a rectangle, as cement flattens against the endplates.
        corner = 1 / (abs(math.cos(angle)) ** 2.8 + abs(math.sin(angle)) ** 2.8) ** (1 / 2.8)
        across = 0.295 * depth * uneven * corner * math.cos(angle)
        along = (0.285 - 0.2 * loss) * size.height * uneven * corner * math.sin(angle)
        points.append(vertebra.frame.at(middle.x() + across, middle.y() + along))
    return smooth_outline(points)


def leak_outline(vertebra: Vertebra, location: LeakLocation, least: float) -> QPainterPath:
    """Cement that left the body: a tongue from the cement through the wall to where it went.

    Args:
        vertebra: the level it came from.
        location: where it went.
        least: the smallest radius that is still seen, in the units of the drawing.
    """
    start, end = _leak_path(vertebra, location)
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


def crack(vertebra: Vertebra) -> QPainterPath:
    """The broken upper endplate and the line that runs into the body from its front."""
    corners, frame, size = vertebra.corners, vertebra.frame, vertebra.size
    path = QPainterPath(corners.anterior_top)
    rim = frame.at(0.0, -size.height * 0.24)
    path.quadTo(rim, corners.posterior_top)
    front = -size.depth_top * 0.5
    zigzag = ((0.02, 0.06), (0.14, 0.00), (0.22, 0.09), (0.33, 0.04), (0.42, 0.12))
    path.moveTo(frame.at(front + zigzag[0][0] * size.depth_top, zigzag[0][1] * size.height))
    for across, along in zigzag[1:]:
        path.lineTo(frame.at(front + across * size.depth_top, along * size.height))
    return path


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

_DISTANT = frozenset({LeakLocation.GREAT_VESSEL, LeakLocation.PULMONARY})
"""Cement that went away with the blood; it is shown as a drop that has left."""


def _leak_path(vertebra: Vertebra, location: LeakLocation) -> tuple[QPointF, QPointF]:
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


def _words(marks: Mapping[Level, LevelMark], level: Level) -> str:
    return marks.get(level, NO_MARK).words()
