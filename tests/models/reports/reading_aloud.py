# SPDX-License-Identifier: MIT
"""Reports as tests look at them: their texts, and their tables by caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from models.reports.content import Beside, Block, Circumstances, Report, Table

AT = datetime(2026, 11, 27, 14, 3)
AROUND = Circumstances("Clinic", "anna", AT)


def all_of(report: Report) -> str:
    """Everything that the report says."""
    return "\n".join(report.texts())


def tables(blocks: Sequence[Block]) -> Iterator[Table]:
    """The tables in their order."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Beside):
            yield from tables((*block.left, *block.right))


def table(report: Report, caption: str) -> Table:
    """The table whose caption holds these words."""
    return next(one for one in tables(report.blocks) if caption in one.caption)


def cells(report: Report, caption: str, row: str) -> tuple[str, ...]:
    """The cells behind the first one of the row that begins so."""
    return next(line[1:] for line in table(report, caption).rows if line[0] == row)
