# SPDX-License-Identifier: MIT
"""Exporting a logbook and reading the file as a script would."""

from __future__ import annotations

import csv
from pathlib import Path

from models.case import Case, save_case
from models.exchange.orders import Order, export
from models.logbook import Logbook
from tests.fresh import beside


def read(file: Path) -> list[dict[str, str]]:
    """The rows by the names in the heading."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, strict=True))


def exported(logbook: Logbook, *saved: Case) -> list[dict[str, str]]:
    """Save the cases, export the logbook and read the file."""
    for case in saved:
        save_case(logbook, case)
    target = beside(logbook) / "out.csv"
    export(logbook, target, Order())
    return read(target)


def filled(row: dict[str, str], prefix: str) -> dict[str, str]:
    """The cells of the row that hold something and whose name begins so."""
    return {name: value for name, value in row.items() if name.startswith(prefix) and value}
