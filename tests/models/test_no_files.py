# SPDX-License-Identifier: MIT
"""Where a file should be lies a named pipe or the like: it is said at once, and nobody waits.

A pipe that nobody writes into would be waited for until somebody ends the program.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.access.errors import KeysDamaged
from models.access.unlocking import users_of
from models.backup import Reason, back_up, listing, restore, standing
from models.case import save_case
from models.engines.sqlite_errors import JOURNALS
from models.errors import LogbookDamaged, LogbookError
from models.images.picture import NotAPicture
from models.images.reading import read_file
from models.importing.mapping import UnreadableMapping, read_mapping
from models.importing.opening import Source, open_table
from models.importing.recognizing import UnreadableTable
from models.literature.rate import UnreadableRates
from models.literature.reading import read_rates
from models.logbook import Logbook
from models.other_logbook import open_other
from models.signing import read_secret
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import enter
from tests.encrypted import make as make_encrypted
from tests.models.command_line import command_line
from tests.no_files import KINDS, lay, needs_kinds

pytestmark = [needs_kinds, pytest.mark.sqlite_only("a server opens its own files")]

WHAT = r"it is (a folder|a named pipe, a socket or a device, and no file)\."


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_logbook_that_is_none_is_told_and_restored(logbook: Logbook, kind: str) -> None:
    save_case(logbook, a_case("P-1"))
    made = back_up(logbook, Reason.BY_HAND).backup
    logbook.close()
    lay(logbook.file, kind)
    with pytest.raises(LogbookDamaged, match=WHAT) as caught:
        Logbook.open(logbook.folder)
    assert "restore the last backup" in caught.value.cure
    done = restore(logbook.folder, made)
    assert done.aside is not None
    assert os.path.lexists(done.aside / logbook.file.name)
    again = Logbook.open(logbook.folder)
    assert verify(again) == []
    again.close()


@pytest.mark.parametrize("ending", JOURNALS)
def test_a_journal_that_is_none_is_told(logbook: Logbook, kind: str, ending: str) -> None:
    logbook.close()
    journal = lay(logbook.file.with_name(logbook.file.name + ending), kind)
    with pytest.raises(LogbookDamaged, match=WHAT) as caught:
        Logbook.open(logbook.folder)
    assert str(journal) in caught.value.message
    assert "Move it away" in caught.value.cure


def test_of_two_copies_of_the_keys_the_other_opens_it(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "Clinic.kypholog"
    make_encrypted(folder)[0].close()
    lay(folder / "keys.json", kind)
    lay(folder / "attempts.db", kind)
    logbook = enter(folder)
    assert back_up(logbook, Reason.BY_HAND).backup.keys.is_file()
    logbook.close()
    lay(folder / "keys.json", kind)
    lay(folder / "keys.backup.json", kind)
    with pytest.raises(KeysDamaged, match="are damaged"):
        users_of(folder)


def test_small_files_beside_it_make_way_or_are_left_out(logbook: Logbook, kind: str) -> None:
    save_case(logbook, a_case("P-1"))
    lay(logbook.folder / ".logbook.db.head", kind)
    made = back_up(logbook, Reason.BY_HAND).backup
    lay(made.file.parent / "trouble.json", kind)
    save_case(logbook, a_case("P-2"))
    assert (standing(logbook).trouble, verify(logbook)) == (None, [])
    lay(made.manifest, kind)
    assert listing(logbook.folder) == []
    assert back_up(logbook, Reason.BY_HAND).backup.cases == 2


def test_a_backup_that_is_none_is_told(
    logbook: Logbook, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    save_case(logbook, a_case("P-1"))
    first, second = (back_up(logbook, Reason.BY_HAND).backup for _ in range(2))
    logbook.close()
    lay(first.file, kind)
    lay(second.manifest, kind)
    run = command_line(capsys)
    code, out, _ = run("--logbook", logbook.folder, "backup", "--check")
    assert (code, out.count("it is a ")) == (1, 2)
    assert first.file.name in out


def test_a_file_to_read_that_is_none_is_told(
    logbook: Logbook, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    thing = lay(tmp_path / "thing", kind)
    with pytest.raises(UnreadableTable, match=WHAT):
        open_table(Source(thing))
    with pytest.raises(UnreadableMapping, match=WHAT):
        read_mapping(thing)
    with pytest.raises(UnreadableRates, match=WHAT):
        read_rates(thing)
    with pytest.raises(NotAPicture, match=WHAT):
        read_file(thing)
    with pytest.raises(LogbookError, match=WHAT):
        read_secret(str(thing))
    other = tmp_path / "Other.kypholog"
    other.mkdir()
    lay(other / "logbook.db", kind)
    with pytest.raises(LogbookDamaged, match=WHAT):
        open_other(logbook, other)
    logbook.close()
    run = command_line(capsys)
    if kind != "folder":
        code, out, err = run("--logbook", logbook.folder, "import", thing)
        assert (code, out, "it is a named pipe" in err) == (2, "", True)


def test_what_a_shell_hands_over_is_read_although_it_is_a_pipe() -> None:
    """As ``--password-file <(pass show kypholog)`` does: somebody writes into it already."""
    reading, writing = os.pipe()
    os.write(writing, b"correct horse\n")
    os.close(writing)
    assert read_secret(f"/dev/fd/{reading}") == "correct horse"
    os.close(reading)
