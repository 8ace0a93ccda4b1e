# SPDX-License-Identifier: MIT
"""What can stand behind an option of the command line, read or refused in words."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from models.speech import LANGUAGES, say
from models.speech.choosing import OPTION
from models.terminal import tell

if TYPE_CHECKING:
    from datetime import date

    from models.address import Place

_MOST_DIGITS = 9

CANNOT_DO = 2


PROGRAM = "kypholog" if getattr(sys, "frozen", False) else "python main.py"
"""How the program is started, as its help says it; the bundle needs no Python."""

DESCRIPTION = say(
    "Kypholog is a case log for vertebral augmentation.\nWithout a command it opens its window.\n"
)
EPILOG = say(
    "PLACE is the folder of a logbook, such as Clinic.kypholog, or a database of a PostgreSQL "
    "server,\n"
    "such as postgresql://anna@server/spine. A password that is wanted is asked for, or read from "
    "the\n"
    "file named by --password-file.\n"
    "\n"
    "examples:\n"
    "  {program}\n"
    "  {program} --logbook Clinic.kypholog\n"
    "  {program} --logbook Try.kypholog sample --cases 300 --seed 1\n"
    "  {program} --logbook Clinic.kypholog due --state overdue\n"
    "  {program} --logbook Clinic.kypholog outcomes --json --to 12m --by technique\n"
    '  {program} --logbook Clinic.kypholog safety --form sprt --operator "A. Smith"\n'
    "  {program} --logbook Clinic.kypholog export --out cases.csv\n"
    '  {program} --logbook Clinic.kypholog export --out leaks.csv --filter "leak:yes '
    'level:T10-L2"\n'
    "  {program} --logbook Clinic.kypholog export --profile package --out cases.zip\n"
    "  {program} --logbook Clinic.kypholog import clinic.csv --dry-run --save-mapping "
    "ours.json\n"
    "  {program} --logbook Clinic.kypholog import Office.kypholog --dry-run\n"
    "  {program} --logbook Clinic.kypholog backup --list\n"
    "  {program} --logbook Clinic.kypholog restore latest\n"
    '  {program} --logbook Clinic.kypholog report case-series --filter "date:2026" --out '
    "series.pdf\n"
    "\n"
    "exit codes:\n"
    "  0  done\n"
    "  1  done, with findings\n"
    "  2  wrong use, or it cannot be done; one line on stderr says why\n",
    program=PROGRAM,
)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with the place where to read more.

    Args:
        prog: how it is called; for a command, with the command.
        description: what stands above its options.
        formatter_class: lays the help out; None for the usual way.
        epilog: what stands below them.
    """

    def __init__(
        self,
        prog: str | None = None,
        description: str | None = None,
        formatter_class: type[argparse.HelpFormatter] | None = None,
        epilog: str | None = None,
    ) -> None:
        from models.argument_words import Help

        super().__init__(
            prog=prog,
            description=description,
            formatter_class=formatter_class or Help,
            epilog=epilog,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help=say("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        """End the program with exit code 2."""
        from models.argument_words import complaint

        told = complaint(message).rstrip(".")
        tell(say("{message}. Try: {program} --help", message=told, program=self.prog))
        raise SystemExit(CANNOT_DO)


def make_parser() -> Parser:
    """The command line without its commands.

    The language is asked for here, and read before there is a parser to read it.
    """
    from models.argument_words import RawHelp

    parser = Parser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=RawHelp,
    )
    parser.add_argument(
        OPTION,
        metavar="CODE",
        default=argparse.SUPPRESS,
        help=say("{codes}; otherwise the one of the settings", codes=", ".join(LANGUAGES)),
    )
    return parser


def day(text: str) -> date:
    """A day.

    Raises:
        argparse.ArgumentTypeError: it is none, or only a month or a year.
    """
    from models.partial_date import PartialDate

    try:
        exact = PartialDate.parse(text).exact
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if exact is None:
        raise argparse.ArgumentTypeError(
            say("{text} is no day. Write it as 2026-03-14.", text=text)
        )
    return exact


def source_named(text: str) -> Place:
    """A file, a folder, or the address of a server.

    Raises:
        argparse.ArgumentTypeError: it looks like an address and is none that can be used.
    """
    from models.address import read
    from models.errors import LogbookError

    try:
        return read(text)
    except LogbookError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def above_zero(text: str) -> int:
    """A whole number above 0.

    Raises:
        argparse.ArgumentTypeError: it is none, or too great for anything.
    """
    if not text.isascii() or not text.isdigit() or not text.strip("0"):
        raise argparse.ArgumentTypeError(say("{text} is not a whole number above 0", text=text))
    if len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(
            say("{text}... is more than can be made", text=text[:_MOST_DIGITS])
        )
    return int(text)


def add_filter(parser: argparse.ArgumentParser) -> None:
    """Give a command the option ``--filter``."""
    parser.add_argument(
        "--filter",
        metavar="Q",
        help=say(
            'only these cases: a query such as "level:T12 leak:yes -complete", or @ and '
            "the name of a saved filter"
        ),
    )
