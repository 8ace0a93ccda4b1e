# SPDX-License-Identifier: MIT
"""The statements of saving in bulk: rows, list lines, search index and audit entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from operator import itemgetter
from typing import NamedTuple

import peewee

from models import audit, caserow
from models.audit import FIRST_PREVIOUS, Action, Subject
from models.bulk.lines import LINE, NULL
from models.bulk.table import FIRST_VERSION, NOTHING, Cell, Table, to_json
from models.engines import search
from models.engines.engine import Engine
from models.fields import Stamp
from models.schema import AuditEntry, CaseRow
from models.settings import STORE_IDENTITY, is_on
from models.tags.found_by import FoundBy

_OR_NULL = f"nullif(?, char({ord(NULL)}))"

Entry = tuple[Subject, str, str, str]
"""An audit entry to be: subject, its id, the changes as JSON, the hash of the content."""


class Saved(NamedTuple):
    """A save as the audit is to tell of it: the changes as JSON, the hash of what is there now."""

    action: Action
    subject: Subject
    subject_id: str
    version: int
    changes: str
    content_hash: str


_Save = tuple[Action, Subject, str, int, str, str]
"""The same without names, of which very many are made faster."""


def holds_any(database: Engine, field: peewee.Field, values: Collection[str]) -> bool:
    """Whether some row has one of ``values`` in ``field``."""
    if not values:
        return False
    marks = ", ".join("?" * len(values))
    table, column = field.model._meta.table_name, field.column_name
    sql = f'SELECT 1 FROM "{table}" WHERE "{column}" IN ({marks}) LIMIT 1'
    return database.execute_sql(sql, list(values)).fetchone() is not None


def write_rows(database: Engine, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
    """Insert rows of one table: of the many columns that it has, those that hold something."""
    held = [place for place, cells in enumerate(zip(*rows, strict=True)) if {*cells} != {NOTHING}]
    database.write_many(table.insert(held), map(itemgetter(*held), rows))


def write_lines(
    database: Engine,
    lines: Sequence[Sequence[Cell]],
    found_by: Sequence[FoundBy],
    *,
    found_later: bool = False,
) -> None:
    """Add the lines of the case list, as ``line_cells`` has them, and what each is found by.

    Where they are ``found_later``, ``search.index_since`` is still to be called.
    """
    first = caserow.last_number(database) + 1
    columns = list(zip(*lines, strict=True))
    empty = [cells.count(NULL) for cells in columns]
    held = [place for place, count in enumerate(empty) if count < len(lines)]
    gaps = frozenset(LINE[place] for place in held if empty[place])
    insert = _insert(CaseRow, ("number", *[LINE[place] for place in held]), gaps)
    numbers = range(first, first + len(lines))
    database.write_many(insert, zip(numbers, *[columns[place] for place in held], strict=True))
    index = search.index_later if found_later else search.index_many
    index(database, list(enumerate(found_by, first)))
    if is_on(database, STORE_IDENTITY):
        search.name_since(database, first)


def write_audit(database: Engine, user: str, reason: str, entries: Sequence[Entry]) -> None:
    """Add the audit entries of what is saved for the first time, from texts that are ready."""
    saves = (
        (Action.CREATE, subject, of, FIRST_VERSION, changes, content)
        for subject, of, changes, content in entries
    )
    write_saves(database, user, reason, saves)


def write_saves(database: Engine, user: str, reason: str, saves: Iterable[_Save]) -> None:
    """Add audit entries, as ``audit.append`` writes them."""
    rows = _chained(database, user, reason, saves)
    names = tuple(AuditEntry._meta.sorted_field_names)
    database.write_many(_insert(AuditEntry, names, frozenset()), rows)
    audit.note_last(database)


def _chained(
    database: Engine, user: str, reason: str, saves: Iterable[_Save]
) -> Iterator[tuple[Cell, ...]]:
    at = Stamp().db_value(datetime.now(UTC))
    number, previous = audit.last_entry(database) or (0, FIRST_PREVIOUS)
    before, because = f",{to_json(at)},{to_json(user)},", f",{to_json(reason)},"
    for action, subject, of, version, changes, content in saves:
        number += 1
        # What ``value`` asks for; there are hundreds of thousands of entries.
        what, about = action._value_, subject._value_
        # The JSON of all these in a list, as ``audit.append`` hashes it; texts are most of it.
        text = (
            f'[{number}{before}"{what}","{about}",{encode_basestring(of)},{version},'
            f'{encode_basestring(changes)}{because}"{content}","{previous}"]'
        )
        before_it, previous = previous, sha256(text.encode()).hexdigest()
        yield (
            number,
            at,
            user,
            what,
            about,
            of,
            version,
            changes,
            reason,
            content,
            before_it,
            previous,
        )


@lru_cache(1024)
def _insert(table: type[peewee.Model], columns: tuple[str, ...], gaps: frozenset[str]) -> str:
    """The statement that writes these columns; in those of ``gaps`` something stands for NULL."""
    names = ", ".join(f'"{table._meta.fields[name].column_name}"' for name in columns)
    marks = ", ".join(_OR_NULL if name in gaps else "?" for name in columns)
    return f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({marks})'
