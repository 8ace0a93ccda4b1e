# SPDX-License-Identifier: MIT
"""What one look at the open logbook finds: what others wrote, who is here, who is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models.access.keyfile import KEYS
from models.errors import LogbookError
from models.logbook import Logbook
from models.news import News, read_news
from models.presence import Visitor, refuse_elsewhere
from models.quick import dataclass

WAITS_S = 1.0
"""Who waits longer than that for the writer's lock is told for whom."""

Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What one look found.

    Attributes:
        stamp: when the files were written; () where the logbook has none.
        news: None where nothing was written at all.
        others: who else has the logbook open.
        waits, holder: whether the writer's lock is waited for, and who has it.
        danger: another computer has it open that must not.
    """

    stamp: Stamp
    news: News | None
    others: Sequence[Visitor]
    waits: bool = False
    holder: Visitor | None = None
    danger: LogbookError | None = None


def look_at_files(
    logbook: Logbook, after: int, stamp: Stamp, *, must_read: bool, beats: bool
) -> Found:
    """Look at the files of a logbook, and into it where they were written since ``stamp``."""
    present = logbook.present
    # Taken before anything is read: what is written meanwhile is seen the next time.
    now = _stamp_of(logbook.file)
    if now[-1:] != stamp[-1:]:
        logbook.door.look_around()
    news = read_news(logbook, after) if must_read or now != stamp else None
    if present is None:
        return Found(now, news, ())
    if beats:
        present.beat()
    found = Found(now, news, present.others())
    if logbook.turns.waited_s() > WAITS_S:
        found = replace(found, waits=True, holder=logbook.holder())
    try:
        refuse_elsewhere(logbook.folder, present)
    except LogbookError as error:
        found = replace(found, danger=error)
    return found


def look_at_server(
    logbook: Logbook, after: int | None, others: Sequence[Visitor], *, waits: bool
) -> Found:
    """Look at a logbook on a server: for news after this entry, and at what the account may do.

    Whether there is news, and who the ``others`` are, was told by the server before.
    """
    with logbook.session():
        logbook.door.look_around()
        news = read_news(logbook, after) if after is not None else None
        holder = logbook.holder() if waits else None
    return Found((), news, others, waits, holder)


def _stamp_of(file: Path) -> Stamp:
    """When the database, its journal and its keys were written last, and how long they are."""
    stamps = []
    for path in (file, file.with_name(f"{file.name}-wal"), file.with_name(KEYS)):
        try:
            status = path.stat()
        except OSError:
            stamps.append((0, 0))
        else:
            stamps.append((status.st_mtime_ns, status.st_size))
    return tuple(stamps)
