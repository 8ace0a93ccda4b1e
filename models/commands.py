# SPDX-License-Identifier: MIT
"""What the program offers without a window. Each command loads what it needs, and no more."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models import VERSION
from models.access_command import add_access
from models.arguments import CANNOT_DO, PROGRAM, above_zero, add_filter, make_parser
from models.codebook_command import add_codebook
from models.copy_command import add_copy
from models.errors import LogbookDamaged, LogbookError
from models.opening import folder_of, opened, place_of, to_fill
from models.signing import add_place
from models.speech import say, say_n
from models.terminal import answer, begun, counted, progress_shown, tell
from models.trail_command import add_audit

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.query import Filter
    from models.report_command import Layout

DONE = 0
DONE_WITH_FINDINGS = 1

_Add = Callable[..., argparse.ArgumentParser]
Bind = Callable[[str], "Layout"]
"""For a kind of paper, "a4" or "letter", what lays a report out."""


def build_parser() -> argparse.ArgumentParser:
    """The command line as a whole; ``command`` is None where the window is wanted."""
    parser = make_parser()
    add_place(parser, behind_command=False)
    parser.add_argument(
        "--version",
        action="version",
        version=f"Kypholog {VERSION}",
        help=say("show the version and exit"),
    )
    commands = parser.add_subparsers(title=say("commands"), dest="command", metavar="COMMAND")
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


def _add_example(add: _Add) -> argparse.ArgumentParser:
    about = say("make a logbook of the two published cases")
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
        answer(
            say(
                "Added {added} of {reference} to {place}.",
                added=say_n("{n:,} case", "{n:,} cases", added),
                reference=reference(),
                place=place,
            )
        )
    else:
        answer(
            say(
                "The cases of {reference} are in {place} already.",
                reference=reference(),
                place=place,
            )
        )
    return DONE


def _add_sample(add: _Add) -> argparse.ArgumentParser:
    about = say("make a synthetic logbook")
    parser = add(
        "sample",
        help=about,
        description=say(
            "{begun}. Every case is marked as synthetic; the same numbers make the same "
            "cases on any day.",
            begun=begun(about),
        ),
    )
    parser.add_argument(
        "--cases", type=above_zero, default=300, metavar="N", help=say("how many, 300 by default")
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help=say("where chance starts, 1 by default")
    )
    parser.set_defaults(work=_sample)
    return parser


def _sample(options: argparse.Namespace) -> int:
    from models.sample import fill

    cases, seed = int(options.cases), int(options.seed)
    with to_fill(place_of(options), options) as logbook, progress_shown() as progress:
        added = fill(logbook, cases, seed, lambda done: progress(done, cases))
        place = logbook.place
    answer(
        say(
            "Added {added} (seed {seed}) to {place}.",
            added=say_n("{n:,} synthetic case", "{n:,} synthetic cases", added),
            seed=seed,
            place=place,
        )
    )
    return DONE


def _add_due(add: _Add) -> argparse.ArgumentParser:
    from models.due_command import declare

    about = say("whom to ask how the patient does")
    parser = add(
        "due",
        help=about,
        description=say(
            "{begun}: visits by the visit plan of the logbook, the most urgent first, and "
            "how complete the follow-up is. No names.",
            begun=begun(about),
        ),
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
    about = say("pain before and after, function, medication, height and follow-up")
    parser = add(
        "outcomes",
        help=about,
        description=say(
            "{begun}, with the number of cases, pairs and missing scores.", begun=begun(about)
        ),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    parser.add_argument(
        "--from", dest="start", default="baseline", metavar="POINT", help=say("baseline by default")
    )
    parser.add_argument(
        "--to",
        default="latest",
        metavar="POINT",
        help=say("24h, 1w, 1m, 3m, 6m, 12m, 24m, later, or latest, which is the default"),
    )
    parser.add_argument(
        "--by",
        metavar="FIELD",
        help=say(
            "compare groups: technique, operator, sex, year, diagnosis or region; or @ and "
            "the name of a saved filter, whose cases are compared with all others"
        ),
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

    about = say("leakage, adverse events, radiation, new fractures and CUSUM")
    parser = add(
        "safety", help=about, description=say("{begun}, each with its n.", begun=begun(about))
    )
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

    about = say("write the cases as CSV, workbook, data package, REDCap kit or FHIR bundle")
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
    answer(
        say(
            "Wrote {rows} of {cases} to {target}.",
            rows=rows,
            cases=say_n("{n:,} case", "{n:,} cases", done.cases),
            target=done.target,
        )
    )
    if told:
        answer(told)
    return DONE


def _add_import(add: _Add) -> argparse.ArgumentParser:
    from models.importing.command import declare
    from models.merge_command import declare_merge

    about = say("take cases in from a CSV file, a workbook or another logbook")
    told = say(
        "{begun}. Exit code 1 when rows were refused or left out, or to be decided.",
        begun=begun(about),
    )
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

    about = say("write a report as PDF, ODT or HTML")
    parser = add(
        "report",
        help=about,
        description=say("{begun}. No names unless asked for.", begun=begun(about)),
    )
    declare(parser)
    parser.set_defaults(work=_report)
    return parser


def _report(options: argparse.Namespace) -> int:
    from models.report_command import write_report

    bind: Bind | None = options.bind
    place = place_of(options)
    if bind is None:
        raise LogbookError(
            say("Reports cannot be laid out here."),
            say("Start them by {program}.", program=PROGRAM),
        )
    with opened(place, options) as logbook:
        answer(write_report(logbook, options, bind(str(options.paper))))
    return DONE


def _add_verify(add: _Add) -> argparse.ArgumentParser:
    about = say("check the database and the audit")
    parser = add(
        "verify",
        help=about,
        description=say(
            "{begun}. Nothing is changed. Exit code 1 and a list when something is wrong.",
            begun=begun(about),
        ),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
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
        answer(say("{place} is as Kypholog wrote it.", place=place))
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
