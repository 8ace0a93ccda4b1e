# SPDX-License-Identifier: MIT
"""The words and the answer of the command ``import``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from models.arguments import source_named
from models.errors import LogbookError
from models.speech import numerals, say, say_n
from models.terminal import progress_shown, tell

if TYPE_CHECKING:
    from models.importing.cells import Problem
    from models.importing.lines import Line
    from models.importing.preview import Preview
    from models.logbook import Logbook

_MOST_TOLD = 20


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
        "--delimiter", default="", metavar="SIGN", help=say("comma by name or sign")
    )


def import_file(logbook: Logbook, options: argparse.Namespace) -> tuple[str, bool]:
    """Do what the command says; what it prints, and whether every row of the file was taken.

    Raises:
        LogbookError: file or mapping cannot be read, or the logbook cannot be written.
    """
    from models.importing.columns import propose
    from models.importing.first_look import settled
    from models.importing.mapping import read_mapping
    from models.importing.opening import Source, open_for, open_table
    from models.importing.preview import preview, write_refused
    from models.importing.records import Records
    from models.importing.writing import Imported, take_in

    given = read_mapping(options.mapping) if options.mapping is not None else None
    encoding, delimiter = str(options.encoding).casefold(), _sign(str(options.delimiter))
    heading = "".join(str(options.heading_row).split())
    hidden = str(options.hidden).replace("-", "_")
    source = Source(options.file, encoding, delimiter, str(options.sheet), heading, hidden)
    if given is not None:
        source, table, mapping = open_for(source, given)
    else:
        table = open_table(source)
        mapping = propose(table, source.encoding, source.delimiter)
    if isinstance(table, Records) and options.save_mapping is not None:
        raise LogbookError(
            say("{table} needs no mapping: it was written by Kypholog.", table=table.name),
            say("Leave the mapping out."),
        )
    mapping = source.kept_in(mapping)
    dates, decimal = str(options.dates).replace("-", "_"), str(options.decimal)
    mapping = settled(mapping, dates=dates or None, decimal=decimal or None)
    if options.save_mapping is not None:
        from models.exchange.files import write_text

        write_text(logbook, options.save_mapping, mapping.as_json())
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
    text = _json(shown, wrote) if options.json else _text(shown, wrote, dry=options.dry_run)
    counts = {verdict.value: n for verdict, n in shown.counts.items()}
    untaken = 0 if takes_conflicts else counts["conflicting"]
    return text, not (counts["refused"] or untaken)


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


def _text(shown: Preview, wrote: int, *, dry: bool) -> str:
    return "\n".join(_told(shown, wrote, dry=dry))


def _told(shown: Preview, wrote: int, *, dry: bool) -> Iterator[str]:
    from models.importing.columns import time_without_point
    from models.importing.records import Records

    counts = ", ".join(
        numerals("{n:,} {verdict}", n=n, verdict=verdict.shown)
        for verdict, n in shown.counts.items()
        if n
    )
    rows = say_n("{n:,} row", "{n:,} rows", shown.seen.rows)
    yield f"{shown.table.name}: {shown.table.written}; {rows}."
    yield say("Cases: {counts}.", counts=counts or "none")
    yield from _told_of_workbook(shown)
    yield from shown.seen.recognized
    yield from shown.seen.questions
    if shown.seen.questions:
        yield say("Answer by --dates day-first or month-first, or by --decimal point or comma.")
    if unread := shown.mapping.unused:
        yield say("Columns that are not read: {unread}.", unread=", ".join(unread))
    for name in filter(time_without_point, shown.mapping.unused):
        yield (
            say(
                "{name} holds pain scores, but a case has no such time point. Let a "
                "mapping say for which one they stand, or put them into the notes "
                '("noted").',
                name=name,
            )
        )
    if shown.seen.comes_again and not isinstance(shown.table, Records):
        yield (
            say(
                "No column tells the patient code: importing the file again would make its "
                "cases again."
            )
        )
    yield from _told_aside(shown, dry=dry)
    if shown.unmatched:
        yield say(
            "Some words are not known. Write what they mean into the terms of a mapping "
            "(--save-mapping FILE, then --mapping FILE), or change the cells."
        )
    for term in shown.unmatched[:_MOST_TOLD]:
        yield say(
            "Not known, column {column}: {cell} ({times}).",
            column=term.column,
            cell=term.cell,
            times=say_n("{n:,} time", "{n:,} times", term.count),
        )
    told = [said for line in shown.lines.telling for said in _problems(line)]
    yield from told[:_MOST_TOLD]
    if len(told) > _MOST_TOLD:
        yield say("... and {n:,} more.", n=len(told) - _MOST_TOLD)
    if dry:
        yield say(
            "Nothing was written; {writes} would be.",
            writes=say_n("{n:,} case", "{n:,} cases", shown.writes),
        )
    else:
        yield say("Wrote {wrote}.", wrote=say_n("{n:,} case", "{n:,} cases", wrote))


def _told_of_workbook(shown: Preview) -> Iterator[str]:
    """The other sheets, and what is hidden."""
    from models.importing.opening import sheet_of

    sheet = sheet_of(shown.table)
    if sheet is None:
        return
    if len(sheet.sheets) > 1:
        yield say("Sheets of the workbook: {sheets}.", sheets=", ".join(sheet.sheets))
    if unread := sorted(sheet.hidden_sheets - {sheet.sheet}):
        yield say("Hidden sheets, which are not read: {sheets}.", sheets=", ".join(unread))
    yield from sheet.hidden.told
    if sheet.hidden and not shown.mapping.hidden:
        yield say("Say --hidden leave-out to leave them out, or --hidden read to go on so.")


def _told_aside(shown: Preview, *, dry: bool) -> Iterator[str]:
    """What the file has and the logbook does not take, or not unasked."""
    from models.importing.lines import Verdict

    if shown.left_out_names:
        n = say_n("{n:,} case", "{n:,} cases", shown.left_out_names)
        yield say("Names and record numbers of {n} are left out: the logbook stores none.", n=n)
    if dry and shown.adds_others:
        n = say_n("{n:,} new case", "{n:,} new cases", shown.counts[Verdict.NEW])
        yield (
            say(
                "Its codes are random: {n} would be of new patients, also of those who are "
                "here already. To write them, say --new-patients.",
                n=n,
            )
        )
    if shown.signed:
        n = say_n("{n:,} new case", "{n:,} new cases", shown.signed)
        yield (
            say(
                "Signed off where the file was written: {n}. A file locks nothing, so they "
                "come in open; merge the logbook itself to keep its sign-offs.",
                n=n,
            )
        )


def _problems(line: Line) -> Iterator[str]:
    from models.importing.survey import in_runs

    yield from (str(problem) for problem in (*line.problems, *line.remarks))
    place = say("Row {in_runs}", in_runs=in_runs(line.rows))
    yield from (f"{place}: {one}" for one in line.differences if one.is_conflict)


def _json(shown: Preview, wrote: int) -> str:
    from models.importing.opening import hidden_in, sheet_of, sheets_of

    hidden, sheet = hidden_in(shown.table), sheet_of(shown.table)
    said = {
        "file": shown.table.name,
        "written_as": shown.table.written,
        "sheets": list(sheets_of(shown.table)),
        "hidden": {
            "sheets": sorted(sheet.hidden_sheets) if sheet is not None else [],
            "rows": hidden.count,
            "columns": list(hidden.columns),
            "left_out": hidden.is_left_out,
            "told": hidden.told,
        },
        "rows": shown.seen.rows,
        "cases": {verdict.value: n for verdict, n in shown.counts.items()},
        "saved": wrote,
        "columns": {
            use.column: {"target": use.target, "how": use.how} for use in shown.mapping.columns
        },
        "recognized": shown.seen.recognized,
        "questions": shown.seen.questions,
        "not_read": shown.mapping.unused,
        "left_out_names": shown.left_out_names,
        "signed_off_there": shown.signed,
        "unmatched": [
            {"column": term.column, "target": term.target, "cell": term.cell, "count": term.count}
            for term in shown.unmatched
        ],
        "lines": [_line_json(line) for line in shown.lines],
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def _line_json(line: Line) -> dict[str, object]:
    return {
        "verdict": line.verdict.value,
        "rows": list(line.rows),
        "patient_code": line.name,
        "differences": [
            {"place": one.place, "logbook": one.old, "file": one.new} for one in line.differences
        ],
        "problems": [_problem_json(one) for one in line.problems],
        "remarks": [_problem_json(one) for one in line.remarks],
    }


def _problem_json(one: Problem) -> dict[str, object]:
    return {"row": one.row, "column": one.column, "cell": one.cell, "reason": one.message}
