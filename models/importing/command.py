# SPDX-License-Identifier: MIT
"""The words of the command ``import``, and what it does."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from models.arguments import source_named
from models.errors import LogbookError
from models.speech import say
from models.terminal import progress_shown, tell
from models.typed import quoted

if TYPE_CHECKING:
    from models.importing.mapping import Mapping
    from models.importing.opening import Source
    from models.importing.reading import Table
    from models.logbook import Logbook


def declare(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument(
        "file",
        type=source_named,
        metavar="FILE",
        help=say(
            "a CSV file or workbook; what Kypholog exported: a data package, linked "
            "tables, or the records of a REDCap project with its dictionary; or another "
            "logbook: its folder, or its address on a server"
        ),
    )
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help=say("what the columns stand for, as it was saved"),
    )
    parser.add_argument(
        "--save-mapping",
        type=Path,
        metavar="FILE",
        help=say("write what the columns stand for into a file, to change it and use it again"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=say("tell what would be done, no more")
    )
    parser.add_argument(
        "--no-backup",
        action="store_true",
        help=say("make no backup before writing; a dry run makes none"),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    parser.add_argument(
        "--refused",
        type=Path,
        metavar="FILE",
        help=say("write the refused rows here, with the reason"),
    )
    parser.add_argument(
        "--take-conflicts",
        action="store_true",
        help=say("where the logbook holds something else, take what the file says"),
    )
    parser.add_argument(
        "--new-patients",
        action="store_true",
        help=say(
            "the patients of a limited data set are others than those of the logbook; "
            "without it none of them comes in, because its random codes tell nobody apart"
        ),
    )
    parser.add_argument(
        "--sheet", default="", metavar="NAME", help=say("of a workbook; else the best one is taken")
    )
    parser.add_argument(
        "--heading-row",
        default="",
        metavar="N",
        help=say(
            "the row with the names of the columns, where it is not recognized; 3-4 where "
            "the names stand in two rows"
        ),
    )
    parser.add_argument(
        "--hidden",
        default="",
        choices=("read", "leave-out"),
        help=say(
            "rows and columns that a workbook hides, also by a filter; else they are read and told"
        ),
    )
    parser.add_argument(
        "--layout",
        default="",
        choices=("as-it-stands",),
        help=say(
            "rows are no visits and levels do not stand side by side; else that is recognized"
        ),
    )
    parser.add_argument(
        "--encoding", default="", metavar="NAME", help=say("utf-8, utf-16-le, cp1252")
    )
    parser.add_argument(
        "--dates",
        default="",
        choices=("day-first", "month-first"),
        help=say("what 3/4/2026 means, where the cells leave it open"),
    )
    parser.add_argument(
        "--decimal",
        default="",
        choices=("point", "comma"),
        help=say("what 1,234 means, where the cells leave it open"),
    )
    parser.add_argument(
        "--convert",
        action="append",
        default=[],
        metavar="COLUMN",
        help=say(
            "convert the numbers of this column to the unit of the logbook; it may be said again "
            "for another column"
        ),
    )
    parser.add_argument(
        "--delimiter", default="", metavar="SIGN", help=say("comma by name or sign")
    )


def import_file(logbook: Logbook, options: argparse.Namespace) -> tuple[str, bool]:
    """Do what the command says; what it prints, and whether every row of the file was taken.

    Raises:
        LogbookError: file or mapping cannot be read, or the logbook cannot be written.
    """
    from models.importing.answer import as_json, in_words
    from models.importing.columns import propose
    from models.importing.first_look import settled
    from models.importing.mapping import read_mapping
    from models.importing.opening import open_for, open_table
    from models.importing.preview import preview, write_refused
    from models.importing.records import Records
    from models.importing.writing import Imported, take_in

    given = read_mapping(options.mapping) if options.mapping is not None else None
    source = _source_of(options)
    if given is not None:
        source, table, mapping = open_for(source, given)
    else:
        table = open_table(source)
        mapping = propose(table, source.encoding, source.delimiter, source.layout)
    if isinstance(table, Records) and options.save_mapping is not None:
        raise LogbookError(
            say("{table} needs no mapping: it was written by Kypholog.", table=table.name),
            say("Leave the mapping out."),
        )
    mapping = source.kept_in(mapping)
    dates, decimal = str(options.dates).replace("-", "_"), str(options.decimal)
    mapping = settled(mapping, dates=dates or None, decimal=decimal or None)
    mapping = _converting(table, mapping, options.convert)
    _save_mapping(logbook, mapping, options.save_mapping)
    with progress_shown() as progress:
        takes_conflicts = bool(options.take_conflicts)
        if options.dry_run:
            shown = preview(logbook, table, mapping, progress, takes_conflicts=takes_conflicts)
            done = Imported()
        else:
            wants_backup = logbook.has_files and not options.no_backup
            shown, done = take_in(
                logbook,
                table,
                mapping,
                progress,
                takes_conflicts=takes_conflicts,
                before=partial(_back_up, logbook) if wants_backup else None,
                are_others=bool(options.new_patients),
            )
    if options.refused is not None:
        write_refused(logbook, shown, options.refused)
    wrote = done.new + done.changed
    text = as_json(shown, wrote) if options.json else in_words(shown, wrote, dry=options.dry_run)
    counts = {verdict.value: n for verdict, n in shown.counts.items()}
    untaken = 0 if takes_conflicts else counts["conflicting"]
    return text, not (counts["refused"] or untaken)


def _source_of(options: argparse.Namespace) -> Source:
    """The file, and what was said of it."""
    from models.importing.opening import Source

    return Source(
        options.file,
        encoding=str(options.encoding).casefold(),
        delimiter=_sign(str(options.delimiter)),
        sheet=str(options.sheet),
        heading="".join(str(options.heading_row).split()),
        hidden=str(options.hidden).replace("-", "_"),
        layout=str(options.layout).replace("-", "_"),
    )


def _converting(table: Table, mapping: Mapping, columns: Sequence[str]) -> Mapping:
    """The mapping, with these columns converted to the units of the logbook.

    Raises:
        LogbookError: a column is in no unit from which that is exact.
    """
    if not columns:
        return mapping
    from models.importing.first_look import with_units
    from models.importing.survey import survey

    offers = {one.column.casefold(): one for one in survey(table, mapping).offers}
    if odd := [name for name in columns if name.casefold() not in offers]:
        known = ", ".join(one.column for one in offers.values())
        raise LogbookError(
            say("There is nothing to convert in {column}.", column=quoted(odd[0])),
            say("What can be converted: {known}.", known=known or say("nothing")),
        )
    chosen = [offers[name.casefold()] for name in columns]
    return with_units(mapping, {one.column: one.unit for one in chosen})


def _save_mapping(logbook: Logbook, mapping: Mapping, target: Path | None) -> None:
    if target is not None:
        from models.exchange.files import write_text

        write_text(logbook, target, mapping.as_json())


def _back_up(logbook: Logbook) -> None:
    """Copy the logbook as it was before the transaction of this thread, which another sees."""
    from models.backup import Made, Reason, back_up, tell_of

    def work() -> Made:
        with logbook.session():
            return back_up(logbook, Reason.IMPORT, tells=False)

    with ThreadPoolExecutor(1) as other:
        made = other.submit(work).result()
    tell_of(logbook, made.backup)
    if made.trouble:
        tell(made.trouble)


_SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "vertical bar": "|"}
"""How the command line names the signs that part cells, in any language."""


def _sign(name: str) -> str:
    from models.importing.recognizing import DELIMITERS

    # A script says "comma" wherever it runs.
    named = _SIGNS | {told.casefold(): sign for sign, told in DELIMITERS.items()}
    return named.get(name.casefold(), name)
