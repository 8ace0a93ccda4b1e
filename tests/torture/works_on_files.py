# SPDX-License-Identifier: MIT
"""Work that makes, replaces or removes whole files: creating, backups, exports, forms and keys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from models import accounts, commands
from models.backup import Reason, back_up, listing, make, prove
from models.case import save_case
from models.copies.kept import sha256_of
from models.engines import sqlite
from models.errors import LogbookError, NotALogbook
from models.example import example_cases
from models.exchange.files import replacing
from models.form import MIGRATIONS
from models.logbook import DATABASE_NAME, Logbook
from models.settings import BACKUP_PLACE, change_setting
from models.vocabulary import Role
from tests.builders import a_case
from tests.encrypted import ADMIN, READER, SECRETS, WEAK
from tests.encrypted import make as make_encrypted
from tests.torture.dying import Tell
from tests.torture.trials import (
    CLINIC,
    CODES,
    STICK,
    TABLE,
    Trial,
    go_on,
    is_one_of,
    lines_of,
    made,
    opened,
    shown,
    whole,
)

OLD_LINES = lines_of(*CODES)
STORED = Path(__file__).parents[1] / "data" / "logbooks" / "0002_explained.sqlite"
_DAY = 24 * 3_600
_SECRET = "secret"
_YESTERDAY = "the export of yesterday"


# creating


def nothing(place: Path, is_encrypted: bool) -> None:
    """Only a sign of what is to be made."""
    (place / ("encrypted" if is_encrypted else "plain")).touch()


def create(place: Path, tell: Tell) -> None:
    """A new logbook with three cases."""
    logbook = _new(place)
    tell("created")
    for code in CODES:
        save_case(logbook, a_case(code))
        tell(code)
    logbook.close()


def _new(place: Path) -> Logbook:
    if (place / "encrypted").exists():
        return make_encrypted(place / CLINIC)[0]
    return Logbook.create(place / CLINIC, "anna")


def created(place: Path, told: Sequence[str]) -> str:
    """It is there, or can be made."""
    folder = place / CLINIC
    if not told:
        try:
            opened(folder).close()
        except NotALogbook:
            # It says so, and a second attempt is free to begin.
            go_on(_new(place))
            return "0 told, next not done"
    states = [(), *(lines_of(*CODES[:n]) for n in range(len(CODES) + 1))]
    return is_one_of(folder, states, told)


# backups


def two_places(place: Path, is_encrypted: bool) -> None:
    """A logbook whose backups go to a second place as well."""
    logbook = made(place, is_encrypted=is_encrypted)
    (place / STICK).mkdir()
    change_setting(logbook, BACKUP_PLACE, str(place / STICK))
    make(logbook, Reason.TIMED)
    logbook.close()


def backing_up(place: Path, tell: Tell) -> None:
    """Two backups with a case between, one of them restored for proof."""
    logbook = opened(place / CLINIC)
    for code in ("B-1", "B-2"):
        save_case(logbook, a_case(code))
        done = back_up(logbook, Reason.BY_HAND)
        if done.trouble:
            raise LogbookError(done.trouble)
        tell(done.backup.name)
    prove(logbook, done.backup)
    tell("proven")
    logbook.close()


def backed_up(place: Path, told: Sequence[str]) -> str:
    """Each that was told of is whole here and in the second place, and nothing piles up."""
    folder = place / CLINIC
    logbook = whole(folder)
    found = listing(folder)
    stood_for = place / STICK / CLINIC
    there = {one.sha256 for one in listing(stood_for)}
    assert all(sha256_of(one.file) == one.sha256 for one in listing(stood_for))
    named = {one.name: one for one in found}
    acknowledged = [named[name] for name in told if name != "proven"]
    assert all(one.sha256 in there for one in acknowledged)
    assert "proven" not in told or acknowledged[-1].proven_at is not None
    for backups in (folder / "backups", stood_for / "backups"):
        for part in (*backups.glob(".*.part*"), *backups.glob("*.keys")):
            os.utime(part, (part.stat().st_mtime - 2 * _DAY,) * 2)
    save_case(logbook, a_case("B-3"))
    assert not back_up(logbook, Reason.BY_HAND).trouble
    listed = {path for one in listing(folder) for path in one.files}
    for path in set((folder / "backups").iterdir()) - listed:
        # A name that was taken for a copy that did not come.
        assert path.suffix == ".json", path
        assert not path.with_suffix(".db").exists(), path
    assert {one.sha256 for one in listing(folder)} <= {one.sha256 for one in listing(stood_for)}
    logbook.close()
    more = len(found) - 1 - len(acknowledged)
    return f"{len(told)} told, {'next done' if more else 'next not done'}"


# exports


def yesterday(place: Path, is_encrypted: bool) -> None:
    """A logbook, and a file in the place of the export."""
    made(place, is_encrypted=is_encrypted).close()
    (place / TABLE).write_text(_YESTERDAY)
    (place / _SECRET).write_text(SECRETS[ADMIN])


def export(place: Path, tell: Tell) -> None:
    """The cases as CSV, over the file of yesterday."""
    words = ["--logbook", str(place / CLINIC), "--user", ADMIN]
    words += ["--password-file", str(place / _SECRET), "export", "--out", str(place / TABLE)]
    said = StringIO()
    with redirect_stderr(said):
        code = commands.run(words)
    if code:
        assert code == 2
        raise LogbookError(said.getvalue().strip())
    tell("exported")


def exported(place: Path, told: Sequence[str]) -> str:
    """The file of yesterday, or the whole new one, and no other."""
    text = (place / TABLE).read_text()
    is_new = text != _YESTERDAY
    assert is_new or not told
    if is_new:
        assert text.endswith("\n")
        assert text.count("\n") == 1 + len(CODES)
    # Whatever was left half goes with the next file at the latest.
    with replacing(place / "next.csv") as file:
        file.write("next")
    assert not list(place.glob(".kypholog-part-*"))
    how = is_one_of(place / CLINIC, [OLD_LINES, OLD_LINES], told)
    return how.replace("next not done", "next done") if is_new and not told else how


# forms of the tables


def an_old_form(place: Path, is_encrypted: bool) -> None:
    """A logbook that an older program wrote."""
    (place / CLINIC).mkdir()
    shutil.copy(STORED, place / CLINIC / DATABASE_NAME)


def migrate(place: Path, tell: Tell) -> None:
    """Open it, and work out anew what the older program worked out otherwise."""
    from models.catchup import catch_up

    logbook = Logbook.open(place / CLINIC, "anna")
    tell("opened")
    catch_up(logbook)
    tell("caught up")
    logbook.close()


def migrated(place: Path, told: Sequence[str]) -> str:
    """It is of the old form or of the new one, with all cases, and the backup holds them too."""
    folder = place / CLINIC
    known = len(list(MIGRATIONS.glob("[0-9]*.py")))
    with sqlite.open_database(folder / DATABASE_NAME) as database:
        forms = len(list(database.execute_sql("SELECT name FROM schema_migration")))
    assert forms in ((known,) if told else (2, known)), forms
    logbook = whole(folder)
    codes = {line.split("'")[1] for line in shown(logbook)}
    assert {case.patient.patient_code for case in example_cases()} <= codes
    kept = [one for one in listing(folder) if one.reason is Reason.MIGRATION]
    assert kept
    assert all(one.cases == len(codes) for one in kept)
    go_on(logbook)
    is_next = not told and forms == known
    return f"{len(told)} told, {'next done' if is_next else 'next not done'}"


# keys


def two_people(place: Path, is_encrypted: bool) -> None:
    """An encrypted logbook, or a plain one that is to be encrypted."""
    logbook = made(place, is_encrypted=is_encrypted)
    if is_encrypted:
        accounts.add_user(logbook, READER, SECRETS[READER], Role.READER, WEAK)
    logbook.close()


def change_key(place: Path, tell: Tell) -> None:
    """Another key, with a backup before; or the first one."""
    logbook = opened(place / CLINIC)
    if logbook.is_encrypted:
        make(logbook, Reason.KEY_CHANGE)
        accounts.change_key(logbook)
    else:
        accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    tell("changed")
    save_case(logbook, a_case("K-1"))
    tell("saved")
    logbook.close()


def key_changed(place: Path, told: Sequence[str]) -> str:
    """It opens with the same passwords, and the case that was saved with the new key is there."""
    states = (OLD_LINES, OLD_LINES, sorted([*OLD_LINES, *lines_of("K-1")]))
    return is_one_of(place / CLINIC, states, told)


def admit(place: Path, tell: Tell) -> None:
    """Another user, and another password for the one who works."""
    logbook = opened(place / CLINIC)
    accounts.add_user(logbook, "Dora", "three words", Role.ENTRY, WEAK)
    tell("added")
    accounts.remove_user(logbook, "Dora")
    tell("removed")
    logbook.close()


def admitted(place: Path, told: Sequence[str]) -> str:
    """Both who could sign in still can."""
    from tests.encrypted import enter

    enter(place / CLINIC, READER).close()
    logbook = whole(place / CLINIC)
    is_there = "Dora" in [one.name for one in accounts.accounts(logbook)]
    assert is_there in ([False, True], [True, False], [False])[len(told)]
    assert shown(logbook) == OLD_LINES
    go_on(logbook)
    is_next = is_there == (not told) and len(told) < 2
    return f"{len(told)} told, {'next done' if is_next else 'next not done'}"


TRIALS = (
    Trial("create", nothing, create, created),
    Trial("backup", two_places, backing_up, backed_up),
    Trial("export", yesterday, export, exported),
    Trial("migration", an_old_form, migrate, migrated, kinds=(False,)),
    Trial("key change", two_people, change_key, key_changed, kinds=(True,)),
    Trial("encrypt", two_people, change_key, key_changed, kinds=(False,)),
    Trial("users", two_people, admit, admitted, kinds=(True,)),
)
