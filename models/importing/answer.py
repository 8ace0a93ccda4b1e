# SPDX-License-Identifier: MIT
"""What the command ``import`` answers, in words or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from models.importing.arranging import layouts_of
from models.importing.lines import Line, Verdict
from models.importing.opening import hidden_in, questions_of, sheet_of, sheets_of
from models.importing.preview import Preview
from models.importing.problems import Problem
from models.importing.records import Records
from models.importing.survey import in_runs
from models.importing.targets import PAIN_SCALE, targets
from models.importing.unplaced import told_of_unplaced
from models.speech import numerals, say, say_n
from models.vocabulary import PainScale

_MOST_TOLD = 20


def in_words(shown: Preview, wrote: int, *, dry: bool) -> str:
    """What was done, or would be, in lines."""
    return "\n".join(_told(shown, wrote, dry=dry))


def _told(shown: Preview, wrote: int, *, dry: bool) -> Iterator[str]:
    counts = ", ".join(
        numerals("{n:,} {verdict}", n=n, verdict=verdict.shown)
        for verdict, n in shown.counts.items()
        if n
    )
    rows = say_n("{n:,} row", "{n:,} rows", shown.seen.rows)
    yield f"{shown.table.name}: {shown.table.written}; {rows}."
    yield say("Cases: {counts}.", counts=counts or "none")
    yield from _told_of_workbook(shown)
    yield from _told_recognized(shown)
    yield from _told_scales(shown)
    yield from _told_units(shown)
    yield from _told_unread(shown)
    if not (shown.seen.key_places or isinstance(shown.table, Records)):
        yield say("No column tells the patient or the case: every row is a case.")
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


def _told_unread(shown: Preview) -> Iterator[str]:
    """The columns that are not read, and what can be done about each."""
    if not (unread := shown.mapping.unused):
        return
    yield say("Columns that are not read: {unread}.", unread=", ".join(unread))
    yield from told_of_unplaced(shown.mapping)
    yield say(
        "Write it into a mapping (--save-mapping FILE, then --mapping FILE); there the notes are "
        "called noted."
    )


def _told_recognized(shown: Preview) -> Iterator[str]:
    """What was recognized, what is open, and how to say otherwise."""
    if asked := questions_of(shown.table):
        yield from asked
        yield say("Say it by --encoding, such as --encoding cp1250.")
    yield from shown.seen.recognized
    if layouts_of(shown.table, shown.seen):
        yield say("If rows or levels do not lie so, say --layout as-it-stands.")
    yield from shown.seen.questions
    if shown.seen.questions:
        yield say("Answer by --dates day-first or month-first, or by --decimal point or comma.")


def _told_scales(shown: Preview) -> Iterator[str]:
    """On which scale pain is read; a heading alone seldom tells it."""
    columns: dict[str, list[str]] = {}
    used = {*shown.mapping.used, *shown.mapping.constants}
    for use in shown.mapping.columns:
        is_score = bool(use.target) and targets()[use.target].part == "score"
        if use.scale or (is_score and PAIN_SCALE not in used):
            columns.setdefault(use.scale, []).append(use.column)
    for scale, names in columns.items():
        if not scale:
            yield say(
                "On which scale pain is does not show: {columns}. A mapping can say it.",
                columns=", ".join(names),
            )
            continue
        yield say(
            "Pain is read as {scale}: {columns}.",
            scale=PainScale(scale).label,
            columns=", ".join(names),
        )


def _told_units(shown: Preview) -> Iterator[str]:
    if not (offers := shown.seen.offers):
        return
    yield from (offer.told for offer in offers)
    options = " ".join(f'--convert "{offer.column}"' for offer in offers)
    yield say("To convert them, say {options}.", options=options)


def _told_of_workbook(shown: Preview) -> Iterator[str]:
    """The other sheets, and what is hidden."""
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
    yield from (str(problem) for problem in (*line.problems, *line.remarks))
    place = say("Row {in_runs}", in_runs=in_runs(line.rows))
    yield from (f"{place}: {one}" for one in line.differences if one.is_conflict)


def as_json(shown: Preview, wrote: int) -> str:
    """The same as one JSON document, for scripts."""
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
        "layout": layouts_of(shown.table, shown.seen),
        "cases": {verdict.value: n for verdict, n in shown.counts.items()},
        "saved": wrote,
        "columns": {
            use.column: {"target": use.target, "how": use.how, "scale": use.scale}
            for use in shown.mapping.columns
        },
        "recognized": shown.seen.recognized,
        "questions": [*questions_of(shown.table), *shown.seen.questions],
        "converted": shown.seen.converted,
        "to_convert": [
            {"column": one.column, "unit": one.unit, "to": one.own, "times": one.factor}
            for one in shown.seen.offers
        ],
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
        "rows": [*dict.fromkeys(line.rows)],
        "patient_code": line.name,
        "differences": [
            {"place": one.place, "logbook": one.old, "file": one.new} for one in line.differences
        ],
        "problems": [_problem_json(one) for one in line.problems],
        "remarks": [_problem_json(one) for one in line.remarks],
    }


def _problem_json(one: Problem) -> dict[str, object]:
    return {"row": one.row, "column": one.column, "cell": one.cell, "reason": one.message}
