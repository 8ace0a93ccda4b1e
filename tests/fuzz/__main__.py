# SPDX-License-Identifier: MIT
"""Runs until the time is over or a promise is broken; the file that broke it is kept."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from models.errors import LogbookError
from models.importing.writing import write
from models.logbook import Logbook
from models.verify import verify
from tests.fuzz.corpus import corpus
from tests.fuzz.odd_files import as_text, as_workbook, changed, damaged, grid
from tests.fuzz.promise import keep_promise

KEPT = Path(__file__).parents[2] / "build" / "fuzz"
_WRITTEN_EVERY = 5
_VERIFIED_EVERY = 500
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_SHARE_OF_WORKBOOKS = 0.04


def main() -> int:
    """The command; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(prog="make fuzz ARGS=", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--seed", type=int, default=None, help="to see the same files again")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else Random().randrange(1 << 32)
    with tempfile.TemporaryDirectory() as folder:
        return _run(Path(folder), Random(seed), seed, time.monotonic() + options.minutes * 60)


def _run(folder: Path, chance: Random, seed: int, end: float) -> int:
    logbook = Logbook.create(folder / "Fuzz.kypholog")
    logbook.database.pragma("synchronous", "OFF")
    known, told, tried = corpus(), Counter[str](), 0
    while time.monotonic() < end:
        kind, content = _file(chance, known)
        target = folder / "odd.csv"
        target.write_bytes(content)
        tried += 1
        try:
            shown = keep_promise(logbook, target, lambda mapping: changed(chance, mapping))
            told[f"{kind}: {'preview' if shown else 'sentence'}"] += 1
            if shown and tried % _WRITTEN_EVERY == 0:
                with suppress(LogbookError):
                    write(logbook, shown)
            if tried % _VERIFIED_EVERY == 0:
                assert verify(logbook) == []
        except Exception:  # noqa: BLE001 - whatever it is, the file has to be kept
            traceback.print_exc()
            KEPT.mkdir(parents=True, exist_ok=True)
            kept = KEPT / f"{seed}-{tried}.bin"
            kept.write_bytes(content)
            print(f"Seed {seed}, file {tried} ({kind}) broke the promise; it is kept as {kept}.")
            return 1
    logbook.close()
    for kind, count in sorted(told.items()):
        print(f"{count:8,} {kind}")
    print(f"{tried:8,} files kept the promise (seed {seed}).")
    return 0


def _file(chance: Random, known: dict[str, bytes]) -> tuple[str, bytes]:
    if chance.random() < _SHARE_OF_WORKBOOKS:
        content = as_workbook(chance, grid(chance))
        return (
            ("damaged sheet", damaged(chance, content))
            if chance.random() < 0.3
            else ("sheet", content)
        )
    if chance.random() < 0.5:
        return "cells", as_text(chance, grid(chance))
    # Each workbook takes a process of its own, so that hundreds of texts are tried meanwhile.
    is_workbook = chance.random() < _SHARE_OF_WORKBOOKS
    names = [name for name, data in known.items() if data.startswith(_WORKBOOKS) == is_workbook]
    name = chance.choice(names)
    return "damaged file", damaged(chance, known[name])


if __name__ == "__main__":
    sys.exit(main())
