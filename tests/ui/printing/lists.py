# SPDX-License-Identifier: MIT
"""Lists to print, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pypdf import PdfReader

from ui.printing.listing import Listing, PrintColumn, Row
from ui.printing.paper import SheetSize
from ui.printing.typeset import Pages, typeset

COLUMNS = (
    PrintColumn("Date"),
    PrintColumn("Patient code"),
    PrintColumn("Cement, mL", is_right=True),
    PrintColumn("Leakage"),
)


def a_row(number: int, leakage: str = "None") -> Row:
    return (f"2026-01-{number % 28 + 1:02d}", f"P-{number:05d}", "6.5", leakage)


def a_listing(rows: Iterable[Row] = (), columns: tuple[PrintColumn, ...] = COLUMNS) -> Listing:
    return Listing(
        title="List of cases",
        subtitle=("45 cases. Search: “t12”.", "Logbook Clinic, printed 2026-11-27 14:03 by A."),
        columns=columns,
        rows=rows,
        note="A dash stands for nothing recorded.",
        footer="Patient data.",
    )


def quietly(done: int, total: int) -> None:
    """Nobody listens."""


def set_pages(
    rows: Sequence[Row],
    size: SheetSize = SheetSize.A4,
    lies: bool | None = False,
    columns: tuple[PrintColumn, ...] = COLUMNS,
) -> Pages:
    return typeset(a_listing(columns=columns), rows, size, lies, quietly)


def texts_of(file: Path) -> list[str]:
    """What can be read on each page, with plain spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(file).pages]
