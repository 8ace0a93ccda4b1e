# SPDX-License-Identifier: MIT
"""One entry of the audit in full, as lines of text that can be read, chosen and copied."""

from __future__ import annotations

from models.history.places import field_at
from models.speech import lowered
from models.trail import Changed, Told, local_time, utc_time
from ui.audit.model import tr

_NOTHING = "–"


def in_full(told: Told) -> str:
    """Everything that the entry says."""
    about = f" · {told.about}" if told.about else ""
    version = tr(" · version {n}").format(n=told.version) if told.version else ""
    lines = [
        tr("Entry {n} · {deed}").format(n=told.number, deed=told.deed) + about + version,
        tr("{local} here, {utc}, by {user}").format(
            local=local_time(told), utc=utc_time(told), user=told.user
        ),
    ]
    if told.reason:
        lines.append(tr("Reason: {reason}").format(reason=told.reason))
    if told.changes:
        lines.append("")
    lines += map(_line, told.changes)
    return "\n".join(lines)


def _line(one: Changed) -> str:
    if one.is_whole_row:
        return f"{one.place}, {lowered(one.label)}: {one.before or one.after}"
    before, after = one.before or _NOTHING, one.after or _NOTHING
    return f"{field_at(one.place, one.label)}: {before} → {after}"
