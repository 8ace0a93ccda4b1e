# SPDX-License-Identifier: MIT
"""The codebook as a report to be laid out on paper: every sheet of an export, column by column."""

from __future__ import annotations

from collections.abc import Sequence

from models import VERSION
from models.exchange.codebook import (
    MISSING_TOLD,
    TITLE,
    Entry,
    entries,
    missing_codes,
    sheet_told,
)
from models.exchange.sheet import Sheet
from models.reports.content import Block, Column, Facts, Heading, Paragraph, Report, Table
from models.speech import lowered, say

_COLUMNS = (
    Column(say("Column"), 2.4),
    Column(say("Label"), 1.6),
    Column(say("Holds"), 1.5),
    Column(say("Codes or limits"), 3.4),
    Column(say("About"), 2.8),
)


def codebook_report(sheets: Sequence[Sheet]) -> Report:
    """What every column of these sheets means. Tells of no case."""
    codes = "; ".join(f"{code} = {label}" for code, label in missing_codes())
    rows: list[tuple[str, ...]] = []
    parts: list[int] = []
    for sheet in sheets:
        if len(sheets) > 1:
            parts.append(len(rows))
            rows.append((sheet.name, "", "", "", ""))
        rows += [_row(entry) for entry in entries([sheet])]
    blocks: tuple[Block, ...] = (
        Heading(say("Missing values")),
        Paragraph(MISSING_TOLD),
        Paragraph(codes),
        Heading(say("Tables")),
        Facts(tuple((sheet.name, sheet_told(sheet)) for sheet in sheets)),
        Table(_COLUMNS, tuple(rows), say("Columns"), parts=frozenset(parts)),
    )
    return Report(
        TITLE,
        (say("What every column of an export of Kypholog {version} means.", version=VERSION),),
        blocks,
        f"Kypholog {VERSION}",
        lowered(TITLE),
        n_cases=0,
        is_across=True,
    )


def _row(entry: Entry) -> tuple[str, ...]:
    holds = f"{entry.kind}, {entry.unit}" if entry.unit else entry.kind
    return (entry.name, entry.label, holds, _codes(entry) or entry.limits, entry.told)


def _codes(entry: Entry) -> str:
    """Codes with their labels; those that are their own label without one."""
    if all(code == label for code, label in entry.codes):
        return ", ".join(code for code, _ in entry.codes)
    return "; ".join(f"{code} = {label}" for code, label in entry.codes)
