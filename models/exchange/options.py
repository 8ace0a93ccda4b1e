# SPDX-License-Identifier: MIT
"""The words of ``export``. Loads nothing else, so that the command line stays quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.speech import say

if TYPE_CHECKING:
    from models.exchange.orders import Exported, Order
    from models.exchange.shapes import Shape
    from models.logbook import Logbook
    from models.query import Filter

PROFILES = ("machine", "excel", "xlsx", "package", "redcap", "fhir")
SHAPES = ("flat", "case", "tables")
KINDS = ("none", "limited", "safe-harbor")
DATES = ("keep", "shift", "year", "days")
DELIMITERS = ("comma", "semicolon", "tab")
DECIMALS = ("point", "comma")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give ``export`` its options."""
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help=say("the file to write")
    )
    parser.add_argument(
        "--profile",
        choices=PROFILES,
        default="machine",
        help=say(
            "how it is written: machine, CSV for programs (the default); excel, CSV for "
            "Excel; xlsx, a workbook; package, a zip with tables, codebook and scripts; "
            "redcap, a kit for a new project; fhir, an R4 bundle"
        ),
    )
    parser.add_argument(
        "--shape",
        choices=SHAPES,
        help=say(
            "one row a treated level (flat), one row a case with its levels numbered "
            "(case), or linked tables (tables, a zip); flat by default where the profile "
            "has it"
        ),
    )
    parser.add_argument(
        "--columns",
        metavar="NAME",
        help=say("only these columns: the name of a saved set, or headings parted by commas"),
    )
    parser.add_argument(
        "--preview",
        action="store_true",
        help=say("say what the file would hold and what would be left out; write nothing"),
    )
    excel = parser.add_argument_group(say("CSV for Excel"))
    excel.add_argument("--delimiter", choices=DELIMITERS, default="comma")
    excel.add_argument("--decimal", choices=DECIMALS, default="point", help=say("the decimal sign"))
    persons = parser.add_argument_group("de-identification")
    persons.add_argument(
        "--deidentify",
        choices=KINDS,
        help=say(
            "none (the default): everything that is recorded, also names, birth dates, "
            "notes and lot numbers; limited, or safe-harbor: without them, with random "
            "codes"
        ),
    )
    persons.add_argument(
        "--dates",
        choices=DATES,
        help=say(
            "limited: keep (the default) or shift; safe-harbor: year (the default) or days "
            "from the procedure"
        ),
    )
    persons.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        help=say("write the key from random codes to patients, in another folder; none by default"),
    )


def exported(
    logbook: Logbook,
    options: argparse.Namespace,
    asked: Filter,
    progress: Callable[[int, int], None],
) -> tuple[Exported, str]:
    """Carry out ``export``; what was written, and what is to be known of it, or "".

    Raises:
        LogbookError: options contradict each other, or the file cannot be written.
    """
    from models.exchange.orders import export

    order = _order(logbook, options, asked)
    warning = ""
    if order.rules.changes_anything:
        warning = _small(logbook, order)
    done = export(logbook, options.out, order, progress)
    told = order.rules.told(whole=order.columns is None)
    return done, " ".join(filter(None, (told, done.of_images, warning)))


def previewed(logbook: Logbook, options: argparse.Namespace, asked: Filter) -> str:
    """What ``export`` would write, and what would be left out, in sentences.

    Raises:
        LogbookError: options contradict each other.
    """
    from models.exchange.preview import consequences, preview

    order = _order(logbook, options, asked)
    found = consequences(logbook, order)
    told = (preview(logbook, order).told, found.told, found.warning, say("Nothing was written."))
    return "\n".join(filter(None, told))


def _order(logbook: Logbook, options: argparse.Namespace, asked: Filter) -> Order:
    from models.exchange.deidentify import Dates, Kind, Rules
    from models.exchange.dialects import DECIMAL_SIGNS, Dialect
    from models.exchange.dialects import DELIMITERS as SIGNS
    from models.exchange.orders import Order
    from models.exchange.profiles import FORMS, Profile
    from models.exchange.shapes import Shape

    profile = Profile(options.profile)
    shape = Shape(options.shape) if options.shape else FORMS[profile].shapes[0]
    dates = Dates(options.dates) if options.dates else None
    signs = (SIGNS[options.delimiter], DECIMAL_SIGNS[options.decimal])
    if profile is not Profile.EXCEL and signs != (",", "."):
        raise LogbookError(
            say("Delimiter and decimal sign can be chosen for the profile excel alone."),
            say("Leave them out, or choose that profile."),
        )
    return Order(
        profile,
        shape,
        Rules.of(Kind(options.deidentify or "none"), dates),
        _columns(logbook, shape, options.columns),
        asked,
        dialect=Dialect(profile is Profile.EXCEL, *signs),
        key=options.key,
    )


def _columns(logbook: Logbook, shape: Shape, name: str | None) -> tuple[str, ...] | None:
    if not name:
        return None
    from models.exchange.choosing import column_names
    from models.exchange.column_sets import set_called

    headings = [heading.strip() for heading in name.split(",")]
    known = set(column_names(shape))
    if len(headings) == 1 and headings[0] not in known:
        return set_called(logbook, name).columns
    if unknown := [heading for heading in headings if heading not in known]:
        raise LogbookError(
            say(
                "There is no column {unknown} in an export of the shape {shape}.",
                unknown=unknown[0],
                shape=shape,
            ),
            say("The command codebook lists them all."),
        )
    return tuple(headings)


def _small(logbook: Logbook, order: Order) -> str:
    from models.exchange.deidentify import small_cells
    from models.exchange.orders import chosen_cases
    from models.exchange.preview import compared_by

    with logbook.session():
        case_ids = chosen_cases(logbook, order)
        return small_cells(logbook.database, case_ids, compared_by(order)).told
