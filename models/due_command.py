# SPDX-License-Identifier: MIT
"""The command ``due``: what it is asked with, and whom it tells to ask."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from models.arguments import day
from models.speech import say, say_n

if TYPE_CHECKING:
    from models.logbook import Logbook


def declare(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    parser.add_argument(
        "--on", type=day, metavar="DATE", help=say("as of this day, today by default")
    )
    parser.add_argument(
        "--state",
        choices=["overdue", "week", "month", "in_window", "due", "upcoming", "all"],
        default="due",
        help=say(
            "which visits: overdue; with a target by the end of 7 days (week) or of 30 "
            "(month); on time (in_window); overdue or on time (due, the default); "
            "upcoming; all to come"
        ),
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=say("write it into a file instead")
    )
    parser.add_argument(
        "--ics", type=Path, metavar="FILE", help=say("write a calendar file of them")
    )


def due_answer(logbook: Logbook, options: argparse.Namespace) -> str:
    """What is to be printed, after the files that are asked for are written.

    Raises:
        CannotWrite: naming a file and the cure.
    """
    from datetime import UTC, date, datetime

    from models.followup.spans import Which

    which, today = Which(options.state), options.on or date.today()
    if options.ics is not None:
        from models.exchange.calendar import write_calendar

        done = write_calendar(logbook, options.ics, which, today, datetime.now(UTC))
        if not options.json and options.out is None:
            visits, cases = (
                say_n("{n:,} visit", "{n:,} visits", done.visits),
                say_n("{n:,} case", "{n:,} cases", done.cases),
            )
            return say(
                "Wrote {visits} of {cases} to {target}.",
                visits=visits,
                cases=cases,
                target=done.target,
            )
    from models.reports.due import due_json, due_text

    if options.json:
        text = json.dumps(due_json(logbook, which, today), indent=2)
    else:
        text = due_text(logbook, which, today)
    if options.out is None:
        return text
    from models.exchange.files import write_text
    from models.followup.duelist import due_numbers
    from models.printouts import note_printout

    write_text(logbook, options.out, f"{text}\n")
    note_printout(logbook, "List of due visits", len(due_numbers(logbook, which, today)), "file")
    return say("Wrote {out}.", out=options.out)
