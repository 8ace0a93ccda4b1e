# SPDX-License-Identifier: MIT
"""One client: it saves cases of its own and changes cases that others change too.

Run by the load test in a process of its own. Each line that it prints was acknowledged before.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date

from models.address import Address
from models.case import load_case, save_case
from models.caselist import Query, first_page
from models.errors import VersionConflict
from models.served import open_served
from tests.builders import a_case

_NEW = 0.5
"""The share of saves that are of a new case."""


def main(uri: str, name: str, seconds: float) -> None:
    """Work until the time is over; tell what was acknowledged, then how often it came too late."""
    logbook = open_served(Address.read(uri))
    chance = random.Random(name)
    end = time.monotonic() + seconds
    n = conflicts = 0
    while time.monotonic() < end:
        n += 1
        mark = f"{name}-{n}"
        lines = first_page(logbook, Query(today=date.today())).lines
        if not lines or chance.random() < _NEW:
            case = a_case(f"P-{mark}")
        else:
            case = load_case(logbook, chance.choice(lines).case_id)
        case.procedure.notes = mark
        try:
            saved = save_case(logbook, case)
        except VersionConflict:
            conflicts += 1
            continue
        print(case.id, saved.version, mark, flush=True)
    logbook.close()
    print("conflicts", conflicts, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
