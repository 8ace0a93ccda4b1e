# SPDX-License-Identifier: MIT
"""Where the audit trail of a logbook is broken, as its backups tell it.

A backup of such a logbook is a true copy and worth having: without it, no case that is entered
from then on would be in any. It proves nothing about the audit, so it says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.small_files import count_of, moment_of
from models.speech import say

if TYPE_CHECKING:
    from models.audit import Broken, Fault


@dataclass(frozen=True, slots=True)
class Breaks:
    """The places where the audit is not what the program wrote.

    Attributes:
        fault: what is wrong at the first of them.
        entry: the number of the first entry that it is about.
        n: how many places there are.
        since: when a backup first told of it, in UTC; it may have come about earlier.
    """

    fault: Fault
    entry: int
    n: int
    since: datetime

    def found_since(self, since: datetime) -> Breaks:
        """The same, found at another time."""
        return replace(self, since=since)

    def shown(self) -> str:
        """In a few words, for a list."""
        return say(
            "true copy; audit trail broken at entry {entry:,} since {since:%Y-%m-%d}",
            entry=self.entry,
            since=self.since.astimezone(),
        )

    def as_json(self) -> dict[str, object]:
        """What the document beside the copy says, and the command line."""
        return {
            "fault": self.fault.name.lower(),
            "first_entry": self.entry,
            "places": self.n,
            "since": self.since.isoformat(),
        }

    @classmethod
    def of_json(cls, said: Mapping[str, Any] | None) -> Breaks | None:
        """What a document says; None where it tells of none.

        Raises:
            ValueError, KeyError, TypeError, AttributeError: it is none that was written so.
        """
        if said is None:
            return None
        # A list of backups is read by commands that open no database.
        from models.audit import Fault

        fault = Fault[str(said["fault"]).upper()]
        entry, n = count_of(said["first_entry"]), count_of(said["places"])
        return cls(fault, entry, n, moment_of(said["since"]))


def breaks_of(found: Sequence[Broken], since: datetime) -> Breaks | None:
    """What a backup tells of these places; None where there are none."""
    return Breaks(found[0].fault, found[0].first, len(found), since) if found else None
