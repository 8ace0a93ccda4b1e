# SPDX-License-Identifier: MIT
"""The form of a logbook's tables: which migrations they went through, and the way to the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import peewee

from models import audit
from models.audit import Action, Event, Subject
from models.engines import search, sqlite
from models.errors import NewerLogbook
from models.own_notes import keep_note
from models.presence import refuse_company
from models.schema import ALL_TABLES

MIGRATIONS = Path(__file__).parent / "migrations"
DERIVED_FOR = "derived.for"
"""The note that says for which form of the tables the derived values hold; see ``catchup``."""


class Formed(Protocol):
    """What of a logbook matters here."""

    folder: Path
    database: peewee.SqliteDatabase
    user: str

    @property
    def file(self) -> Path:
        """The database file."""

    def passphrase_of(self, file: Path) -> str:
        """What opens a database of the logbook; "" for one in plain."""


def applied(logbook: Formed) -> set[str]:
    """The migrations that its tables went through.

    Raises:
        NewerLogbook: this program does not know all of them.
    """
    if "schema_migration" not in logbook.database.get_tables():
        return set()
    done = {row[0] for row in logbook.database.execute_sql("SELECT name FROM schema_migration")}
    if unknown := sorted(done - _known()):
        raise NewerLogbook(
            f"{logbook.folder} was written by a newer Kypholog ({unknown[-1]}).",
            "Update the program on this machine; the logbook was not changed.",
        )
    return done


def bring_up_to_date(logbook: Formed, *, keeps: bool = True) -> None:
    """Give its tables the form that this program works with, all of it or nothing.

    What holds something is copied before, unless ``keeps`` is False.

    Raises:
        NewerLogbook: a later version of the program wrote it. Nothing is changed.
        LogbookBusy: somebody works with it in the old form.
        LogbookDamaged: tables lack what every logbook has.
    """
    known, done = _known(), applied(logbook)
    if done != known:
        if done and keeps:
            refuse_company(logbook.folder, lambda: applied(logbook) == known)
        _migrate(logbook, _kept_before(logbook) if done and keeps else "")
    _refuse_gaps(logbook)
    search.ensure(logbook.database)
    if not done:
        with logbook.database.atomic():
            keep_note(logbook.database, DERIVED_FOR, max(known))


def _known() -> set[str]:
    return {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}


def _kept_before(logbook: Formed) -> str:
    """Make a proven copy of what is there, before anything is changed; what the audit says."""
    from models.copies.kept import Reason
    from models.copies.writing import Source, write_copy

    passphrase = logbook.passphrase_of(logbook.file)
    source = Source(logbook.folder, logbook.database, logbook.user, passphrase)
    return write_copy(source, Reason.MIGRATION).told()


def _migrate(logbook: Formed, kept: str) -> None:
    """Run the migrations that are due, unless another program has meanwhile."""
    from playhouse.migrate import SqliteMigrator
    from playhouse.migrations import run

    # The outer one, so that the tables are never between two forms.
    with SqliteMigrator(logbook.database).migration_context():
        run(logbook.database, str(MIGRATIONS))
        if kept:
            event = Event(logbook.user, Action.BACKUP, Subject.LOGBOOK, reason=kept)
            audit.append(logbook.database, [event])


def _refuse_gaps(logbook: Formed) -> None:
    """Another program may have taken away what every question relies on."""
    found = sqlite.columns(logbook.database)
    for table in ALL_TABLES:
        name = table._meta.table_name
        if name not in found:
            raise sqlite.lacking(logbook.file, f"table {name}")
        if gone := {field.column_name for field in table._meta.sorted_fields} - found[name]:
            raise sqlite.lacking(logbook.file, f"column {min(gone)} in the table {name}")
