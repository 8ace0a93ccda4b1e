# SPDX-License-Identifier: MIT
"""Several programs write into one logbook at once: none of what they saved is lost or doubled.

Each saves cases of its own, and adds one to a number in a case that all of them change; whoever
comes too late for that is refused, looks again, and tries again. Whoever waited in vain for another
to finish, on a machine with other work, is told so and tries again as well.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path

from models.case import Case, load_case, save_case
from models.errors import LogbookBusy, VersionConflict
from models.logbook import Logbook
from models.verify import verify
from tests.builders import a_case
from tests.torture.trials import shown

ROOT = Path(__file__).parents[2]
WRITERS = ("anna", "ben")


def write_together(place: Path, saves: int, seconds: float = 0) -> dict[str, Counter[str]]:
    """Let two programs save so many cases each at least, for so long at least; the counts."""
    folder = place / "Clinic.kypholog"
    logbook = Logbook.create(folder, "anna")
    shared = a_case("shared")
    shared.procedure.notes = "0"
    save_case(logbook, shared)
    words = [sys.executable, "-m", "tests.torture.together", str(folder), shared.id]
    words += [str(saves), str(seconds)]
    programs = [
        subprocess.Popen([*words, user], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for user in WRITERS
    ]
    told = [program.communicate()[0].splitlines() for program in programs]
    assert [program.returncode for program in programs] == [0] * len(WRITERS)
    codes = sorted(line.removeprefix("saved ") for one in told for line in one if "saved" in line)
    added, refused, waited = (
        sum(line == word for one in told for line in one) for word in ("+", "late", "busy")
    )
    by = [sum(code.startswith(f"{user}-") for code in codes) for user in WRITERS]
    assert min(by) >= saves
    assert codes == sorted(
        f"{user}-{n}" for user, n_saved in zip(WRITERS, by, strict=True) for n in range(n_saved)
    )
    lines = [line.split("'")[1] for line in shown(logbook)]
    assert lines == sorted([*codes, "shared"])
    assert added == len(codes)
    assert load_case(logbook, shared.id).procedure.notes == str(added)
    assert verify(logbook) == []
    logbook.close()
    counted = {"programs": len(WRITERS), "seconds": round(seconds)}
    counted |= {"saves": len(codes), "fewest of one": min(by), "changes of one case": added}
    counted |= {"came too late and looked again": refused, "waited in vain": waited}
    return {"writers": Counter(counted)}


def main(folder: str, case_id: str, saves: str, seconds: str, user: str) -> None:
    """What each of the programs does."""
    logbook = Logbook.open(Path(folder), user)
    end = time.monotonic() + float(seconds)
    for number in count():
        if number >= int(saves) and time.monotonic() >= end:
            break
        _save(logbook, a_case(f"{user}-{number}"))
        print(f"saved {user}-{number}", flush=True)
        while not _added(logbook, case_id):
            print("late", flush=True)
        print("+", flush=True)
    logbook.close()


def _save(logbook: Logbook, case: Case) -> None:
    while True:
        try:
            save_case(logbook, case)
        except LogbookBusy:
            print("busy", flush=True)
        else:
            return


def _added(logbook: Logbook, case_id: str) -> bool:
    case = load_case(logbook, case_id)
    case.procedure.notes = str(int(str(case.procedure.notes)) + 1)
    try:
        _save(logbook, case)
    except VersionConflict:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
