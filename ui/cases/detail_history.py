# SPDX-License-Identifier: MIT
"""The last changes of a case, for the pane beside the list. Worked out off the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.history import Version
from models.history.wording import ADDED, REMOVED
from models.speech import begun_small
from ui.widgets.version_text import WHOLE, deed, moment, tr

_MOST = 3
_MOST_FIELDS = 3


@dataclass(frozen=True, slots=True)
class Recent:
    """One of the last changes: when and by whom, and what it was."""

    when: str
    what: str


def recent_of(versions: Sequence[Version]) -> tuple[Recent, ...]:
    """The last changes of a case, the newest first, of its versions."""
    last = versions[: -_MOST - 1 : -1]
    return tuple(Recent(f"{moment(v.at)} · {v.user}", _what(v)) for v in last)


def _what(version: Version) -> str:
    said = deed(version)
    if version.deed in WHOLE:
        return said
    fields = list(dict.fromkeys(_field(line.place, line.label) for line in version.lines))
    named, others = fields[:_MOST_FIELDS], len(fields) - _MOST_FIELDS
    told = ", ".join(named)
    if others > 0:
        told = tr("{named} and {n} more").format(named=told, n=others)
    return f"{said}: {told}"


def _field(place: str, label: str) -> str:
    return f"{place} {begun_small(label)}" if label in (ADDED, REMOVED) else label
