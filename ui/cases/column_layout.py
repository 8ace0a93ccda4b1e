# SPDX-License-Identifier: MIT
"""Which columns the user wants to see, in which order and how wide: kept by the names of columns.

So it outlasts a version that knows other columns: what it does not know any more is left out, and
what is new stands where it usually does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, replace
from math import isfinite
from types import MappingProxyType
from typing import Self

from models.quick import dataclass
from ui.cases.columns import Key

ALWAYS = Key.PATIENT
"""The column that cannot be put away, for without it nobody knows whose case a row is."""

NARROWEST, WIDEST = 32, 800
"""How narrow and how wide a column can be made, at scale 1."""

_USUALLY_AWAY = frozenset({Key.DIAGNOSIS, Key.OPERATOR})
_NO_WIDTHS: Mapping[Key, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """What the user chose of the columns.

    Attributes:
        order: all columns from left to right, also those that are put away.
        away: those that are not in sight; never ``ALWAYS``.
        widths: in pixels at scale 1, of the columns that have a width of their own; the others
            share what room there is.
    """

    order: tuple[Key, ...] = tuple(Key)
    away: frozenset[Key] = _USUALLY_AWAY
    widths: Mapping[Key, int] = field(default_factory=lambda: _NO_WIDTHS, hash=False)

    @property
    def in_sight(self) -> tuple[Key, ...]:
        """The columns that are shown, from left to right."""
        return tuple(key for key in self.order if key not in self.away)

    def with_shown(self, key: Key, *, shown: bool) -> Self:
        """The same with a column shown or put away."""
        away = self.away - {key} if shown else (self.away | {key}) - {ALWAYS}
        return replace(self, away=away)

    def moved(self, key: Key, place: int) -> Self:
        """The same with a column at a place in the order, as near as there is one."""
        others = [other for other in self.order if other is not key]
        others.insert(max(0, place), key)
        return replace(self, order=tuple(others))

    def with_width(self, key: Key, width: int | None) -> Self:
        """The same with a width for a column; None lets it share the room again."""
        widths = {other: kept for other, kept in self.widths.items() if other is not key}
        if width is not None:
            widths[key] = min(max(width, NARROWEST), WIDEST)
        return replace(self, widths=MappingProxyType(widths))

    def written(self) -> str:
        """The layout as a text, for ``read``."""
        return json.dumps(
            {"order": list(self.order), "away": sorted(self.away), "widths": dict(self.widths)}
        )

    @classmethod
    def read(cls, text: str) -> Self:
        """The layout of a text; what cannot be used of it is as it usually is."""
        try:
            told = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(told, dict):
            return cls()
        order = _keys(told.get("order"))
        new = [key for key in Key if key not in order]
        away = {key for key in _keys(told.get("away")) if key is not ALWAYS}
        away |= {key for key in new if key in _USUALLY_AWAY}
        for key in new:
            order.insert(_usual_place(key, order), key)
        made = cls(tuple(order), frozenset(away))
        for key, width in _widths(told.get("widths")):
            made = made.with_width(key, width)
        return made


def _keys(told: object) -> list[Key]:
    known = {key.value: key for key in Key}
    names = [name for name in told if isinstance(name, str)] if isinstance(told, list) else []
    return list(dict.fromkeys(known[name] for name in names if name in known))


def _usual_place(key: Key, order: list[Key]) -> int:
    """Behind the nearest of the columns that usually stand before it."""
    usual = list(Key)
    before = [order.index(other) for other in usual[: usual.index(key)] if other in order]
    return before[-1] + 1 if before else 0


def _widths(told: object) -> list[tuple[Key, int]]:
    known = {key.value: key for key in Key}
    pairs = told.items() if isinstance(told, dict) else ()
    return [
        (known[name], int(width))
        for name, width in pairs
        if name in known and isinstance(width, int | float) and isfinite(width)
    ]
