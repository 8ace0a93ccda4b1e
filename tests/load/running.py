# SPDX-License-Identifier: MIT
"""Lets clients loose on a server, and counts what became of what they were told is saved."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from models.address import Address
from models.audit import Subject
from models.document import changes_from_json
from models.served import open_served
from models.verify import verify

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What happened.

    Attributes:
        acknowledged: saves that a client was told are safe.
        conflicts: saves that were refused because somebody else was quicker.
        lost: acknowledged saves of which the audit knows nothing.
        doubled: versions that two saves were told to have made.
        findings: what ``verify`` says afterwards.
        failed: clients that ended with an error.
    """

    acknowledged: int
    conflicts: int
    lost: int
    doubled: int
    findings: list[str]
    failed: int


def load(address: Address, clients: int, seconds: float) -> Loaded:
    """Let so many clients save and change cases at the same time, and look at what is there."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.load.client", address.uri, f"c{number}", str(seconds)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(clients)
    ]
    lines = [line for one in running for line in one.communicate()[0].splitlines()]
    saves = [line.split() for line in lines if not line.startswith("conflicts")]
    conflicts = sum(int(line.split()[1]) for line in lines if line.startswith("conflicts"))
    versions = Counter((case_id, version) for case_id, version, _ in saves)
    logbook = open_served(address)
    try:
        with logbook.session():
            sql = "SELECT subject_id, version, changes FROM audit_entry WHERE subject = ?"
            told = {
                (case_id, str(version)): _marks(text)
                for case_id, version, text in logbook.database.execute_sql(
                    sql, (Subject.CASE.value,)
                )
            }
        lost = sum(mark not in told.get((of, version), ()) for of, version, mark in saves)
        doubled = sum(n - 1 for n in versions.values())
        findings = verify(logbook)
    finally:
        logbook.close()
    failed = sum(one.returncode != 0 for one in running)
    return Loaded(len(saves), conflicts, lost, doubled, findings, failed)


def _marks(text: str) -> list[object]:
    """What an entry says was written into the notes."""
    return [change.new for change in changes_from_json(text) if change.field == "notes"]


def told(loaded: Loaded) -> str:
    """As one JSON document."""
    return json.dumps(
        {
            "acknowledged": loaded.acknowledged,
            "conflicts": loaded.conflicts,
            "lost": loaded.lost,
            "doubled": loaded.doubled,
            "verify": loaded.findings,
            "failed_clients": loaded.failed,
        },
        indent=2,
    )
