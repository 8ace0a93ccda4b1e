# SPDX-License-Identifier: MIT
"""Where one of the two logbooks is on a server: what lies on this computer, and what is refused."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models import accounts, commands
from models.access import Password
from models.access.unlocking import PLAIN, head_of
from models.address import Address
from models.case import load_case, save_case
from models.casebin import binned_cases
from models.errors import LogbookError, NotALogbook, NothingThere, OlderForm
from models.logbook import DATABASE_NAME, Logbook
from models.other_logbook import Choices, merge, open_other, preview
from models.own_notes import read_note
from models.served import SHELTER_KEY, ServedLogbook
from models.undo import last_change, newest_entry, undo
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, SECRETS, WEAK
from tests.fresh import named
from tests.models.other_logbook.pair import (
    Pair,
    case_ids,
    copies_for,
    merged,
    on_server,
    record_of,
    set_operator,
)
from tests.server import Server

if TYPE_CHECKING:
    from tests.served_logbooks import ServedLogbooks

NAME = "Quastenflosser"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def pair(template: Path, tmp_path: Path, served: ServedLogbooks, temporary: Path) -> Iterator[Pair]:
    """Ours on a server, theirs in a folder."""
    with on_server(served, template, tmp_path) as opened:
        yield opened


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def work(mine: Logbook, *words: str) -> tuple[int, str]:
        code = commands.run(["--logbook", named(mine), "import", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return work


def address_of(logbook: Logbook) -> Address:
    assert isinstance(logbook, ServedLogbook)
    return logbook.address


def in_plain(place: Path) -> list[Path]:
    """Files in which somebody could read."""
    files = [file for file in place.rglob("*") if file.is_file()]
    assert files
    return [
        file
        for file in files
        if NAME.encode() in file.read_bytes() or file.read_bytes().startswith(b"SQLite")
    ]


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_the_copy_is_encrypted_and_closed_to_others_and_goes(
    pair: Pair, temporary: Path, *, is_encrypted: bool
) -> None:
    save_case(pair.b, a_case(NAME))
    if is_encrypted:
        accounts.encrypt(pair.b, ADMIN, SECRETS[ADMIN], WEAK)
    who = Password(ADMIN, SECRETS[ADMIN]) if is_encrypted else None
    other = open_other(pair.a, pair.b.folder, credential=who)
    (place,) = temporary.iterdir()
    assert place == other.logbook.folder
    assert sys.platform == "win32" or stat.S_IMODE(place.stat().st_mode) == 0o700
    assert in_plain(place) == []
    assert head_of(place / DATABASE_NAME) != PLAIN
    merge(pair.a, other, preview(pair.a, other), Choices())
    assert in_plain(place) == []
    other.close()
    assert list(temporary.iterdir()) == []
    assert record_of(pair.a) == record_of(pair.b)


def test_what_a_killed_program_left_goes_the_next_day_and_nothing_else_does(
    pair: Pair, temporary: Path
) -> None:
    names = ("old", "young", "linked", "file")
    old, young, linked, file = (temporary / f"kypholog-other-{name}" for name in names)
    theirs = temporary / "something-else"
    for place in (old, young, theirs):
        place.mkdir()
        (place / "held").write_text("held")
    linked.symlink_to(theirs)
    file.write_text("no folder")
    for place in (old, theirs, file):
        os.utime(place, (0, 0))
    os.utime(linked, (0, 0), follow_symlinks=False)
    open_other(pair.a, pair.b.folder).close()
    assert not old.exists()
    assert {one.name for one in temporary.iterdir()} == {
        one.name for one in (young, theirs, linked, file)
    }
    assert (theirs / "held").exists()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root gives things to others"
)
def test_what_is_somebody_elses_stays(pair: Pair, temporary: Path) -> None:
    place = temporary / "kypholog-other-theirs"
    place.mkdir()
    os.chown(place, 65_534, 65_534)
    os.utime(place, (0, 0))
    open_other(pair.a, pair.b.folder).close()
    assert place.exists()


def test_one_step_takes_the_merge_back_and_one_does_it_again(pair: Pair) -> None:
    save_case(pair.b, a_case(NAME))
    set_operator(pair.b, 0, 2)
    first, entry = case_ids(pair.a)[0], newest_entry(pair.a)
    operator = load_case(pair.a, first).procedure.operator
    assert merged(pair.a, pair.b).new == 1
    change = last_change(pair.a, entry)
    assert change is not None
    undo(pair.a, change)
    assert load_case(pair.a, first).procedure.operator == operator
    assert [case.patient_code for case in binned_cases(pair.a)] == [NAME]
    assert verify(pair.a) == []
    merged(pair.a, pair.b)
    assert record_of(pair.a) == record_of(pair.b)


def test_a_command_merges_either_way_and_writes_only_ours(pair: Pair, run: Run) -> None:
    save_case(pair.a, a_case(NAME))
    entry = newest_entry(pair.a)
    code, said = run(pair.b, named(pair.a))
    assert code == 0, said
    assert "Merged 1 new case" in said
    assert "No backup was made before" not in said
    assert newest_entry(pair.a) == entry
    assert record_of(pair.a) == record_of(pair.b)
    save_case(pair.b, a_case("N-2"))
    code, said = run(pair.a, str(pair.b.folder))
    assert code == 0, said
    assert "No backup was made before; the server looks after those." in said
    assert record_of(pair.a) == record_of(pair.b)
    assert run(pair.a, str(pair.b.folder))[1].endswith("everything there is known here.\n")


def test_looking_at_a_server_leaves_nothing_there(pair: Pair) -> None:
    with pair.a.session():
        pair.a.database.execute_sql("DELETE FROM setting WHERE name = ?", (SHELTER_KEY,))
    merged(pair.b, pair.a)
    assert read_note(pair.a.database, SHELTER_KEY) is None


def test_a_database_that_is_no_logbook_or_an_older_one_or_our_own_is_refused(
    pair: Pair, server: Server
) -> None:
    with server.new() as empty:
        with pytest.raises(NothingThere, match="is empty"):
            open_other(pair.b, empty)
        server.execute("CREATE TABLE recipe (name TEXT)", empty.name)
        with pytest.raises(NotALogbook, match="holds no logbook"):
            open_other(pair.b, empty)
    address = address_of(pair.a)
    with pytest.raises(LogbookError, match="is open"):
        open_other(pair.a, Address(address.uri.replace("anna@", "postgres@")))
    migration = "(SELECT max(name) FROM schema_migration)"
    server.execute(f"DELETE FROM schema_migration WHERE name = {migration}", address.name)
    with pytest.raises(OlderForm, match="Open it once with this version"):
        open_other(pair.b, address)
    assert not copies_for(pair.a)
    assert not copies_for(pair.b)


def test_a_copy_that_no_disk_takes_is_told(pair: Pair, temporary: Path) -> None:
    shutil.rmtree(temporary)
    temporary.write_text("no folder")
    with pytest.raises(LogbookError, match="temporary"):
        open_other(pair.a, pair.b.folder)


def test_an_address_with_a_password_is_refused_before_anything_is_asked(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        commands.run(["--logbook", named(pair.b), "import", "postgresql://a:secret@host/db"])
    said = capsys.readouterr().err
    assert "must not hold a password" in said
    assert "secret" not in said
