# SPDX-License-Identifier: MIT
"""What the bundle asks of a system is found, and told to whoever unpacks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from resources.bundle.needs import FOR_ALL, FOR_WINDOWS, asked_by, not_at_hand, note

ROOT = Path(__file__).parents[1]
INSTALL = ROOT / "resources" / "bundle" / "install.sh"

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries of Linux"),
    pytest.mark.skipif(shutil.which("objdump") is None, reason="reads them with binutils"),
]


def a_library(file: Path, needs: str = "libc.so.6") -> None:
    """One of the system's own, which asks for another of the same length or less."""
    content = next(Path("/usr/lib").glob("*/libgcc_s.so.1")).read_bytes()
    named = b"libc.so.6"
    assert named in content
    file.write_bytes(content.replace(named, needs.encode().ljust(len(named), b"\0")))


def test_a_library_that_no_system_has_to_have_is_a_complaint(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("no library", encoding="utf-8")
    a_library(tmp_path / "libours.so")
    assert not_at_hand(tmp_path) == []
    a_library(tmp_path / "libother.so", "libq.so.1")
    assert not_at_hand(tmp_path) == ["libq.so.1"]
    (tmp_path / "libq.so.1").symlink_to("libours.so")
    assert not_at_hand(tmp_path) == []


def test_the_note_names_the_oldest_system_that_will_do_and_its_packages(tmp_path: Path) -> None:
    a_library(tmp_path / "libours.so")
    major, minor = asked_by([tmp_path / "libours.so"]).glibc
    assert (major, minor) > (2, 2)
    said = note(tmp_path)
    assert f"glibc {major}.{minor} or newer" in said
    for library in (*FOR_ALL, *FOR_WINDOWS):
        assert library.soname in said
        assert {library.debian, library.fedora} <= set(said.split())


def test_a_program_that_does_not_start_is_not_put_into_the_menu(tmp_path: Path) -> None:
    folder = tmp_path / "kypholog"
    folder.mkdir()
    shutil.copy(INSTALL, folder)
    program = folder / "kypholog"
    program.write_text("#!/bin/sh\necho 'libz.so.1: cannot open' >&2\nexit 127\n", encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(
        ["sh", str(folder / "install.sh")],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "s")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "libz.so.1: cannot open"
    assert f"{folder}/README.txt" in done.stderr
    assert not (tmp_path / "s").exists()
