# SPDX-License-Identifier: MIT
"""What the pane says of a case that was signed off: by whom, and what was amended."""

from __future__ import annotations

from collections.abc import Sequence

from models.history import Deed, Version
from ui.cases.detail_rows import TextPart
from ui.widgets.version_text import moment, tr


def lock_parts(versions: Sequence[Version], *, is_locked: bool) -> tuple[TextPart, ...]:
    """The parts of the pane about it; none of a case that never was signed off."""
    parts: list[TextPart] = []
    signed = [version for version in versions if version.deed is Deed.SIGNED_OFF]
    if is_locked and signed:
        said = tr("By {user}, {when}. What was recorded changes only by an amendment.")
        last = signed[-1]
        told = said.format(user=last.user, when=moment(last.at))
        parts.append(TextPart(tr("Signed off"), (told,)))
    amended = [version for version in versions if version.deed is Deed.AMENDED]
    if amended:
        parts.append(TextPart(tr("Amendments"), tuple(map(_line, amended))))
    return tuple(parts)


def _line(version: Version) -> str:
    fields = ", ".join(dict.fromkeys(line.label for line in version.lines))
    return f"{moment(version.at)} · {version.user} · {fields}: {version.reason}"
