# SPDX-License-Identifier: MIT
"""Sheets of paper: which size a country uses, and how a sheet lies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QLocale, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize

from models.speech import say

TWIPS = 20
"""Lengths on paper are counted in twentieths of a point, so that they are whole on any device."""

_MILLIMETER = 57
_T = QLocale.Country
_LETTER_LANDS = frozenset(
    {
        _T.UnitedStates,
        _T.Canada,
        _T.Mexico,
        _T.Philippines,
        _T.PuertoRico,
        _T.Belize,
        _T.Chile,
        _T.Colombia,
        _T.CostaRica,
        _T.ElSalvador,
        _T.Guatemala,
        _T.Nicaragua,
        _T.Panama,
        _T.Venezuela,
    }
)
"""As the Common Locale Data Repository has it; everywhere else it is A4."""


class SheetSize(Enum):
    """The sizes that clinics print on."""

    A4 = QPageSize.PageSizeId.A4
    LETTER = QPageSize.PageSizeId.Letter

    @property
    def label(self) -> str:
        """Its name, the same in every language."""
        return "A4" if self is SheetSize.A4 else say("Letter")

    @classmethod
    def usual(cls, locale: QLocale) -> SheetSize:
        """The size that is used where the user is."""
        return cls.LETTER if locale.territory() in _LETTER_LANDS else cls.A4


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet. Sizes in twips."""

    width: int
    height: int

    @classmethod
    def of(cls, size: SheetSize, *, is_landscape: bool) -> Paper:
        """A sheet of this size."""
        return cls.in_points(QPageSize(size.value).size(QPageSize.Unit.Point), is_landscape)

    @classmethod
    def on(cls, layout: QPageLayout) -> Paper:
        """The sheet that a printer is set to."""
        full = layout.fullRect(QPageLayout.Unit.Point)
        return cls(round(full.width() * TWIPS), round(full.height() * TWIPS))

    @classmethod
    def in_points(cls, size: QSizeF, is_landscape: bool) -> Paper:
        """A sheet that is ``size`` when it stands upright."""
        sides = round(size.width() * TWIPS), round(size.height() * TWIPS)
        return cls(*(reversed(sides) if is_landscape else sides))

    @property
    def is_landscape(self) -> bool:
        """Wider than high."""
        return self.width > self.height

    def is_like(self, other: Paper) -> bool:
        """Whether what was set for the one fits the other, to a millimeter."""
        return all(
            abs(one - two) <= _MILLIMETER
            for one, two in ((self.width, other.width), (self.height, other.height))
        )

    @property
    def layout(self) -> QPageLayout:
        """For a printer or a PDF file, without margins: those are part of what is set."""
        upright = sorted((self.width / TWIPS, self.height / TWIPS))
        size = QPageSize(QSizeF(*upright), QPageSize.Unit.Point)
        ways = QPageLayout.Orientation
        way = ways.Landscape if self.is_landscape else ways.Portrait
        return QPageLayout(size, way, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
