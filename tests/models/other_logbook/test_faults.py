# SPDX-License-Identifier: MIT
"""A merge that is killed, or has no room on the disk, is done whole or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.case import save_case
from models.undo import newest_entry
from models.verify import verify
from tests.builders import a_case
from tests.fresh import named
from tests.models.other_logbook.pair import Pair, merged, record_of, set_operator

ROOT = Path(__file__).parents[3]
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither of both"),
    pytest.mark.sqlite_only("a server keeps its own disk; tests of lost connections are its like"),
]

CHILD = """
import resource, sys
from pathlib import Path
from models.errors import CannotWrite
from models.logbook import Logbook
from models.other_logbook import Choices, merge, open_other, preview
mine = Logbook.open(Path(sys.argv[1]))
other = open_other(mine, Path(sys.argv[2]))
shown = preview(mine, other)
if limit := int(sys.argv[3]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("begun", flush=True)
try:
    merge(mine, other, shown, Choices())
except CannotWrite as error:
    print(error)
other.close()
print("done", flush=True)
"""


def child(pair: Pair, limit: int = 0) -> subprocess.Popen[str]:
    words = [named(pair.a), named(pair.b), str(limit)]
    started = subprocess.Popen(
        [sys.executable, "-c", CHILD, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "begun\n"
    return started


def filled(pair: Pair) -> None:
    for n in range(25):
        save_case(pair.b, a_case(f"N-{n}"))
    set_operator(pair.b, 0, 1)


@pytest.mark.parametrize("seed", range(3))
def test_after_a_kill_it_is_whole_or_was_never_begun(pair: Pair, seed: int) -> None:
    filled(pair)
    before, entry = record_of(pair.a), newest_entry(pair.a)
    started = child(pair)
    time.sleep(0.01 + seed * 0.06)
    started.send_signal(signal.SIGKILL)
    started.communicate()
    after = record_of(pair.a)
    assert after == (before if newest_entry(pair.a) == entry else record_of(pair.b))
    assert verify(pair.a) == []
    merged(pair.a, pair.b)
    assert record_of(pair.a) == record_of(pair.b)


@pytest.mark.parametrize("more", [1, 200_000])
def test_a_full_disk_is_told_and_nothing_is_written(pair: Pair, more: int) -> None:
    filled(pair)
    before, entry = record_of(pair.a), newest_entry(pair.a)
    out, err = child(pair, more).communicate()
    assert err == ""
    assert "nothing was saved" in out
    assert out.endswith("done\n")
    assert (record_of(pair.a), newest_entry(pair.a)) == (before, entry)
    assert verify(pair.a) == []
    assert not list(pair.a.folder.glob(".other-*"))
