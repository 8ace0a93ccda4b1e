# SPDX-License-Identifier: MIT
"""Copies a whole logbook into a new one, from a folder to a server or back, and proves the copy.

Every row of every table goes along as it is, the audit with its chain too, so ids, versions and
hashes stay what they were.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import peewee

from models.access import Right
from models.engines import search
from models.engines.engine import AT_ONCE, FEW_AT_ONCE, Engine
from models.errors import CannotWrite, LogbookError
from models.logbook import Logbook
from models.own_notes import drop_note
from models.schema import ALL_TABLES, AuditEntry, CaseFoundBy, ImageContent, Patient, Setting
from models.settings import STORE_IDENTITY, is_on
from models.speech import say
from models.tags.found_by import FoundBy

Progress = Callable[[int, int], None]
"""Told how many rows of how many are there."""

Cell = str | int | float | bytes | None


class CopyDiffers(LogbookError):
    """The copy is not what the logbook is; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that is the same on both sides.

    Attributes:
        rows: how many it has.
        sha256: the hash of all of them in the order of their keys.
    """

    table: str
    rows: int
    sha256: str


def copy_logbook(
    source: Logbook, target: Logbook, progress: Progress | None = None
) -> list[Copied]:
    """Copy everything in ``source`` into the new, empty ``target``: all of it or nothing.

    Returns:
        What was proven to be the same, table by table.

    Raises:
        CannotWrite: ``target`` holds something already.
        CopyDiffers: what arrived is not what was sent.
        LogbookError: one of the two cannot be read or written.
    """
    with (
        source.session(),
        source.database.atomic("DEFERRED"),
        target.transaction(Right.ADMINISTER),
    ):
        _refuse_used(target)
        total = sum(table.select().count(source.database) for table in ALL_TABLES)
        done = 0
        for table in ALL_TABLES:
            for rows in _chunks(source.database, table):
                target.database.write_many(_insert(table), rows)
                done += len(rows)
                if progress is not None:
                    progress(done, total)
        _make_findable(target.database)
        return [_compared(table, source.database, target.database) for table in ALL_TABLES]


def _refuse_used(target: Logbook) -> None:
    database = target.database
    if any(table.select().exists(database) for table in (Patient, AuditEntry)):
        raise CannotWrite(
            say("{place} holds something already.", place=target.place), say("Name a new place.")
        )
    for (name,) in Setting.select(Setting.name).tuples().execute(database):
        drop_note(database, name)


def _chunks(database: Engine, table: type[peewee.Model]) -> Iterator[list[tuple[Cell, ...]]]:
    """The rows of a table as they are stored, in the order of their keys."""
    names = ", ".join(f'"{field.column_name}"' for field in table._meta.sorted_fields)
    key = str(getattr(table._meta.primary_key, "column_name", ""))
    at_once = FEW_AT_ONCE if table is ImageContent else AT_ONCE
    sql = f'SELECT {names} FROM "{table._meta.table_name}" ORDER BY "{key}"'
    rows = database.stream(sql, at_once=at_once)
    while chunk := list(islice(rows, at_once)):
        yield chunk


def _insert(table: type[peewee.Model]) -> str:
    fields = table._meta.sorted_fields
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    marks = ", ".join("?" * len(fields))
    return f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({marks})'


def _make_findable(database: Engine) -> None:
    """The index belongs to the engine; what it is made of came along."""
    columns = ", ".join(("number", *FoundBy._fields))
    # All of it at once would be a kilobyte a case.
    rows = database.stream(f"SELECT {columns} FROM {CaseFoundBy._meta.table_name}")
    while chunk := list(islice(rows, AT_ONCE)):
        search.index_many(database, [(row[0], FoundBy(*row[1:])) for row in chunk])
    search.name_all(database, wanted=is_on(database, STORE_IDENTITY))


def _compared(table: type[peewee.Model], source: Engine, target: Engine) -> Copied:
    """The table, if it is the same on both sides.

    Raises:
        CopyDiffers: it is not.
    """
    sent, arrived = _proof(source, table), _proof(target, table)
    if sent != arrived:
        raise CopyDiffers(
            say(
                "The table {table} did not arrive as it was sent: {rows:,} rows there, "
                "{rows2:,} here.",
                table=sent.table,
                rows=sent.rows,
                rows2=arrived.rows,
            ),
            say("Nothing was kept. Run verify on the logbook that was copied."),
        )
    return sent


def _proof(database: Engine, table: type[peewee.Model]) -> Copied:
    digest, rows = hashlib.sha256(), 0
    for chunk in _chunks(database, table):
        rows += len(chunk)
        for row in chunk:
            digest.update(json.dumps(row, default=_hex, ensure_ascii=False).encode())
    return Copied(str(table._meta.table_name), rows, digest.hexdigest())


def _hex(content: bytes | memoryview) -> str:
    return bytes(content).hex()
