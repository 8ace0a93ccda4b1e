# SPDX-License-Identifier: MIT
"""Several programs write into one logbook at once: none of what they saved is lost or doubled.

Each saves cases of its own, and adds one to a number in a case that all of them change; whoever
comes too late for that is refused, looks again, and tries again.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from models.case import load_case, save_case
from models.errors import VersionConflict
from models.logbook import Logbook
from models.verify import verify
from tests.builders import a_case
from tests.torture.trials import shown

ROOT = Path(__file__).parents[2]
WRITERS = ("anna", "ben")


def write_together(place: Path, saves: int) -> dict[str, Counter[str]]:
    """Let two programs save so many cases each; what was counted."""
    folder = place / "Clinic.kypholog"
    logbook = Logbook.create(folder, "anna")
    shared = a_case("shared")
    shared.procedure.notes = "0"
    save_case(logbook, shared)
    words = [sys.executable, "-m", "tests.torture.together", str(folder), shared.id, str(saves)]
    programs = [
        subprocess.Popen([*words, user], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for user in WRITERS
    ]
    told = [program.communicate()[0].splitlines() for program in programs]
    assert [program.returncode for program in programs] == [0] * len(WRITERS)
    codes = sorted(line.removeprefix("saved ") for one in told for line in one if "saved" in line)
    added, refused = (sum(line == word for one in told for line in one) for word in ("+", "late"))
    assert codes == sorted(f"{user}-{n}" for user in WRITERS for n in range(saves))
    lines = [line.split("'")[1] for line in shown(logbook)]
    assert lines == sorted([*codes, "shared"])
    assert added == len(codes)
    assert load_case(logbook, shared.id).procedure.notes == str(added)
    assert verify(logbook) == []
    logbook.close()
    counted = {"programs": len(WRITERS), "saves": len(codes), "changes of one case": added}
    return {"writers": Counter({**counted, "came too late and looked again": refused})}


def main(folder: str, case_id: str, saves: str, user: str) -> None:
    """What each of the programs does."""
    logbook = Logbook.open(Path(folder), user)
    for number in range(int(saves)):
        save_case(logbook, a_case(f"{user}-{number}"))
        print(f"saved {user}-{number}", flush=True)
        while not _added(logbook, case_id):
            print("late", flush=True)
        print("+", flush=True)
    logbook.close()


def _added(logbook: Logbook, case_id: str) -> bool:
    case = load_case(logbook, case_id)
    case.procedure.notes = str(int(str(case.procedure.notes)) + 1)
    try:
        save_case(logbook, case)
    except VersionConflict:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
