# SPDX-License-Identifier: MIT
"""What can be marked on a level of the drawn spine, in words, and the shapes that show it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from models.schema import TreatedLevel
from models.speech import lowered, say
from models.vocabulary import LeakLocation, Level
from ui.widgets.spine_arches import smooth_outline
from ui.widgets.spine_geometry import WEDGE_LOSS, Vertebra

CEMENT_SCALES = 0.5, 1.2
"""The smallest and the largest drop of cement, beside one of a usual volume."""

LEAST_DIAMOND = 4.2  # pixels

_DROP_OF_MUCH = 1.15
_KEPT = 256  # outlines, which take longer to work out than to paint


@dataclass(frozen=True, slots=True)
class LevelMark:
    """What is shown at one level. An empty mark shows nothing.

    Attributes:
        treated: treated in this procedure: blue outline and blue cement.
        selected: the level that the form beside the spine is about.
        earlier: cement from an earlier procedure: gray-blue with a broken edge.
        fracture: what is treated is a fracture: drawn as a wedge.
        old_fracture: broken before, as an earlier case says.
        new_fracture: broke after this procedure or an earlier one, as an adverse event says.
        leaks: where cement went, each drawn where it went.
        symptomatic: those of the leaks that gave symptoms.
        earlier_leaks: where cement of an earlier procedure went.
        between: untreated between two cemented levels.
        cement_ml, earlier_ml: volumes, which the drops of cement hint at; None for not known.
        heat: 0 to 1, for maps; None for no color at all.
        warning: why somebody should look at this level, as a sentence; "" for no warning.
        note: further words for the tool tip, such as the volume.
        history: what was done earlier, a line each.
    """

    treated: bool = False
    selected: bool = False
    earlier: bool = False
    fracture: bool = False
    old_fracture: bool = False
    new_fracture: bool = False
    leaks: tuple[LeakLocation, ...] = ()
    symptomatic: tuple[LeakLocation, ...] = ()
    earlier_leaks: tuple[LeakLocation, ...] = ()
    between: bool = False
    cement_ml: float | None = None
    earlier_ml: float | None = None
    heat: float | None = None
    warning: str = ""
    note: str = ""
    history: tuple[str, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether it is drawn as a wedge."""
        return self.fracture or self.old_fracture or self.new_fracture

    def words(self) -> str:
        """The mark as people would say it; "" if there is nothing to say."""
        return ", ".join(self.lines())

    def lines(self) -> list[str]:
        """The same as lines: what is there now, what was done earlier, and the warning."""
        now = ", ".join(filter(None, (*self._said(), self.note)))
        return [line for line in (now, *self.history, self.warning) if line]

    def _said(self) -> Iterator[str]:
        for word, holds in (
            ("treated", self.treated),
            (say("cemented earlier"), self.earlier and not self.history),
            ("fracture", self.fracture),
            (say("fractured earlier"), self.old_fracture and not self.history),
            (say("new fracture"), self.new_fracture),
        ):
            if holds:
                yield word
        for location in self.leaks:
            felt = say(", symptomatic") if location in self.symptomatic else ""
            yield say("leak: {location}{felt}", location=lowered(location.label), felt=felt)


NO_MARK = LevelMark()


def describe_marks(marks: Mapping[Level, LevelMark]) -> str:
    """All marks in one sentence, head to tail, for those who hear the spine and do not see it."""
    said = [f"{level.label} {words}" for level in Level if (words := _words(marks, level))]
    return say("Spine: {said}.", said="; ".join(said)) if said else say("Spine: nothing marked.")


def tip_of(level: Level, mark: LevelMark) -> str:
    """A level and what is marked there, for a tool tip: a line for each thing."""
    first, *others = mark.lines() or [""]
    return "\n".join((f"{level.label}: {first}" if first else level.label, *others))


def fractured_levels(marks: Mapping[Level, LevelMark]) -> frozenset[Level]:
    """The levels to be drawn as wedges."""
    return frozenset(level for level, mark in marks.items() if mark.is_broken)


def variants_in(levels: Iterable[Level]) -> frozenset[Level]:
    """The transitional levels among these, which must not be left out of the drawing."""
    return frozenset(level for level in levels if level.is_variant)


def cement_scale(level: Level, volume: float | None) -> float:
    """How large a drop of cement is drawn: its length follows the cube root of the volume.

    What is much at a level is the upper end of the usual range of its region; 1 where the volume
    is not known.
    """
    if volume is None:
        return 1.0
    smallest, largest = CEMENT_SCALES
    much = TreatedLevel.cement_ml.usual_by_region[level.region].high
    if much is None:
        return 1.0
    scale = float(_DROP_OF_MUCH * (max(volume, 0.0) / much) ** (1 / 3))
    return min(max(scale, smallest), largest)


@lru_cache(maxsize=_KEPT)
def cement_outline(vertebra: Vertebra, scale: float = 1.0) -> QPainterPath:
    """Cement inside the body: a rounded mass with the uneven edge it has between trabeculae."""
    size, level = vertebra.size, vertebra.level
    depth = (size.depth_top + size.depth_bottom) / 2
    loss = WEDGE_LOSS if vertebra.fractured else 0.0
    middle = QPointF(-0.03 * depth, size.height * loss * 0.32)
    turn = level.rank * 1.7
    points = []
    for index in range(14):
        angle = index * math.tau / 14
        uneven = 1 + 0.055 * math.sin(3 * angle + turn) + 0.04 * math.sin(5 * angle + 2 * turn)
        # Between an ellipse and a rectangle, as cement flattens against the endplates.
        corner = 1 / (abs(math.cos(angle)) ** 2.8 + abs(math.sin(angle)) ** 2.8) ** (1 / 2.8)
        across = 0.295 * scale * depth * uneven * corner * math.cos(angle)
        along = (0.285 - 0.2 * loss) * scale * size.height * uneven * corner * math.sin(angle)
        points.append(vertebra.frame.at(middle.x() + across, middle.y() + along))
    return smooth_outline(points)


@lru_cache(maxsize=_KEPT)
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


def diamond(vertebra: Vertebra, half: float) -> QPainterPath:
    """The mark of a new fracture, on the front of the body."""
    middle = vertebra.front + vertebra.forwards * half * 0.2
    path = QPainterPath(middle + QPointF(0.0, -half))
    for step in (QPointF(half, 0.0), QPointF(0.0, half), QPointF(-half, 0.0)):
        path.lineTo(middle + step)
    path.closeSubpath()
    return path


def _words(marks: Mapping[Level, LevelMark], level: Level) -> str:
    return marks.get(level, NO_MARK).words()
