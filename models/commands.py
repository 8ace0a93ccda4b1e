# SPDX-License-Identifier: MIT
"""What ``main.py`` does without a window: one function a command, and the words of ``--help``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from models import VERSION
from models.errors import LogbookError
from models.logbook import Logbook

DONE = 0
FINDINGS = 1
CANNOT_DO = 2

_EXAMPLES = """\
examples:
  python main.py --logbook Clinic.kypholog
  python main.py --logbook Example.kypholog example
  python main.py --logbook Clinic.kypholog export --out cases.csv
  python main.py --logbook Clinic.kypholog outcomes --json --to 1m --by technique
  python main.py --logbook Clinic.kypholog verify

exit codes:
  0 done, 1 done with findings, 2 wrong use or cannot do
"""


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line, as every other error here."""

    def error(self, message: str) -> NoReturn:
        """Say it and leave with exit code 2."""
        self.exit(CANNOT_DO, f"kypholog: {message}. See python main.py --help.\n")


def build_parser() -> argparse.ArgumentParser:
    """The command line. Without a command, ``command`` is None: open the window."""
    parser = _Parser(
        prog="python main.py",
        description="A case log for vertebral augmentation. Without a command it opens the window.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_place(parser, default=None)
    parser.add_argument("--version", action="version", version=f"Kypholog {VERSION}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=_Parser
    )

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_text, description=help_text)
        _add_place(made, default=argparse.SUPPRESS)
        return made

    command("example", "Add the two published cases; makes the logbook where there is none.")
    sample = command("sample", "Fill a new logbook with synthetic cases, each marked as such.")
    sample.add_argument("--cases", type=_count, required=True, metavar="N", help="how many cases")
    sample.add_argument(
        "--seed", type=int, default=1, metavar="S", help="same N and S, same cases (default 1)"
    )
    outcomes = command("outcomes", "Pain before and after, with n, missing and interval.")
    outcomes.add_argument("--json", action="store_true", help="one JSON document on stdout")
    outcomes.add_argument(
        "--from", dest="start", default="baseline", metavar="TIME", help="baseline (default), 24h …"
    )
    outcomes.add_argument(
        "--to", default="latest", metavar="TIME", help="latest (default), 24h, 1w, 1m, 3m, 6m, 12m"
    )
    outcomes.add_argument("--by", metavar="FIELD", help="compare by technique, operator, sex …")
    export = command("export", "Write all cases as CSV, one row per treated level.")
    export.add_argument("--out", required=True, type=Path, metavar="FILE", help="the CSV file")
    export.add_argument(
        "--profile", choices=["machine"], default="machine", help="form of the file (machine)"
    )
    verify = command("verify", "Check database, audit and every case; exit code 1 on findings.")
    verify.add_argument("--json", action="store_true", help="the findings as a JSON document")
    return parser


def run(argv: Sequence[str]) -> int:
    """Run the command in ``argv`` and return the exit code; errors are one line on stderr."""
    options = build_parser().parse_args(argv)
    try:
        return _COMMANDS[options.command](options)
    except LogbookError as error:
        print(f"kypholog: {error}", file=sys.stderr)
        return CANNOT_DO


def _example(options: argparse.Namespace) -> int:
    from models.example import add_example

    logbook = Logbook.open_or_create(_place(options))
    try:
        ids = add_example(logbook)
    finally:
        logbook.close()
    print(f"The {len(ids)} published cases are in {logbook.folder}.")
    return DONE


def _sample(options: argparse.Namespace) -> int:
    from models.sample import fill

    logbook = Logbook.open_or_create(_place(options))
    try:
        added = fill(logbook, options.cases, options.seed, _counter(options.cases))
    finally:
        logbook.close()
    print(f"{added:,} synthetic cases are in {logbook.folder}.")
    return DONE


def _outcomes(options: argparse.Namespace) -> int:
    from models.analysis.report_json import outcomes_json

    logbook = Logbook.open(_place(options))
    try:
        document = outcomes_json(logbook, options.start, options.to, options.by)
    finally:
        logbook.close()
    if options.json:
        print(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print(document["message"])
    return DONE


def _export(options: argparse.Namespace) -> int:
    from models.exchange.flat import export_flat

    logbook = Logbook.open(_place(options))
    try:
        done = export_flat(logbook, options.out)
    finally:
        logbook.close()
    print(f"{done.rows:,} rows of {done.cases:,} cases are in {done.target}.")
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from models.verify import verify

    logbook = Logbook.open(_place(options))
    try:
        findings = verify(logbook)
    finally:
        logbook.close()
    if options.json:
        print(json.dumps({"findings": findings}, indent=2, ensure_ascii=False))
    elif findings:
        print(*findings, sep="\n")
    else:
        print(f"{logbook.folder} is whole: database, audit and every case.")
    return FINDINGS if findings else DONE


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "example": _example,
    "sample": _sample,
    "outcomes": _outcomes,
    "export": _export,
    "verify": _verify,
}


def _add_place(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--logbook", metavar="PLACE", default=default, help="the folder of the logbook"
    )


def _place(options: argparse.Namespace) -> Path:
    if not options.logbook:
        raise LogbookError("No logbook is named.", "Name its folder with --logbook DIR.")
    if "://" in options.logbook:
        raise LogbookError(
            f"{options.logbook} is no folder, and this version opens no database servers.",
            "Name a folder with --logbook DIR.",
        )
    return Path(options.logbook).expanduser()


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _counter(total: int) -> Callable[[int], None] | None:
    """Progress on stderr where a person is watching, and only there."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int) -> None:
        end = "\n" if done >= total else ""
        print(f"\r{done:,} of {total:,} cases", end=end, file=sys.stderr, flush=True)

    return tell
