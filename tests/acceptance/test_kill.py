# SPDX-License-Identifier: MIT
"""Promise 1: what was saved is on the disk. The process is killed while it saves, again and again.

A child saves cases and names each on a pipe once ``save_case`` has returned. It is killed without
warning (SIGKILL) at a random moment. Whatever it named has to be there, whole.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from models.audit import Subject, chain_problems, last_known
from models.case import Case, load_case, save_case
from models.document import content_hash, document_of
from models.logbook import Logbook
from models.schema import CaseRow, Patient, Procedure
from models.verify import verify
from models.vocabulary import (
    AdjunctKind,
    EventKind,
    Leakage,
    LeakLocation,
    Level,
    PriorTreatmentKind,
    Side,
)
from tests.builders import a_case, add_score
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[2]
SAVES = 200
ROUNDS = range(6)

CHILD = """
import sys
from pathlib import Path
from tests.acceptance.test_kill import save_and_tell
save_and_tell(Path(sys.argv[1]))
"""


def full_case(code: str) -> Case:
    """A case with rows in every list."""
    case = a_case(code, Level.T12, Level.L1, leakage=Leakage.PRESENT)
    for level in case.levels:
        case.add_leak(level, location=LeakLocation.EPIDURAL)
        for side in (Side.LEFT, Side.RIGHT):
            case.add_balloon(level, side=side, volume_ml=3.5)
        case.add_later_measure(level, anterior_mm=21.5)
    case.add_prior_treatment(kind=PriorTreatmentKind.BRACE)
    case.add_adjunct(kind=AdjunctKind.BIOPSY)
    case.add_adverse_event(kind=EventKind.PAIN_FLARE)
    add_score(case, (0, 1), "2026-06-04")
    return case


def save_and_tell(folder: Path) -> None:
    """What the child does until it is killed: save a case, then say which and what it holds."""
    logbook = Logbook.open(folder)
    for number in count():
        case = full_case(f"P-{number}")
        save_case(logbook, case)
        print(case.id, content_hash(document_of(case.case_rows())), flush=True)


def kill_while_saving(folder: Path, chance: random.Random) -> dict[str, str]:
    """Run the child, kill it, and return what it had named until then: case id to content."""
    moment = chance.randrange(SAVES)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    lines = []
    for line in child.stdout:
        lines.append(line)
        if len(lines) > moment:
            # Somewhere within the next save, which takes a few milliseconds.
            time.sleep(chance.random() / 200)
            break
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    assert child.returncode == -signal.SIGKILL
    lines += rest.splitlines(keepends=True)
    return dict(line.split() for line in lines if line.endswith("\n"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seed", ROUNDS)
def test_every_case_that_was_acknowledged_survives_a_kill_whole(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    acknowledged = kill_while_saving(folder, random.Random(seed))
    assert acknowledged

    logbook = Logbook.open(folder)
    database = logbook.database
    assert database.pragma("integrity_check") == "ok"
    assert database.pragma("foreign_key_check") is None
    assert chain_problems(database) == []

    stored = [str(row[0]) for row in Procedure.select(Procedure.id).tuples().execute(database)]
    assert set(acknowledged) <= set(stored)
    assert len(stored) <= len(acknowledged) + 1
    assert Patient.select().count(database) == CaseRow.select().count(database) == len(stored)

    known_cases = last_known(database, Subject.CASE)
    known_patients = last_known(database, Subject.PATIENT)
    assert set(known_cases) == set(stored)
    for case_id in stored:
        case = load_case(logbook, case_id)
        content = content_hash(document_of(case.case_rows()))
        assert content == acknowledged.get(case_id, content)
        assert known_cases[case_id] == (1, content)
        person = content_hash(document_of(case.person_rows()))
        assert known_patients[str(case.patient.id)] == (1, person)
        assert [len(rows) for rows in case.child_lists().values()] == [1, 1, 2, 4, 2, 2, 1, 3, 0]

    save_case(logbook, full_case("P-after"))
    assert verify(logbook) == []
    logbook.close()
