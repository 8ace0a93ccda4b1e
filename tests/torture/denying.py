# SPDX-License-Identifier: MIT
"""Takes the right to write or to read away from one file or folder, and lets the work be done.

Whoever runs this as root may write anywhere, so the child gives that power up (Linux) before it
begins; what it owns is then protected by its mode, as it is for everybody else.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.torture.dying import Death
from tests.torture.killing import Bench, Limit, kinds_of

_MODES = {"not to be written": (0o555, 0o444), "not to be read": (0o000, 0o000)}
"""What is taken away, and the modes of a folder and of a file without it."""

_OF_TRIALS = ("secret", "encrypted", "plain")

_VERSION = 0x20080522
_POWERS = 1 << 1 | 1 << 2
"""To write and to read what its mode protects (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("process", ctypes.c_int)]


class _Powers(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def deny_all(
    place: Path, tries: int, chance: Random, limit: Limit, names: Sequence[str] = ()
) -> dict[str, Counter[str]]:
    """Try each kind of work with so many things protected; what was found, by kind of work."""
    found: dict[str, Counter[str]] = {}
    if not _can_be_denied():
        return found
    kinds = kinds_of(names)
    for number, (trial, is_encrypted) in enumerate(kinds):
        part = limit.part(number, len(kinds))
        bench = Bench(trial, place, is_encrypted=is_encrypted)
        counts = found.setdefault(trial.name, Counter())
        for done in range(tries):
            if done and part.is_over():
                break
            bench.lay()
            target, what = chance.choice(_targets(bench.folder))
            death = _denied(bench, target, *_MODES[what])
            counts["tries"] += 1
            counts["refused" if death.refusal else "done"] += 1
            try:
                _look(bench, death, target)
            except Exception as error:
                where = target.relative_to(bench.folder.parent)
                error.add_note(f"{trial.name}, {where} {what}: {death}")
                raise
    return found


def _targets(folder: Path) -> list[tuple[Path, str]]:
    """What can be taken away of what; what only the trial itself reads is left out."""
    inside = [path for path in sorted(folder.rglob("*")) if path.name not in _OF_TRIALS]
    first, *_ = _MODES
    return [(folder, first), *((path, what) for path in inside for what in _MODES)]


def _denied(bench: Bench, target: Path, of_folder: int, of_file: int) -> Death:
    before = target.stat().st_mode & 0o7777
    target.chmod(of_folder if target.is_dir() else of_file)
    try:
        return bench.work(begin=_give_up_power)
    finally:
        # A file that was replaced meanwhile has a mode of its own.
        if target.exists():
            target.chmod(before)


def _look(bench: Bench, death: Death, target: Path) -> None:
    """The refusal names place and cure, what was told is there, and all goes well afterwards."""
    if death.refusal:
        assert death.refusal.endswith((".", "!")), death.refusal
        assert death.refusal.count(". ") >= 1, f"no cure: {death.refusal}"
        assert {one for one in (str(bench.folder), target.name) if one in death.refusal}
    bench.age()
    bench.look(death.told)


def _can_be_denied() -> bool:
    return os.name == "posix" and (os.geteuid() != 0 or sys.platform == "linux")


def _give_up_power() -> None:
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, powers = _Header(_VERSION, 0), (_Powers * 2)()
    assert libc.capget(ctypes.byref(header), powers) == 0
    for kind in ("effective", "permitted", "inheritable"):
        setattr(powers[0], kind, getattr(powers[0], kind) & ~_POWERS)
    assert libc.capset(ctypes.byref(header), powers) == 0
