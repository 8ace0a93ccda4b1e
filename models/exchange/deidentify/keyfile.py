# SPDX-License-Identifier: MIT
"""The file that leads from random codes back to patients. It lies apart from what it opens."""

from __future__ import annotations

import csv
from pathlib import Path

from models.errors import CannotWrite
from models.exchange.deidentify.people import People
from models.exchange.files import replacing, where_it_leads
from models.speech import say

HEADING = ("code", "patient_code", "patient_id", "days_moved_back")


def refuse_place(key: Path, target: Path) -> None:
    """Refuse a key that lies beside its export, or takes the place of another file.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    place = where_it_leads(key)
    if place.parent == where_it_leads(target).parent:
        raise CannotWrite(
            say("The key {key} would lie beside the file that it opens.", key=key),
            say("Choose another folder."),
        )
    if place.exists():
        raise CannotWrite(
            say("{key} exists, and may be the only key to another export.", key=key),
            say("Choose another name."),
        )


def write_key(key: Path, people: People, *, moved: bool) -> None:
    """Write the key; ``moved`` says whether dates were, for otherwise days would mislead.

    Nobody but its owner may read it, where the system knows owners.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(key, secret=True) as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        for row in people.key_rows():
            days = row.shift if moved else ""
            writer.writerow((row.code, row.patient_code, row.patient_id, days))
