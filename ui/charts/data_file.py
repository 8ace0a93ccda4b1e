# SPDX-License-Identifier: MIT
"""The data behind a figure as a CSV file that says when people of it do not exist."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from models.formulas import defused

SYNTHETIC = "synthetic_cases"
"""The last column, the same number in each row; there only where there are some."""


def write_rows(file: TextIO, rows: Iterable[Sequence[object]], n_synthetic: int) -> None:
    """Write the rows, that of headings first.

    No text is taken for a formula; numbers stay as they are. ``n_synthetic`` is how many synthetic
    cases are among those of the figure.
    """
    csv.writer(file).writerows(map(_safe, _marked(rows, n_synthetic)))


def _marked(rows: Iterable[Sequence[object]], n_synthetic: int) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows):
        yield row if not n_synthetic else (*row, n_synthetic if number else SYNTHETIC)


def _safe(row: Sequence[object]) -> list[object]:
    return [defused(cell) if isinstance(cell, str) else cell for cell in row]
