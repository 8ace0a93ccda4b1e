# SPDX-License-Identifier: MIT
"""The commands ``backup`` and ``restore``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.terminal import answer, counted

if TYPE_CHECKING:
    from models.backup.kept import Backup

_Add = Callable[..., argparse.ArgumentParser]
_Place = Callable[[argparse.Namespace], Path]
_LATEST = "latest"


def add_backup(add: _Add, place: _Place) -> argparse.ArgumentParser:
    """Add the command ``backup``; ``place`` tells the folder that was named."""
    parser = add(
        "backup",
        help="make a backup, list or check those that there are",
        description="Make a proven backup in the folder of the logbook, which may be open "
        "meanwhile; it is kept until somebody removes it. Exit code 1 when --check finds "
        "something.",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="tell which backups there are, no more")
    what.add_argument("--check", action="store_true", help="check every backup, and make none")
    parser.add_argument(
        "--timed",
        action="store_true",
        help="for a scheduler: the backup is thinned with the others, to days, weeks and months",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(work=lambda options: _backup(options, place(options)))
    return parser


def add_restore(add: _Add, place: _Place) -> argparse.ArgumentParser:
    """Add the command ``restore``; ``place`` tells the folder that was named."""
    parser = add(
        "restore",
        help="put a backup in the place of the logbook",
        description="Make the logbook what it was when a backup was made. Nobody may have it "
        "open. What is there now is kept aside, in a folder inside that is a logbook of its own.",
    )
    parser.add_argument(
        "backup", metavar="BACKUP", help=f"a name that backup --list tells, or {_LATEST}"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(work=lambda options: _restore(options, place(options)))
    return parser


def _backup(options: argparse.Namespace, place: Path) -> int:
    if options.list or options.check:
        return _told(options, place)
    from models.backup import Reason, make
    from models.opening import opened

    with opened(place, options) as logbook:
        made = make(logbook, Reason.TIMED if options.timed else Reason.BY_HAND)
    if options.json:
        answer(_as_json(place, backup=made.as_json()))
    else:
        answer(f"Made the backup {made.name} of {counted(made.cases, 'case')}: {made.file}")
    return 0


def _told(options: argparse.Namespace, place: Path) -> int:
    """What there is, and what is wrong with it where that was asked."""
    from models.backup import listing, problem_of
    from models.logbook import DATABASE_NAME

    found = listing(place)
    if not found and not (place / DATABASE_NAME).exists():
        raise LogbookError(f"There is no logbook in {place}.", "Name the folder of a logbook.")
    problems = {one.name: problem_of(one) if options.check else None for one in found}
    wrong = {name: said for name, said in problems.items() if said is not None}
    if options.json:
        checked = {"findings": wrong} if options.check else {}
        answer(_as_json(place, backups=[one.as_json() for one in found], **checked))
    else:
        answer("\n".join(_lines(found, wrong)) or f"There is no backup of {place}.")
    return 1 if wrong else 0


def _lines(found: list[Backup], wrong: dict[str, str]) -> Iterator[str]:
    for one in found:
        said = f"{one.name}: {counted(one.cases, 'case')}, {one.size / 1e6:,.1f} MB, {one.user}"
        yield f"{said}. {wrong[one.name]}" if one.name in wrong else said


def _restore(options: argparse.Namespace, place: Path) -> int:
    from models.backup import restore

    done = restore(place, _named(place, str(options.backup)))
    aside = str(done.aside) if done.aside else None
    if options.json:
        answer(_as_json(place, restored=done.backup.as_json(), aside=aside))
        return 0
    kept = f" What was there before lies in {aside}." if aside else ""
    answer(f"Restored {counted(done.backup.cases, 'case')} from {done.backup.name}.{kept}")
    return 0


def _named(place: Path, name: str) -> Backup:
    from models.backup import listing

    found = listing(place)
    if name == _LATEST and found:
        return found[0]
    stem = Path(name).name.removesuffix(".db")
    for one in found:
        if one.name == stem:
            return one
    raise LogbookError(
        f"There is no backup {name} of {place}.", "backup --list tells which there are."
    )


def _as_json(place: Path, **said: object) -> str:
    return json.dumps({"logbook": str(place), **said}, indent=2, ensure_ascii=False)
