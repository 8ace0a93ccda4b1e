# SPDX-License-Identifier: MIT
"""A file is there whole or not at all."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import CannotWrite
from models.exchange.files import replacing, room_beside

POSIX = os.name == "posix"
posix_only = pytest.mark.skipif(not POSIX, reason="only POSIX has it")


def write(target: Path, text: str = "new") -> None:
    with replacing(target) as file:
        file.write(text)


def write_and_fail(target: Path, error: type[BaseException]) -> None:
    with replacing(target) as file:
        file.write("new")
        raise error


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def small_files() -> Iterator[None]:
    """A process that may write no file larger than 4 KiB."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "a.csv")
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "new"


def test_text_is_written_as_it_is_in_utf_8(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "M\u00fcller\r\n\n\r\U0001f9b4")
    assert (tmp_path / "a.csv").read_bytes() == "M\u00fcller\r\n\n\r\U0001f9b4".encode()


def test_a_file_that_exists_is_replaced_at_the_end_and_keeps_its_permissions(
    tmp_path: Path,
) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o640)
    with replacing(target) as file:
        file.write("new")
        file.flush()
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "shared" / "a.csv")
    write(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "shared" / "a.csv").read_text() == "new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_after_an_error_everything_is_as_before(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    with pytest.raises(error):
        write_and_fail(target, error)
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text() == "old"


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="the system knows no nameless files")
def test_of_a_program_that_was_killed_nothing_is_left(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    child = os.fork()
    if child == 0:
        with replacing(target) as file:
            file.write("P-1" * 1_000_000)
            file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text() == "old"


def test_what_was_left_elsewhere_goes_with_the_next_file(tmp_path: Path) -> None:
    old, young, other = (
        tmp_path / name for name in (".kypholog-part-0", ".kypholog-part-1", ".mine.part")
    )
    for left in (old, young, other):
        left.write_text("P-1")
    for left in (old, other):
        os.utime(left, (0, 0))
    write(tmp_path / "a.csv")
    assert names(tmp_path) == sorted([young.name, other.name, "a.csv"])


@posix_only
def test_what_waited_beside_a_file_goes_with_the_next_one_when_its_program_is_gone(
    tmp_path: Path,
) -> None:
    child = os.fork()
    if child == 0:
        with room_beside(tmp_path / "a.xlsx") as room:
            (room / "rows").write_text("P-1")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (left,) = tmp_path.iterdir()
    assert left.stat().st_mode & 0o777 == 0o700
    with room_beside(tmp_path / "b.xlsx") as room:
        (room / "rows").write_text("P-2")
        write(tmp_path / "a.csv")
        assert names(tmp_path) == [room.name, "a.csv"]
    assert names(tmp_path) == ["a.csv"]


@posix_only
def test_what_is_secret_nobody_else_may_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in "12":
        with replacing(tmp_path / f"key{number}.csv", secret=True) as file:
            file.write("P-1")
        assert (tmp_path / f"key{number}.csv").stat().st_mode & 0o777 == 0o600
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"nowhere.a\.csv cannot be written: the folder") as told:
        write(tmp_path / "nowhere" / "a.csv")
    assert told.value.cure.startswith("Make the folder")
    assert names(tmp_path) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="it is a folder"):
        write(tmp_path)
    assert names(tmp_path) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="its folder is a file"):
        write(tmp_path / "file" / "a.csv")


@posix_only
def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, Path(os.devnull)):
        with pytest.raises(CannotWrite, match="not a file"):
            write(target)
    assert pipe.is_fifo()
    assert Path(os.devnull).is_char_device()


def test_a_name_that_is_too_long_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="name is too long"):
        write(tmp_path / f"{'a' * 300}.csv")
    assert names(tmp_path) == []


def test_the_longest_name_that_a_file_can_have_is_taken(tmp_path: Path) -> None:
    write(tmp_path / f"{'a' * 251}.csv")
    assert len(names(tmp_path)) == 1


@posix_only
@pytest.mark.usefixtures("small_files")
def test_a_drive_that_takes_no_more_says_so_and_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    with pytest.raises(CannotWrite, match="does not take files of that size"):
        write(target, "x" * 5000)
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text() == "old"


@pytest.mark.skipif(not POSIX or os.geteuid() == 0, reason="root may write anywhere")
def test_a_protected_folder_or_file_says_so(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o444)
    with pytest.raises(CannotWrite, match="may not be written"):
        write(target)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(CannotWrite, match="may not be written"):
            write(tmp_path / "b.csv")
    finally:
        tmp_path.chmod(0o755)
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]
