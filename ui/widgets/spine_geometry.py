# SPDX-License-Identifier: MIT
"""The shape of the spine in lateral view, facing left: where each vertebra lies and its outlines.

Deterministic and without a painter. The unit is about a millimeter of a grown-up; x grows to the
back, y grows downwards. ``spine_anatomy`` says where the numbers come from; they are for
recognition, never for measuring.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from models.vocabulary import Level
from ui.widgets.spine_anatomy import ARCHES, BODIES, COCCYX, BodySize
from ui.widgets.spine_arches import (
    arch_details,
    arch_outline,
    crest_outline,
    dens_outline,
    smooth_outline,
)

VARIANTS = frozenset(level for level in Level if level.is_variant)
WEDGE_LOSS = 0.34  # part of the anterior height that a fractured body is drawn without
_WEDGE_LOSS_BEHIND = 0.12 * WEDGE_LOSS
_MEAN_LOSS = (WEDGE_LOSS + _WEDGE_LOSS_BEHIND) / 2
LEAN = (5.0, 3.5, 2.0, 1.0)
"""Degrees by which the levels above a fractured body lean forward, the nearest first."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The local axes of one vertebra: origin in the middle of its body, u to the back, v down."""

    center: QPointF
    tilt: float

    def at(self, u: float, v: float) -> QPointF:
        """The point u behind and v below the middle of the body."""
        angle = math.radians(self.tilt)
        cos, sin = math.cos(angle), math.sin(angle)
        return QPointF(self.center.x() + u * cos + v * sin, self.center.y() - u * sin + v * cos)


@dataclass(frozen=True, slots=True)
class Corners:
    """The corners of a body: anterior and posterior, top and bottom."""

    anterior_top: QPointF
    posterior_top: QPointF
    posterior_bottom: QPointF
    anterior_bottom: QPointF


@dataclass(frozen=True, slots=True, eq=False)
class Vertebra:
    """One drawn vertebra. It equals only itself, so that what is drawn on it can be kept for it.

    Attributes:
        level: which one.
        frame: its local axes.
        size: its numbers.
        corners: the four corners of its body, wedged if it is fractured.
        body: outline of the body; what is treated, and what a click hits first.
        arch: outline of pedicle, facets, lamina and spinous process.
        details: open lines drawn over the arch (transverse process, joint).
        fractured: whether the body is drawn wedged.
    """

    level: Level
    frame: Frame
    size: BodySize
    corners: Corners
    body: QPainterPath
    arch: QPainterPath
    details: QPainterPath
    fractured: bool

    @property
    def center(self) -> QPointF:
        """The middle of the body."""
        return self.frame.center

    @property
    def front(self) -> QPointF:
        """The middle of the anterior wall."""
        return _middle(self.corners.anterior_top, self.corners.anterior_bottom)

    @property
    def forwards(self) -> QPointF:
        """The direction from the front to the label, of length 1.

        In the sacrum it fans out instead of following the bone, which is hollow in front: labels
        at right angles to it would run into one another.
        """
        sacral = self.level.region == "sacral"
        tilt = 12.0 * (self.level.rank - Level.S1.rank) if sacral else self.frame.tilt
        return Frame(QPointF(0.0, 0.0), tilt).at(-1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Spine:
    """The whole drawn column, head to tail.

    Attributes:
        vertebrae: in anatomical order.
        discs: by the level above the disc.
        dens: the tooth of C2, which stands behind the front of C1.
        coccyx: its segments.
        sacrum: outline of S1 to S5, which are one bone.
        bounds: the rectangle around everything.
    """

    vertebrae: dict[Level, Vertebra]
    discs: dict[Level, QPainterPath]
    dens: QPainterPath
    coccyx: tuple[QPainterPath, ...]
    sacrum: QPainterPath
    bounds: QRectF

    def level_at(self, point: QPointF) -> Level | None:
        """The level under a point: bodies first, then their processes; None beside the bone."""
        for level, vertebra in self.vertebrae.items():
            if vertebra.body.contains(point):
                return level
        for level, vertebra in reversed(self.vertebrae.items()):
            if vertebra.arch.contains(point):
                return level
        return None


@lru_cache(maxsize=32)
def build_spine(
    variants: frozenset[Level] = frozenset(), fractured: frozenset[Level] = frozenset()
) -> Spine:
    """The column with the given variants (T13, L6) put in, and the given bodies wedged."""
    levels = [level for level in Level if level in variants or not level.is_variant]
    frames = _frames(levels, fractured)
    corners = _all_corners(levels, frames, fractured)
    vertebrae = {
        level: _vertebra(level, frame, corners, fractured=level in fractured)
        for level, frame in zip(levels, frames, strict=False)
    }
    tail = tuple(
        _body(_corners(frame, size, fractured=False))
        for frame, size in zip(frames[len(levels) :], COCCYX, strict=True)
    )
    dens = dens_outline(BODIES[Level.C2], vertebrae[Level.C2].frame.at)
    bounds = _bounds(vertebrae, dens, tail)
    return Spine(vertebrae, _discs(vertebrae), dens, tail, _sacrum(vertebrae), bounds)


def _frames(levels: list[Level], fractured: frozenset[Level]) -> list[Frame]:
    """The axes of the levels and of the coccyx. S1 lies at the origin, whatever is broken."""
    sizes = [BODIES[level] for level in levels]
    for broken in (place for place, level in enumerate(levels) if level in fractured):
        for above, lean in zip(range(broken - 1, -1, -1), LEAN, strict=False):
            sizes[above] = sizes[above]._replace(tilt=sizes[above].tilt + lean)
    lost = [
        size.height * _MEAN_LOSS if level in fractured else 0.0
        for level, size in zip(levels, sizes, strict=True)
    ]
    frames = _stack(sizes + list(COCCYX), [*lost, *(0.0 for _ in COCCYX)])
    origin = frames[levels.index(Level.S1)].center
    return [Frame(frame.center - origin, frame.tilt) for frame in frames]


def _stack(sizes: list[BodySize], lost: list[float]) -> list[Frame]:
    """Put the bodies on one another along the curve that their tilts describe.

    A body has sunk by the height that it has ``lost``.
    """
    frames = [Frame(QPointF(0.0, 0.0), sizes[0].tilt)]
    for (above, below), sunk in zip(pairwise(sizes), lost[1:], strict=True):
        between = (above.tilt + below.tilt) / 2
        down = frames[-1].at(0.0, above.height / 2)
        down = Frame(down, between).at(0.0, above.disc)
        center = Frame(down, below.tilt).at(0.0, below.height / 2 - sunk)
        frames.append(Frame(center, below.tilt))
    return frames


def _all_corners(
    levels: list[Level], frames: list[Frame], fractured: frozenset[Level]
) -> dict[Level, Corners]:
    corners = {
        level: _corners(frame, BODIES[level], fractured=level in fractured)
        for level, frame in zip(levels, frames, strict=False)
    }
    sacrum = [level for level in levels if level.region == "sacral"]
    for above, below in pairwise(sacrum):
        corners[above], corners[below] = _fuse(corners[above], corners[below])
    return corners


def _corners(frame: Frame, size: BodySize, *, fractured: bool) -> Corners:
    anterior = (size.height + size.wedge / 2) / 2
    posterior = (size.height - size.wedge / 2) / 2
    front = size.height * WEDGE_LOSS if fractured else 0.0
    behind = size.height * _WEDGE_LOSS_BEHIND if fractured else 0.0
    top, bottom = size.depth_top / 2, size.depth_bottom / 2
    return Corners(
        frame.at(-top, -anterior + front),
        frame.at(top, -posterior + behind),
        frame.at(bottom, posterior),
        frame.at(-bottom, anterior),
    )


def _fuse(above: Corners, below: Corners) -> tuple[Corners, Corners]:
    """Let two sacral segments share one line, so that the sacrum is one bone."""
    anterior = _middle(above.anterior_bottom, below.anterior_top)
    posterior = _middle(above.posterior_bottom, below.posterior_top)
    return (
        Corners(above.anterior_top, above.posterior_top, posterior, anterior),
        Corners(anterior, posterior, below.posterior_bottom, below.anterior_bottom),
    )


def _vertebra(
    level: Level, frame: Frame, corners: dict[Level, Corners], *, fractured: bool
) -> Vertebra:
    size = BODIES[level]
    if level is Level.C1:
        body = _atlas(frame, size)
    elif level.region == "sacral":
        body = _body(corners[level], (0.02 if level is Level.S1 else 0.0, 0.0, 0.0, 0.06), 0.05)
    else:
        body = _body(corners[level])
    if level.region == "sacral":
        joints = _crest_joints(level, corners)
        half = (size.depth_top + size.depth_bottom) / 4
        arch = crest_outline(level, joints, frame.at, half)
    else:
        arch = arch_outline(level, size, frame.at)
    details = arch_details(level, size, frame.at)
    return Vertebra(level, frame, size, corners[level], body, arch, details, fractured)


def _body(
    corners: Corners,
    hollow: tuple[float, float, float, float] = (0.045, 0.045, 0.045, 0.075),
    rounding: float = 0.13,
) -> QPainterPath:
    """A body: hollowed endplates, waisted walls, rounded rims.

    ``hollow`` is how far the upper endplate, posterior wall, lower endplate and anterior wall are
    drawn in, as a part of the body's extent in that direction.
    """
    ring = (
        corners.anterior_top,
        corners.posterior_top,
        corners.posterior_bottom,
        corners.anterior_bottom,
    )
    sides = [math.dist(ring[i].toTuple(), ring[(i + 1) % 4].toTuple()) for i in range(4)]
    middle = QPointF(sum(p.x() for p in ring) / 4, sum(p.y() for p in ring) / 4)
    radius = min(sides) * rounding
    path = QPainterPath(_toward(ring[0], ring[1], radius))
    for index in range(4):
        start, end, after = ring[index], ring[(index + 1) % 4], ring[(index + 2) % 4]
        # A quadratic curve comes half as near as its control point.
        inward = 2 * hollow[index] * sides[(index + 1) % 4]
        path.quadTo(_toward(_middle(start, end), middle, inward), _toward(end, start, radius))
        path.quadTo(end, _toward(end, after, radius))
    path.closeSubpath()
    return path


def _atlas(frame: Frame, size: BodySize) -> QPainterPath:
    """C1 has no body: the anterior tubercle and the lateral mass stand for it."""
    depth, height = size.depth_top, size.height
    outline = (
        (-0.62, 0.04), (-0.55, -0.26), (-0.38, -0.34), (-0.12, -0.30), (0.16, -0.40),
        (0.42, -0.48), (0.55, -0.30), (0.54, 0.10), (0.42, 0.42), (0.14, 0.48), (-0.14, 0.36),
        (-0.36, 0.40), (-0.54, 0.34),
    )  # fmt: skip
    return smooth_outline([frame.at(u * depth, v * height) for u, v in outline])


def _crest_joints(
    level: Level, corners: dict[Level, Corners]
) -> tuple[QPointF, QPointF, QPointF, QPointF]:
    """Where a segment of the sacral crest meets the segments above and below it."""
    own = corners[level]
    reach = ARCHES[level].reach
    above = (
        ARCHES[Level(f"S{level.rank - Level.S1.rank}")].reach if level is not Level.S1 else reach
    )
    below = (
        ARCHES[Level(f"S{level.rank - Level.S1.rank + 2}")].reach if level is not Level.S5 else 2.0
    )
    return (
        own.posterior_top,
        _toward(own.posterior_top, own.anterior_top, -(reach + above) / 2),
        _toward(own.posterior_bottom, own.anterior_bottom, -(reach + below) / 2),
        own.posterior_bottom,
    )


def _sacrum(vertebrae: dict[Level, Vertebra]) -> QPainterPath:
    whole = QPainterPath()
    for vertebra in vertebrae.values():
        if vertebra.level.region == "sacral":
            whole = whole.united(vertebra.body).united(vertebra.arch)
    # Where rounded corners meet they leave pinholes, which are no part of the outline.
    return max(_subpaths(whole), key=lambda path: path.boundingRect().height())


def _subpaths(path: QPainterPath) -> list[QPainterPath]:
    found: list[QPainterPath] = []
    index = 0
    while index < path.elementCount():
        element = path.elementAt(index)
        if element.isMoveTo():
            found.append(QPainterPath(QPointF(element.x, element.y)))
        elif element.isLineTo():
            found[-1].lineTo(element.x, element.y)
        else:
            first, second = path.elementAt(index + 1), path.elementAt(index + 2)
            found[-1].cubicTo(element.x, element.y, first.x, first.y, second.x, second.y)
            index += 2
        index += 1
    return found


def _discs(vertebrae: dict[Level, Vertebra]) -> dict[Level, QPainterPath]:
    discs: dict[Level, QPainterPath] = {}
    for above, below in pairwise(vertebrae.values()):
        if above.level is Level.C1 or above.level.region == "sacral":
            continue
        discs[above.level] = _disc(above, below)
    return discs


def _disc(above: Vertebra, below: Vertebra) -> QPainterPath:
    """The disc fills the room between two endplates and bulges a little at both ends."""
    top, bottom = above.corners, below.corners
    inset = 0.04
    front_top = _mix(top.anterior_bottom, top.posterior_bottom, inset)
    back_top = _mix(top.posterior_bottom, top.anterior_bottom, inset)
    front_bottom = _mix(bottom.anterior_top, bottom.posterior_top, inset)
    back_bottom = _mix(bottom.posterior_top, bottom.anterior_top, inset)
    # Reaching into both bodies, which are painted over it, leaves no gap at the hollow endplates.
    path = QPainterPath(_mix(front_top, above.center, 0.2))
    path.lineTo(front_top)
    path.quadTo(_bulge(front_top, front_bottom, back_top), front_bottom)
    path.lineTo(_mix(front_bottom, below.center, 0.2))
    path.lineTo(_mix(back_bottom, below.center, 0.2))
    path.lineTo(back_bottom)
    path.quadTo(_bulge(back_bottom, back_top, front_top), back_top)
    path.lineTo(_mix(back_top, above.center, 0.2))
    path.closeSubpath()
    return path


def _bulge(start: QPointF, end: QPointF, inside: QPointF) -> QPointF:
    outward = _middle(start, end)
    return _toward(outward, inside, -0.45 * math.dist(start.toTuple(), end.toTuple()) ** 0.7)


def _bounds(
    vertebrae: dict[Level, Vertebra], dens: QPainterPath, tail: tuple[QPainterPath, ...]
) -> QRectF:
    bounds = dens.boundingRect()
    for vertebra in vertebrae.values():
        bounds |= vertebra.body.boundingRect() | vertebra.arch.boundingRect()
    for segment in tail:
        bounds |= segment.boundingRect()
    return bounds


def _middle(a: QPointF, b: QPointF) -> QPointF:
    return _mix(a, b, 0.5)


def _mix(a: QPointF, b: QPointF, share: float) -> QPointF:
    return a + (b - a) * share


def _toward(start: QPointF, end: QPointF, distance: float) -> QPointF:
    """The point ``distance`` away from ``start`` in the direction of ``end``."""
    step = end - start
    length = math.hypot(step.x(), step.y())
    return start + step * (distance / length) if length else start
