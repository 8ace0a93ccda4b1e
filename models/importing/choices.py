# SPDX-License-Identifier: MIT
"""Which conflicting cases of a file replace what the logbook holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for all of them, and for single ones. A case is named by its first row.

    Attributes:
        every: take what the file says, but for the ``others``.
        others: those for which it is the other way round.
    """

    every: bool = False
    others: frozenset[int] = frozenset()

    def takes(self, row: int) -> bool:
        """Whether the case whose first row this is takes what the file says."""
        return self.every is not (row in self.others)

    def having(self, rows: Iterable[int], *, take: bool) -> Self:
        """The same, with these cases chosen anew."""
        chosen = frozenset(rows)
        same = self.others - chosen
        return replace(self, others=same if take is self.every else same | chosen)


KEEP_ALL = Choices()
TAKE_ALL = Choices(every=True)


def of_all(take: bool | Choices) -> Choices:
    """One answer for all of them as choices."""
    if isinstance(take, Choices):
        return take
    return TAKE_ALL if take else KEEP_ALL
