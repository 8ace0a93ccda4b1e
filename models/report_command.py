# SPDX-License-Identifier: MIT
"""The command ``report``: what it is asked with, and how it goes. Whoever lays pages out is given.

The models know no fonts and no paper, so that ``main.py`` hands in what turns a report to a file.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.arguments import add_filter
from models.errors import LogbookError
from models.reports.kinds import ReportKind
from models.signing import add_place
from models.speech import lowered, say, say_n

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.reports.content import Report

Note = Callable[[str], None]
Layout = Callable[["Report", Path, Note], None]
"""Writes a report into a file by its ending, whole or not at all; calls the note, with the kind of
file, when it is on the disk and before it has its name."""

ENDINGS = (".pdf", ".odt", ".html")

_ABOUT = {
    ReportKind.CASE_SERIES: say(
        "table of patients, methods, results and figures of the cases of a filter"
    ),
    ReportKind.CASE_SUMMARY: say("one case on one page"),
    ReportKind.OPERATOR: say("cases by technique, role and level, of one operator or of everybody"),
    ReportKind.YEAR: say("volume, outcomes, safety and completeness of one year"),
}


def declare(parser: argparse.ArgumentParser) -> None:
    """Give the command its reports, each with its options."""
    kinds = parser.add_subparsers(
        title=say("reports"), dest="report", metavar="REPORT", required=True
    )
    for kind in ReportKind:
        about = _ABOUT[kind]
        one = kinds.add_parser(kind.value, help=about, description=f"{kind.label}: {about}.")
        one.add_argument(
            "--out",
            required=True,
            type=Path,
            metavar="FILE",
            help=say(
                "the file to write; its ending says what it becomes: {endings}",
                endings=", ".join(ENDINGS),
            ),
        )
        add_place(one)
        one.add_argument(
            "--paper", choices=["a4", "letter"], default="a4", help=say("of a PDF or ODT file")
        )
        if kind.takes_filter:
            add_filter(one)
    case = kinds.choices[ReportKind.CASE_SUMMARY.value]
    case.add_argument(
        "--case", required=True, metavar="CODE", help=say("patient code, or id of a case")
    )
    case.add_argument(
        "--with-name", action="store_true", help=say("name and record number on it, where stored")
    )
    kinds.choices[ReportKind.OPERATOR.value].add_argument(
        "--operator", default="", metavar="NAME", help=say("of everybody by default")
    )
    kinds.choices[ReportKind.YEAR.value].add_argument(
        "--year", type=int, required=True, metavar="YEAR", help=say("such as 2026")
    )


def refuse_ending(target: Path) -> None:
    """Refuse a file that says by its ending that it is none that a report becomes.

    Raises:
        LogbookError: naming the file and the cure.
    """
    if target.suffix.lower() not in ENDINGS:
        raise LogbookError(
            say("{target} does not say what kind of file it is to be.", target=target),
            say(
                "Let it end in {endings} or {endings2}.",
                endings=", ".join(ENDINGS[:-1]),
                endings2=ENDINGS[-1],
            ),
        )


def write_report(logbook: Logbook, options: argparse.Namespace, layout: Layout) -> str:
    """Make the report and write it; what became of it, in a sentence.

    Raises:
        LogbookError: what was asked for is not there, or the file cannot be written.
    """
    from datetime import datetime

    from models.exchange.files import refuse_database
    from models.filters import read_filter
    from models.reports.wanted import Wanted, make_report, note_report

    target: Path = options.out
    refuse_ending(target)
    refuse_database(logbook, target)
    kind = ReportKind.named(str(options.report))
    wanted = Wanted(
        kind,
        asked=read_filter(logbook, str(getattr(options, "filter", "") or "")),
        case_id=_case(logbook, options) if kind is ReportKind.CASE_SUMMARY else "",
        with_name=bool(getattr(options, "with_name", False)),
        operator=str(getattr(options, "operator", "")),
        year=int(getattr(options, "year", 0)),
    )
    report = make_report(logbook, wanted, datetime.now())
    layout(report, target, lambda where: note_report(logbook, report, kind, where))
    return say(
        "Wrote {kind} of {n_cases} to {target}.",
        kind=lowered(kind.label),
        n_cases=say_n("{n:,} case", "{n:,} cases", report.n_cases),
        target=target,
    )


def _case(logbook: Logbook, options: argparse.Namespace) -> str:
    from models.reports.case_summary import find_case

    return find_case(logbook, str(options.case))
