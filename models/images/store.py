# SPDX-License-Identifier: MIT
"""The contents of images in the logbook: each once, kept as long as anything refers to it.

A content is stored as soon as a picture is handed in, before the case that it belongs to is
saved: so a draft can name it, and survives a crash with its pictures. Contents that nothing
refers to are noticed first and removed a day later, because somebody may still be entering the
case they are meant for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import peewee

from models.errors import LogbookError
from models.logbook import Logbook
from models.own_notes import drop_note, keep_note, read_note
from models.schema import AuditEntry, Draft, Image, ImageContent
from models.speech import say

if TYPE_CHECKING:
    # Loads numpy and Pillow, which opening a logbook does without.
    from models.images.reading import Read

GRACE = timedelta(days=1)
"""How long a content stays after it was first seen that nothing refers to it."""

_UNUSED = "images.unused"
_KEPT = say("in the audit")


def put(logbook: Logbook, read: Read) -> str:
    """Store a picture, unless the logbook has it; the name of its content, which is its SHA-256.

    Raises:
        CannotWrite, LogbookBusy: as their names say; nothing was stored.
    """
    content = read.picture.content
    sha256 = hashlib.sha256(content).hexdigest()
    with logbook.transaction():
        database = logbook.database
        known = ImageContent.select().where(ImageContent.sha256 == sha256)
        if not known.exists(database):
            ImageContent.insert(
                sha256=sha256,
                media_type=read.picture.media_type,
                content=content,
                thumbnail=read.thumbnail,
            ).execute(database)
        seen = _seen(database)
        if seen.pop(sha256, None) is not None:
            _remember(database, seen)
    return sha256


def content(logbook: Logbook, sha256: str) -> bytes:
    """The file of a stored image.

    Raises:
        LogbookError: the logbook does not have it.
    """
    with logbook.session():
        query = ImageContent.select(ImageContent.content).where(ImageContent.sha256 == sha256)
        found = next(iter(query.tuples().execute(logbook.database)), None)
    if found is None:
        raise LogbookError(
            say("The logbook does not hold this image any more."),
            say("Check the logbook, and restore the last backup if something is missing."),
        )
    return bytes(found[0])


def thumbnails(logbook: Logbook, names: Iterable[str]) -> dict[str, bytes]:
    """Small JPEG files of stored images, by the names of their contents, in one statement."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    with logbook.session():
        query = ImageContent.select(ImageContent.sha256, ImageContent.thumbnail)
        rows = query.where(ImageContent.sha256.in_(wanted)).tuples().execute(logbook.database)
        return {sha256: bytes(small) for sha256, small in rows if small is not None}


def sweep(logbook: Logbook, now: datetime | None = None) -> int:
    """Notice contents that nothing refers to, and remove those noticed a day ago; how many went.

    Cases, drafts and the audit refer to contents; what the audit names can be brought back.
    """
    at = now or datetime.now(UTC)
    with logbook.session():
        if _seen(logbook.database) == dict.fromkeys(_candidates(logbook.database), _KEPT):
            return 0
    with logbook.transaction():
        database = logbook.database
        before = _seen(database)
        after = {name: _state(database, name, before, at) for name in _candidates(database)}
        gone = [name for name, state in after.items() if _is_over(state, at)]
        if gone:
            ImageContent.delete().where(ImageContent.sha256.in_(gone)).execute(database)
        seen = {name: state for name, state in after.items() if state and name not in gone}
        if seen != before:
            _remember(database, seen)
    return len(gone)


def _candidates(database: peewee.Database) -> list[str]:
    """Contents that no image of a case uses."""
    used = Image.select(Image.content)
    query = ImageContent.select(ImageContent.sha256).where(ImageContent.sha256.not_in(used))
    return [str(name) for (name,) in query.tuples().execute(database)]


def _state(database: peewee.Database, sha256: str, before: dict[str, str], now: datetime) -> str:
    """Since when a content is unused, ``_KEPT``, or "" while a draft names it.

    What the audit names, it names for ever, so it is not searched for that again.
    """
    if before.get(sha256) == _KEPT:
        return _KEPT
    if Draft.select().where(Draft.content.contains(sha256)).exists(database):
        return ""
    if AuditEntry.select().where(AuditEntry.changes.contains(sha256)).exists(database):
        return _KEPT
    return before.get(sha256, now.isoformat())


def _is_over(since: str, now: datetime) -> bool:
    return since not in ("", _KEPT) and now - datetime.fromisoformat(since) >= GRACE


def _seen(database: peewee.Database) -> dict[str, str]:
    """Contents that no image uses, and since when that is known, or ``_KEPT``."""
    noted = read_note(database, _UNUSED)
    seen: dict[str, str] = json.loads(noted) if noted else {}
    return seen


def _remember(database: peewee.Database, seen: dict[str, str]) -> None:
    if seen:
        keep_note(database, _UNUSED, json.dumps(seen, sort_keys=True))
    else:
        drop_note(database, _UNUSED)
