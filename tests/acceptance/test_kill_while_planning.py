# SPDX-License-Identifier: MIT
"""The program is killed while it brings the cases to another visit plan; the next one goes on.

The child tells on a pipe how far it got. It is killed without warning (SIGKILL) a random moment
after that. No score changes, every case follows the old plan or the new one as a whole, and the
next program offers to go on.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.audit import chain_problems
from models.bulk import save_many
from models.case import Case, load_case
from models.followup.planning import change_plan, go_on, is_waiting
from models.logbook import Logbook
from models.settings import visit_plan
from models.timepoints import STANDARD, VisitPlan
from models.verify import verify
from models.vocabulary import TimePoint
from tests.builders import a_case, add_score
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[2]
CASES = 300
OPERATED = date(2024, 3, 4)
AFTER = (62, 200)
"""Days of scores; the first one moves from three months to one."""

SIX_WEEKS = VisitPlan.of(
    *(
        (TimePoint.M1, 42, 14, 66, True)
        if one.time_point is TimePoint.M1
        else (one.time_point, one.target_day, one.tolerance, one.last_day, True)
        for one in STANDARD.windows
    )
)

CHILD = """
import sys
from pathlib import Path
from tests.acceptance.test_kill_while_planning import change_and_tell
change_and_tell(Path(sys.argv[1]))
"""


def change_and_tell(folder: Path) -> None:
    """What the child does until it is killed."""
    logbook = Logbook.open(folder)
    change_plan(logbook, SIX_WEEKS, "", lambda done, total: print(done, total, flush=True))
    logbook.close()


def kill_in_between(folder: Path, chance: random.Random) -> int:
    """Run the child and kill it; so many cases it had told of as done."""
    command = [sys.executable, "-c", CHILD, str(folder)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    told = child.stdout.readline()
    time.sleep(chance.random() / 8)
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    assert child.returncode == -signal.SIGKILL
    lines = [told, *(line for line in rest.splitlines(keepends=True) if line.endswith("\n"))]
    return int(lines[-1].split()[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    save_many(logbook, (followed(place) for place in range(CASES)))
    logbook.close()
    return logbook.folder


def followed(place: int) -> Case:
    case = a_case(f"P-{place}", on=OPERATED.isoformat(), before=8, after=None)
    for day in AFTER:
        add_score(case, place % 11, (OPERATED + timedelta(day)).isoformat())
    return case


def scores(logbook: Logbook) -> dict[str, list[tuple[object, ...]]]:
    """What was said and when, of every case."""
    sql = "SELECT procedure_id, pain_low, assessed_on FROM assessment ORDER BY 1, 3"
    found: dict[str, list[tuple[object, ...]]] = {}
    with logbook.session():
        for case_id, *said in logbook.database.execute_sql(sql).fetchall():
            found.setdefault(str(case_id), []).append(tuple(said))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seed", range(3))
def test_a_change_of_plan_that_was_killed_loses_nothing_and_goes_on(
    folder: Path, seed: int
) -> None:
    logbook = Logbook.open(folder)
    before = scores(logbook)
    logbook.close()
    done = kill_in_between(folder, random.Random(seed))

    logbook = Logbook.open(folder)
    assert visit_plan(logbook) == SIX_WEEKS
    assert is_waiting(logbook)
    assert scores(logbook) == before
    (said,) = verify(logbook)
    assert "not every case follows it yet" in said
    assert chain_problems(logbook.database) == []
    points = [
        tuple(row.time_point for row in load_case(logbook, case_id).assessments[1:])
        for case_id in before
    ]
    old, new = (TimePoint.M3, TimePoint.M6), (TimePoint.M1, TimePoint.M6)
    assert set(points) == {old, new}
    assert points.count(new) >= done

    rest = go_on(logbook)
    assert rest.done == points.count(old)
    assert not is_waiting(logbook)
    assert scores(logbook) == before
    assert verify(logbook) == []
    logbook.close()
