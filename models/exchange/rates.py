# SPDX-License-Identifier: MIT
"""Published rates as a CSV file, with the columns that can be read again."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from models.exchange.files import replacing
from models.formulas import defused
from models.literature import COLUMNS, PublishedRate


def write_rates(target: Path, rates: Iterable[PublishedRate]) -> None:
    """Write the file, whole or not at all, with no cell that a spreadsheet would run.

    They are facts of publications, none of a patient.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        for rate in rates:
            cells = rate.cells()
            writer.writerow({name: defused(text) for name, text in cells.items()})
