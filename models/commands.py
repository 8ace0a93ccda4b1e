# SPDX-License-Identifier: MIT
"""What the program offers without a window. Each command loads what it needs, and no more."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from models import VERSION
from models.access_command import add_access
from models.arguments import PROGRAM, above_zero, add_filter
from models.codebook_command import add_codebook
from models.copy_command import add_copy
from models.errors import LogbookDamaged, LogbookError
from models.opening import folder_of, opened, place_of, to_fill
from models.signing import add_place
from models.terminal import answer, begun, counted, progress_shown, tell
from models.trail_command import add_audit

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.query import Filter
    from models.report_command import Layout

DONE = 0
DONE_WITH_FINDINGS = 1
CANNOT_DO = 2

_Add = Callable[..., argparse.ArgumentParser]
Bind = Callable[[str], "Layout"]
"""For a kind of paper, "a4" or "letter", what lays a report out."""

_DESCRIPTION = """\
Kypholog is a case log for vertebral augmentation.
Without a command it opens its window.
"""
_EPILOG = f"""\
PLACE is the folder of a logbook, such as Clinic.kypholog. Of an encrypted one the password is
asked for, or read from the file named by --password-file.

examples:
  {PROGRAM}
  {PROGRAM} --logbook Clinic.kypholog
  {PROGRAM} --logbook Try.kypholog sample --cases 300 --seed 1
  {PROGRAM} --logbook Clinic.kypholog due --state overdue
  {PROGRAM} --logbook Clinic.kypholog outcomes --json --to 12m --by technique
  {PROGRAM} --logbook Clinic.kypholog safety --form sprt --operator "A. Smith"
  {PROGRAM} --logbook Clinic.kypholog export --out cases.csv
  {PROGRAM} --logbook Clinic.kypholog export --out leaks.csv --filter "leak:yes level:T10-L2"
  {PROGRAM} --logbook Clinic.kypholog export --profile package --out cases.zip
  {PROGRAM} --logbook Clinic.kypholog import clinic.csv --dry-run --save-mapping ours.json
  {PROGRAM} --logbook Clinic.kypholog import Office.kypholog --dry-run
  {PROGRAM} --logbook Clinic.kypholog backup --list
  {PROGRAM} --logbook Clinic.kypholog restore latest
  {PROGRAM} --logbook Clinic.kypholog report case-series --filter "date:2026" --out series.pdf

exit codes:
  0  done
  1  done, with findings
  2  wrong use, or it cannot be done; one line on stderr says why
"""


def build_parser() -> argparse.ArgumentParser:
    """The command line as a whole; ``command`` is None where the window is wanted."""
    parser = _Parser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_place(parser, behind_command=False)
    parser.add_argument("--version", action="version", version=f"Kypholog {VERSION}")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    for add in (
        *(_add_example, _add_sample, _add_due),
        *(_add_outcomes, _add_safety, _add_export, add_codebook, _add_import),
        *(_add_report, _add_verify, _add_backup, _add_restore),
        add_copy,
    ):
        add_place(add(commands.add_parser))
    add_place(add_audit(commands.add_parser, place_of))
    add_access(commands.add_parser, folder_of)
    return parser


def run(argv: Sequence[str], bind: Bind | None = None) -> int:
    """Run the command of ``argv`` and return the exit code; errors are one line on stderr.

    Args:
        argv: without the name of the program.
        bind: makes what lays out a report, for a kind of paper; without it there are no reports.
    """
    options = build_parser().parse_args(argv, argparse.Namespace(bind=bind))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    work: Callable[[argparse.Namespace], int] = options.work
    try:
        return work(options)
    except LogbookError as error:
        tell(str(error))
        return CANNOT_DO


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with the place where to read more."""

    def error(self, message: str) -> NoReturn:
        """End the program with exit code 2."""
        tell(f"{message.rstrip('.')}. Try: {self.prog} --help")
        raise SystemExit(CANNOT_DO)


def _add_example(add: _Add) -> argparse.ArgumentParser:
    about = "make a logbook of the two published cases"
    parser = add("example", help=about, description=f"{begun(about)}.")
    parser.set_defaults(work=_example)
    return parser


def _example(options: argparse.Namespace) -> int:
    from models.example import add_example, reference

    with to_fill(place_of(options), options) as logbook:
        before = _count(logbook)
        add_example(logbook)
        added = _count(logbook) - before
        place = logbook.place
    if added:
        answer(f"Added {counted(added, 'case')} of {reference()} to {place}.")
    else:
        answer(f"The cases of {reference()} are in {place} already.")
    return DONE


def _add_sample(add: _Add) -> argparse.ArgumentParser:
    about = "make a synthetic logbook"
    parser = add(
        "sample",
        help=about,
        description=f"{begun(about)}. Every case is marked as synthetic; the same numbers "
        "make the same cases on any day.",
    )
    parser.add_argument(
        "--cases", type=above_zero, default=300, metavar="N", help="how many, 300 by default"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="where chance starts, 1 by default"
    )
    parser.set_defaults(work=_sample)
    return parser


def _sample(options: argparse.Namespace) -> int:
    from models.sample import fill

    cases, seed = int(options.cases), int(options.seed)
    with to_fill(place_of(options), options) as logbook, progress_shown() as progress:
        added = fill(logbook, cases, seed, lambda done: progress(done, cases))
        place = logbook.place
    answer(f"Added {counted(added, 'synthetic case')} (seed {seed}) to {place}.")
    return DONE


def _add_due(add: _Add) -> argparse.ArgumentParser:
    from models.due_command import declare

    about = "whom to ask how the patient does"
    parser = add(
        "due",
        help=about,
        description=f"{begun(about)}: visits by the visit plan of the logbook, the most urgent "
        "first, and how complete the follow-up is. No names.",
    )
    declare(parser)
    parser.set_defaults(work=_due)
    return parser


def _due(options: argparse.Namespace) -> int:
    from models.due_command import due_answer

    with opened(place_of(options), options) as logbook:
        answer(due_answer(logbook, options))
    return DONE


def _add_outcomes(add: _Add) -> argparse.ArgumentParser:
    about = "pain before and after, function, medication, height and follow-up"
    parser = add(
        "outcomes",
        help=about,
        description=f"{begun(about)}, with the number of cases, pairs and missing scores.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--from", dest="start", default="baseline", metavar="POINT", help="baseline by default"
    )
    parser.add_argument(
        "--to",
        default="latest",
        metavar="POINT",
        help="24h, 1w, 1m, 3m, 6m, 12m, 24m, later, or latest, which is the default",
    )
    parser.add_argument(
        "--by",
        metavar="FIELD",
        help="compare groups: technique, operator, sex, year, diagnosis or region; or @ and the "
        "name of a saved filter, whose cases are compared with all others",
    )
    add_filter(parser)
    parser.set_defaults(work=_outcomes)
    return parser


def _outcomes(options: argparse.Namespace) -> int:
    start, to, by = str(options.start), str(options.to), options.by
    with opened(place_of(options), options) as logbook:
        asked = _filter(logbook, options)
        if options.json:
            from models.analysis.report_json import outcomes_json

            answer(json.dumps(outcomes_json(logbook, start, to, by, asked), indent=2))
        else:
            from models.analysis.report_text import outcomes_text

            answer(outcomes_text(logbook, start, to, by, asked))
    return DONE


def _add_safety(add: _Add) -> argparse.ArgumentParser:
    from models.safety.options import add_options

    about = "leakage, adverse events, radiation, new fractures and CUSUM"
    parser = add("safety", help=about, description=f"{begun(about)}, each with its n.")
    add_options(parser)
    add_filter(parser)
    parser.set_defaults(work=_safety)
    return parser


def _safety(options: argparse.Namespace) -> int:
    from models.safety.options import safety_answer

    with opened(place_of(options), options) as logbook:
        answer(safety_answer(logbook, options, _filter(logbook, options)))
    return DONE


def _add_export(add: _Add) -> argparse.ArgumentParser:
    from models.exchange.options import add_options

    about = "write the cases as CSV, workbook, data package, REDCap kit or FHIR bundle"
    parser = add("export", help=about, description=f"{begun(about)}.")
    add_options(parser)
    add_filter(parser)
    parser.set_defaults(work=_export)
    return parser


def _export(options: argparse.Namespace) -> int:
    from models.exchange.options import exported, previewed

    with opened(place_of(options), options) as logbook, progress_shown() as progress:
        if options.preview:
            answer(previewed(logbook, options, _filter(logbook, options)))
            return DONE
        done, told = exported(logbook, options, _filter(logbook, options), progress)
    rows = counted(done.rows, "resource" if options.profile == "fhir" else "row")
    answer(f"Wrote {rows} of {counted(done.cases, 'case')} to {done.target}.")
    if told:
        answer(told)
    return DONE


def _add_import(add: _Add) -> argparse.ArgumentParser:
    from models.importing.command import declare
    from models.merge_command import declare_merge

    about = "take cases in from a CSV file, a workbook or another logbook"
    told = f"{begun(about)}. Exit code 1 when rows were refused or left out, or to be decided."
    parser = add("import", help=about, description=told)
    declare(parser)
    declare_merge(parser)
    parser.set_defaults(work=_import)
    return parser


def _import(options: argparse.Namespace) -> int:
    from models.importing.command import import_file
    from models.merge_command import is_logbook, merge_logbook

    work = merge_logbook if is_logbook(options.file) else import_file
    with opened(place_of(options), options) as logbook:
        text, is_whole = work(logbook, options)
    answer(text)
    return DONE if is_whole else DONE_WITH_FINDINGS


def _add_report(add: _Add) -> argparse.ArgumentParser:
    from models.report_command import declare

    about = "write a report as PDF, ODT or HTML"
    parser = add("report", help=about, description=f"{begun(about)}. No names unless asked for.")
    declare(parser)
    parser.set_defaults(work=_report)
    return parser


def _report(options: argparse.Namespace) -> int:
    from models.report_command import write_report

    bind: Bind | None = options.bind
    place = place_of(options)
    if bind is None:
        raise LogbookError("Reports cannot be laid out here.", f"Start them by {PROGRAM}.")
    with opened(place, options) as logbook:
        answer(write_report(logbook, options, bind(str(options.paper))))
    return DONE


def _add_verify(add: _Add) -> argparse.ArgumentParser:
    about = "check the database and the audit"
    parser = add(
        "verify",
        help=about,
        description=f"{begun(about)}. Nothing is changed. Exit code 1 and a list when "
        "something is wrong.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(work=_verify)
    return parser


def _verify(options: argparse.Namespace) -> int:
    from models.verify import verify

    place = place_of(options)
    try:
        with opened(place, options) as logbook, progress_shown() as progress:
            found = verify(logbook, progress)
    except LogbookDamaged as error:
        found = [str(error)]
    if options.json:
        answer(json.dumps({"logbook": str(place), "ok": not found, "findings": found}, indent=2))
    elif found:
        answer("\n".join(found))
    else:
        answer(f"{place} is as Kypholog wrote it.")
    return DONE_WITH_FINDINGS if found else DONE


def _add_backup(add: _Add) -> argparse.ArgumentParser:
    from models.backup_command import add_backup

    return add_backup(add, folder_of)


def _add_restore(add: _Add) -> argparse.ArgumentParser:
    from models.backup_command import add_restore

    return add_restore(add, folder_of)


def _filter(logbook: Logbook, options: argparse.Namespace) -> Filter:
    from models.filters import read_filter

    return read_filter(logbook, str(options.filter or ""))


def _count(logbook: Logbook) -> int:
    from models.schema import Procedure

    with logbook.session():
        return int(Procedure.select().count(logbook.database))
