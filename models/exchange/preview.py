# SPDX-License-Identifier: MIT
"""What an export would hold, before it is written: first rows, and what would be left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from models.exchange.choosing import SYNTHETIC, behind
from models.exchange.columns import Column
from models.exchange.deidentify import ALIKE_BY, small_cells
from models.exchange.first_rows import first_rows
from models.exchange.left_out import LeftOut, left_out
from models.exchange.orders import (
    Order,
    chosen_cases,
    content_of,
    images_of,
    said_of_images,
    signed_among,
    synthetic_among,
)
from models.exchange.profiles import FORMS
from models.exchange.steps import Steps
from models.logbook import Logbook
from models.speech import say_n

FIRST_CASES = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of an export.

    Attributes:
        table: the table that is shown; of linked tables, that of the procedures.
        columns: its columns, as the format has them.
        rows: its first rows, as text.
        cases: how many cases the whole will have.
        told: what the file will hold, in sentences.
    """

    table: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    cases: int
    told: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What de-identification takes away, and what it leaves that may still tell.

    Attributes:
        left_out: fields with cells that would be lost, most cells first.
        warning: of small cells, or "".
    """

    left_out: tuple[LeftOut, ...]
    warning: str

    @property
    def told(self) -> str:
        """What is left out, in a sentence; "" where nothing is."""
        if not self.left_out:
            return ""
        cells = sum(each.cells for each in self.left_out)
        named = ", ".join(f"{each.name} ({each.cells:,})" for each in self.left_out)
        return say_n(
            "Left out is {n:,} cell that holds something: {named}.",
            "Left out are {n:,} cells that hold something: {named}.",
            cells,
            named=named,
        )


def preview(logbook: Logbook, order: Order) -> Preview:
    """The first rows of an order, without writing anything.

    Raises:
        LogbookError: the order contradicts itself.
    """
    with logbook.session():
        case_ids = chosen_cases(logbook, order)
        made = synthetic_among(logbook, case_ids)
        first = replace(order, case_ids=case_ids[:FIRST_CASES])
        if made and order.columns is not None:
            # The first cases may be of real patients.
            first = replace(first, columns=(*order.columns, SYNTHETIC))
        with content_of(logbook, first, Steps(at_once=FIRST_CASES)) as (content, _):
            shown = first_rows(order.profile, content)
            images = said_of_images(order, content.sheets, images_of(logbook, order, case_ids))
            signed = signed_among(logbook, order, case_ids)
            whole = replace(content, cases=len(case_ids), synthetic=made, signed=signed)
            told = replace(whole, of_images=images).told
    held = f"{FORMS[order.profile].label}, {shown.holds}: {told}"
    return Preview(shown.table, shown.columns, shown.rows, len(case_ids), held)


def consequences(
    logbook: Logbook, order: Order, cancelled: Callable[[], bool] | None = None
) -> Consequences:
    """What the rules of an order take out of all its cases, of the columns that are wanted.

    Raises:
        LogbookError: ``cancelled`` returned True.
    """
    if not order.rules.changes_anything:
        return Consequences((), "")
    steps = Steps(cancelled=cancelled)
    wanted = None if order.columns is None else behind(order.shape, order.columns)
    with logbook.session():
        case_ids = chosen_cases(logbook, order)
        lost = left_out(logbook.database, order.rules, case_ids, steps, wanted)
        small = small_cells(logbook.database, case_ids, compared_by(order), steps.stop_if_cancelled)
    return Consequences(tuple(sorted(lost, key=lambda each: -each.cells)), small.told)


def compared_by(order: Order) -> tuple[str, ...]:
    """By which of the columns that the file will have patients are compared."""
    if order.columns is None:
        return ALIKE_BY
    fields = {name for _, name in behind(order.shape, order.columns)}
    return tuple(name for name in ALIKE_BY if name in fields)
