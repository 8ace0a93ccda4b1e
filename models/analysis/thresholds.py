# SPDX-License-Identifier: MIT
"""What counts as improved and as acceptable: settings of the logbook, printed with every table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Self

from models.errors import LogbookError
from models.numbers import show_number
from models.settings import THRESHOLDS, LogbookSettings, change_setting, read_settings
from models.speech import say

if TYPE_CHECKING:
    from models.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Limit:
    """How one threshold is named and what it may be.

    Attributes:
        name: of the field of ``Thresholds``.
        label: a few words.
        unit: what stands behind the number.
        low: the least that it can be.
        high: the most that it can be.
        source: where the standard value comes from.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    source: str


LIMITS = (
    Limit(
        "points", say("Pain, relief"), say("points of 10"), 0.1, 10, say("Farrar 2001, Ostelo 2008")
    ),
    Limit(
        "moderate",
        say("Pain, moderate relief"),
        "%",
        1,
        100,
        say("Farrar 2001; IMMPACT, Dworkin 2008"),
    ),
    Limit(
        "substantial", say("Pain, substantial relief"), "%", 1, 100, say("IMMPACT, Dworkin 2008")
    ),
    Limit(
        "acceptable",
        say("Pain, acceptable at most"),
        say("of 10"),
        0,
        10,
        say("Mannion 2020, Fekete 2013"),
    ),
    Limit("odi_points", say("ODI, improvement"), say("points of 100"), 1, 100, say("Ostelo 2008")),
    Limit(
        "odi_acceptable", say("ODI, acceptable at most"), say("of 100"), 0, 100, say("Mannion 2020")
    ),
    Limit("rmdq_points", say("RMDQ, improvement"), say("points of 24"), 1, 24, say("Ostelo 2008")),
    Limit(
        "rmdq_acceptable", say("RMDQ, recovered at most"), say("of 24"), 0, 24, say("Kamper 2010")
    ),
)
"""All of them, in the order in which they are asked for and printed."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as improved.

    Attributes:
        points: relief of pain in points of a scale of 0 to 10; ten times as many on 0 to 100.
        moderate: relief in percent of the score before; it holds for ODI and RMDQ as well.
        substantial: the same, for the stricter criterion.
        acceptable: highest acceptable score of pain after, on a scale of 0 to 10.
        odi_points: fall of the ODI in points.
        odi_acceptable: highest acceptable ODI after.
        rmdq_points: fall of the RMDQ in points.
        rmdq_acceptable: highest RMDQ after of who counts as recovered.
    """

    points: float = 2.0
    moderate: int = 30
    substantial: int = 50
    acceptable: float = 3.0
    odi_points: float = 10.0
    odi_acceptable: float = 18.0
    rmdq_points: float = 5.0
    rmdq_acceptable: float = 2.0

    @classmethod
    def read(cls, text: str) -> Self:
        """The thresholds that ``text`` holds as JSON; what it lacks, or cannot be, is standard."""
        try:
            told = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(told, dict):
            return cls()
        stated = {limit.name: told.get(limit.name) for limit in LIMITS}
        found = cls.of(
            {
                name: value
                for name, value in stated.items()
                if isinstance(value, int | float) and _problem(name, value) is None
            }
        )
        return found if found.problem() is None else cls()

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Self:
        """The thresholds of these values by name; those that are not among them are standard."""
        standard = asdict(cls())
        return cls(**{**standard, **{name: _whole(name, one) for name, one in values.items()}})

    def as_text(self) -> str:
        """The thresholds as JSON; "" for the standard ones."""
        return "" if self == Thresholds() else json.dumps(asdict(self))

    def problem(self) -> str | None:
        """What is wrong with them, in a sentence; None if nothing is."""
        for field in fields(self):
            if (wrong := _problem(field.name, getattr(self, field.name))) is not None:
                return wrong
        if self.substantial < self.moderate:
            return say("Substantial relief cannot be less than moderate relief.")
        return None

    def in_words(self) -> str:
        """As they are printed, those of pain and function."""
        said = (
            f"{limit.label} {show_number(getattr(self, limit.name))} {limit.unit}"
            for limit in LIMITS
        )
        return "; ".join(said)


def thresholds_of(settings: LogbookSettings) -> Thresholds:
    """The thresholds among the settings of a logbook."""
    return Thresholds.read(settings.get(THRESHOLDS))


def stored_thresholds(logbook: Logbook) -> Thresholds:
    """The thresholds of the logbook: one statement."""
    return thresholds_of(read_settings(logbook))


def change_thresholds(logbook: Logbook, thresholds: Thresholds) -> LogbookSettings:
    """Store other thresholds, for everybody who opens the logbook; all settings as they are then.

    Raises:
        LogbookError: one of them cannot be.
    """
    if (wrong := thresholds.problem()) is not None:
        raise LogbookError(wrong, say("Choose another one."))
    return change_setting(logbook, THRESHOLDS, thresholds.as_text())


def _problem(name: str, value: float) -> str | None:
    limit = next(limit for limit in LIMITS if limit.name == name)
    if limit.low <= value <= limit.high:
        return None
    low, high = show_number(limit.low), show_number(limit.high)
    return say(
        "{limit}: {value} is not within {low} to {high}.",
        limit=limit.label,
        value=show_number(value),
        low=low,
        high=high,
    )


def _whole(name: str, value: float) -> float | int:
    return round(value) if name in ("moderate", "substantial") else float(value)
