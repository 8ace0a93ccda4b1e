# SPDX-License-Identifier: MIT
"""The form of a logbook's tables: which migrations they went through, and the way to the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from models import audit
from models.address import Address
from models.audit import Action, Event, Subject
from models.engines import search, sqlite_errors
from models.engines.engine import Engine
from models.errors import NewerLogbook
from models.own_notes import keep_note
from models.schema import ALL_TABLES
from models.speech import say

MIGRATIONS = Path(__file__).parent / "migrations"
DERIVED_FOR = "derived.for"
"""The note that says for which form of the tables the derived values hold; see ``catchup``."""


class Formed(Protocol):
    """What of a logbook matters here."""

    database: Engine
    user: str

    @property
    def where(self) -> Path | Address:
        """What sentences name: the database file, or the address of the server."""

    def keep_before(self) -> str:
        """Copy what it holds before its form is changed; what the audit says of the copy.

        Raises:
            LogbookBusy: somebody works with it in the old form.
        """


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
            say(
                "{where} was written by a newer Kypholog ({unknown}).",
                where=logbook.where,
                unknown=unknown[-1],
            ),
            say("Update the program on this machine; the logbook was not changed."),
        )
    return done


def is_newest(logbook: Formed) -> bool:
    """Whether there is nothing to bring up to date."""
    return applied(logbook) == _known()


def bring_up_to_date(logbook: Formed, *, keeps: bool = True) -> None:
    """Give its tables the form that this program works with, all of it or nothing.

    What holds something is copied before, unless ``keeps`` is False or a server holds it.

    Raises:
        NewerLogbook: a later version of the program wrote it. Nothing is changed.
        LogbookBusy: somebody works with it in the old form.
        LogbookDamaged: tables lack what every logbook has.
    """
    known, done = _known(), applied(logbook)
    if done != known:
        _migrate(logbook, logbook.keep_before() if done and keeps else "")
    make_whole(logbook)
    if not done:
        with logbook.database.atomic():
            keep_note(logbook.database, DERIVED_FOR, max(known))


def make_whole(logbook: Formed) -> None:
    """See that tables of the newest form lack nothing, and make the indexes that they lack.

    Raises:
        LogbookDamaged: tables lack what every logbook has.
    """
    _refuse_gaps(logbook)
    search.ensure(logbook.database)


def _known() -> set[str]:
    return {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}


def _migrate(logbook: Formed, kept: str) -> None:
    """Run the migrations that are due, unless another program has meanwhile."""
    from playhouse.migrate import SchemaMigrator
    from playhouse.migrations import run

    # The outer one, so that the tables are never between two forms.
    with SchemaMigrator.from_database(logbook.database).migration_context():
        run(logbook.database, str(MIGRATIONS))
        if kept:
            event = Event(logbook.user, Action.BACKUP, Subject.LOGBOOK, reason=kept)
            audit.append(logbook.database, [event])


def _refuse_gaps(logbook: Formed) -> None:
    """Another program may have taken away what every question relies on."""
    found = logbook.database.table_columns()
    for table in ALL_TABLES:
        name = table._meta.table_name
        if name not in found:
            raise sqlite_errors.lacking(logbook.where, say("table {name}", name=name))
        if gone := {field.column_name for field in table._meta.sorted_fields} - found[name]:
            raise sqlite_errors.lacking(
                logbook.where, say("column {min} in the table {name}", min=min(gone), name=name)
            )
