# SPDX-License-Identifier: MIT
"""Shares the width of the page out among its columns. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from operator import is_

from models.followup.duelist import DueLine
from models.vocabulary import AnalgesicLevel
from ui.followup import words
from ui.followup.columns import COLUMNS, FOLDING, Folded, Key, cell_of
from ui.followup.painting import BOX_WIDTH, Lettering, acts, edges
from ui.theme import Theme

_ANALGESICS_WIDTH = 126
_ARROW = 56
"""What a box takes beside its words: edges, padding and the arrow."""

_CASE_LEAST = 172
_WIDEST = 230
_GAP = 6
_WHOLE = (Key.DUE, Key.VISIT)
"""Columns whose second line is not cut short either, because half a number is another one."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How wide the columns are that are shown, in pixels, and which of all are folded."""

    widths: dict[Key, int]
    folded: Folded


class Widths:
    """Knows what each column needs.

    Args:
        theme: for sizes.
        letters: for the widths of texts.
        heading_width: what a heading takes, in pixels, without padding.
    """

    def __init__(
        self, theme: Theme, letters: Lettering, heading_width: Callable[[Key], int]
    ) -> None:
        self._theme = theme
        self._letters = letters
        self._heading_width = heading_width
        self._analgesics = words.tr("Analgesics")
        self._sample: list[DueLine] = []
        self._known: dict[Folded, dict[Key, int]] = {}
        self._inners: dict[tuple[Key, Folded], float] = {}

    def share(self, room: int, sample: Sequence[DueLine]) -> Shared:
        """Share out so many pixels; where they are too few some columns fold into others."""
        self._look_at(sample)
        folded: set[Key] = set()
        widths = self._needed(frozenset(folded))
        for key in FOLDING:
            if sum(widths.values()) <= room:
                break
            folded.add(key)
            widths = self._needed(frozenset(folded))
        widths = dict(widths)
        stretched = Key.PATIENT if Key.CASE in folded else Key.CASE
        widths[stretched] += max(0, room - sum(widths.values()))
        return Shared(widths, frozenset(folded))

    def forget(self) -> None:
        """Measure anew: letters have another size."""
        self._known.clear()
        self._inners.clear()

    def _look_at(self, sample: Sequence[DueLine]) -> None:
        """Measure anew where there are other lines; a line itself never changes.

        Whenever the page gets another size its width is shared out again, often twice.
        """
        is_same = len(sample) == len(self._sample) and all(map(is_, sample, self._sample))
        if not is_same:
            self._sample = list(sample)
            self.forget()

    def _needed(self, folded: Folded) -> dict[Key, int]:
        """What the columns need that are not folded."""
        if folded not in self._known:
            self._known[folded] = dict(self._measured(folded))
        return self._known[folded]

    def _measured(self, folded: Folded) -> Iterator[tuple[Key, int]]:
        for section, key in enumerate(COLUMNS):
            if key in folded and key is not Key.OTHERWISE:
                continue
            inner = self._inner_once(key, folded)
            if key not in folded:
                inner = max(inner, self._heading_width(key))
            yield key, ceil(inner) + sum(edges(self._theme, section))

    def _inner_once(self, key: Key, folded: Folded) -> float:
        """What a column needs without its edges.

        Only where its second line counts does it matter what that says of other columns.
        """
        matters = folded if key in _WHOLE else folded & {key}
        if (key, matters) not in self._inners:
            self._inners[key, matters] = self._inner(key, self._sample, folded)
        return self._inners[key, matters]

    def _inner(self, key: Key, sample: Sequence[DueLine], folded: Folded) -> float:
        px = self._theme.px
        match key:
            case Key.PAIN:
                ranges = [words.scale_range(line.scale, line.scale_max) for line in sample]
                metrics = self._letters.look()[1]
                widest = max((metrics.horizontalAdvance(text) for text in ranges), default=0.0)
                return px(BOX_WIDTH) + px(_GAP) + widest
            case Key.ANALGESICS:
                told = (self._analgesics, *(level.abbreviated for level in AnalgesicLevel))
                widest = max(map(self._letters.look()[1].horizontalAdvance, told))
                return max(px(_ANALGESICS_WIDTH), ceil(widest) + px(_ARROW))
            case Key.OTHERWISE:
                return self._letters.acts_width(acts(few=key in folded))
            case Key.CASE:
                return px(_CASE_LEAST)
            case _:
                whole = key in _WHOLE
                cells = [cell_of(key, line, folded) for line in sample]
                texts = [self._letters.cell_width(cell, whole=whole) for cell in cells]
                return min(max(texts, default=0.0), px(_WIDEST))
