# SPDX-License-Identifier: MIT
"""The command ``audit``: the audit trail as text, JSON or CSV."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.address import Place
from models.arguments import above_zero, day
from models.errors import LogbookError
from models.speech import say, say_n
from models.terminal import answer

if TYPE_CHECKING:
    from models.audit import Action
    from models.logbook import Logbook
    from models.trail import Asked, Told

_Add = Callable[..., argparse.ArgumentParser]
_Place = Callable[[argparse.Namespace], Place]
_MOST = 50


def add_audit(add: _Add, place: _Place) -> argparse.ArgumentParser:
    """Add the command ``audit``; ``place`` tells the folder that was named."""
    parser = add(
        "audit",
        help=say("who did what to whom, when and why"),
        description=say(
            "Tell what is in the audit, the newest first. With --out everything that is "
            "asked for goes into a CSV file, and the audit says so. No names of patients."
        ),
    )
    parser.add_argument("--by", metavar="NAME", help=say("only what this user did"))
    parser.add_argument(
        "--from", dest="since", type=day, metavar="DAY", help=say("from this day on")
    )
    parser.add_argument("--to", dest="until", type=day, metavar="DAY", help=say("up to this day"))
    parser.add_argument(
        "--action",
        action="append",
        metavar="ACTION",
        help=say("such as change, sign_in_failed or export; may be given several times"),
    )
    parser.add_argument(
        "--case", metavar="CODE", help=say("how the patient code begins, or the id of a case")
    )
    parser.add_argument("--field", metavar="WORD", help=say("part of the name of a changed field"))
    parser.add_argument(
        "--words", metavar="WORDS", help=say("in reasons and in old and new values")
    )
    parser.add_argument(
        "--most",
        type=above_zero,
        default=_MOST,
        metavar="N",
        help=say("so many entries at most, {most} by default; --out writes all", most=_MOST),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("write a CSV file"))
    parser.add_argument("--excel", action="store_true", help=say("the file is for Excel"))
    parser.set_defaults(work=lambda options: _audit(options, place(options)))
    return parser


def _audit(options: argparse.Namespace, place: Place) -> int:
    from models.opening import opened

    asked = _asked(options)
    with opened(place, options) as logbook:
        if options.out is not None:
            return _written(options, logbook, asked)
        from models.trail import read_page

        page = read_page(logbook, asked, size=int(options.most))
    entries = [_as_json(told) for told in page.entries]
    if options.json:
        answer(json.dumps({"entries": entries, "more": bool(page.after)}, indent=2))
    else:
        answer("\n".join(map(_line, page.entries)) or say("No entry of the audit is like that."))
    return 0


def _written(options: argparse.Namespace, logbook: Logbook, asked: Asked) -> int:
    from models.exchange.dialects import MACHINE, Dialect
    from models.trail import write_trail

    dialect = Dialect(for_excel=True) if options.excel else MACHINE
    done = write_trail(logbook, asked, options.out, dialect)
    if options.json:
        told = {"entries": done.entries, "rows": done.rows, "file": str(done.target)}
        answer(json.dumps(told, indent=2))
    else:
        rows = say_n("{n:,} row", "{n:,} rows", done.rows)
        answer(
            say(
                "Wrote {rows} to {target}. Entries of the audit: {entries:,}.",
                rows=rows,
                target=done.target,
                entries=done.entries,
            )
        )
    return 0


def _asked(options: argparse.Namespace) -> Asked:
    from models.trail import Asked

    return Asked(
        user=str(options.by or ""),
        since=options.since,
        until=options.until,
        actions=frozenset(map(_action, options.action or ())),
        case=str(options.case or ""),
        field=str(options.field or ""),
        words=str(options.words or ""),
    )


def _action(text: str) -> Action:
    from models.trail import ACTIONS

    wanted = text.strip().casefold().replace("-", "_").replace(" ", "_")
    for action, label in ACTIONS.items():
        if wanted in (action.value, label.casefold().replace(" ", "_")):
            return action
    known = ", ".join(action.value for action in ACTIONS)
    raise LogbookError(
        say("There is no action {text} in the audit.", text=text),
        say("Name one of: {known}.", known=known),
    )


def _line(told: Told) -> str:
    from models.trail import local_time

    parts = (local_time(told), told.user, told.deed, told.about, told.summary(), told.reason)
    return "  ".join(" ".join(part.split()) for part in parts if part)


def _as_json(told: Told) -> dict[str, object]:
    return {
        "number": told.number,
        "at": told.at.isoformat() if told.at is not None else None,
        "user": told.user,
        "action": told.action.value if told.action is not None else told.deed,
        "subject": told.subject,
        "patient_code": told.about,
        "case_id": told.case_id,
        "version": told.version,
        "changes": [
            {"place": one.place, "field": one.label, "old": one.before, "new": one.after}
            for one in told.changes
        ],
        "reason": told.reason,
    }
