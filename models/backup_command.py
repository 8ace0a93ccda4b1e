# SPDX-License-Identifier: MIT
"""The commands ``backup`` and ``restore``."""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from models.copies.kept import PART_ENDING
from models.errors import LogbookError
from models.folder import is_there
from models.speech import say, say_n
from models.terminal import answer, progress_shown, tell

if TYPE_CHECKING:
    from models.access import Unlocked
    from models.backup import Backup, Made
    from models.backup.restoring import Opens
    from models.logbook import Logbook

_Add = Callable[..., argparse.ArgumentParser]
_Place = Callable[[argparse.Namespace], Path]
_LATEST = "latest"


def add_backup(add: _Add, place: _Place) -> argparse.ArgumentParser:
    """Add the command ``backup``; ``place`` tells the folder that was named."""
    parser = add(
        "backup",
        help=say("make a backup, list or check those that there are"),
        description=say(
            "Make a proven backup in the folder of the logbook, which may be open "
            "meanwhile; it is kept until somebody removes it. Where the settings name a "
            "second place, a copy goes there. Exit code 1 when something is wrong with a "
            "backup or the copy, or with the audit trail of the logbook."
        ),
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--list", action="store_true", help=say("tell which backups there are, no more")
    )
    what.add_argument("--check", action="store_true", help=say("check every backup, and make none"))
    what.add_argument(
        "--prove",
        action="store_true",
        help=say("restore the latest backup into a scratch place and check it there; make none"),
    )
    what.add_argument(
        "--timed",
        action="store_true",
        help=say(
            "for a scheduler: make one only if something was changed since the last, which "
            "is thinned with the others to days, weeks and months; once a month one is "
            "restored for proof"
        ),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    parser.set_defaults(work=lambda options: _backup(options, place(options)))
    return parser


def add_restore(add: _Add, place: _Place) -> argparse.ArgumentParser:
    """Add the command ``restore``; ``place`` tells the folder that was named."""
    parser = add(
        "restore",
        help=say("put a backup in the place of the logbook"),
        description=say(
            "Make the logbook what it was when a backup was made. Nobody may have it open. "
            "What is there now is kept aside, in a folder inside that is a logbook of its "
            "own."
        ),
    )
    parser.add_argument(
        "backup",
        metavar="BACKUP",
        help=say(
            "a name that backup --list tells, {latest}, or the file of a backup elsewhere",
            latest=_LATEST,
        ),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    parser.set_defaults(work=lambda options: _restore(options, place(options)))
    return parser


def _backup(options: argparse.Namespace, place: Path) -> int:
    if options.list or options.check:
        return _told(options, place)
    from models.backup import Reason, back_up
    from models.opening import opened

    with opened(place, options) as logbook:
        if options.prove:
            return _proven(options, logbook)
        if options.timed:
            return _timed(options, logbook)
        return _made(options, logbook, back_up(logbook, Reason.BY_HAND))


def _timed(options: argparse.Namespace, logbook: Logbook) -> int:
    from models.backup import regular

    done = regular(logbook)
    if done.made is not None:
        code = _made(options, logbook, done.made, done.proven)
    else:
        code = 1 if done.trouble else 0
        said = say("Nothing was changed since the last backup.")
        rest = {"proven": _json_of(done.proven), "trouble": done.trouble or None}
        as_json = _as_json(logbook.folder, backup=None, **rest)
        answer(as_json if options.json else said)
        if done.trouble:
            tell(done.trouble)
    if done.proven is not None and not options.json:
        answer(say("Restored for proof, and right: {proven}.", proven=done.proven.name))
    return code


def _proven(options: argparse.Namespace, logbook: Logbook) -> int:
    from models.backup import listing, prove

    found = listing(logbook.folder)
    if not found:
        raise LogbookError(
            say("There is no backup of {folder}.", folder=logbook.folder), say("Make one first.")
        )
    with progress_shown() as progress:
        proven = prove(logbook, found[0], progress)
    if options.json:
        answer(_as_json(logbook.folder, proven=proven.as_json()))
    else:
        answer(
            say(
                "Restored for proof, and right: {proven}, {cases}.",
                proven=proven.name,
                cases=say_n("{n:,} case", "{n:,} cases", proven.cases),
            )
        )
    return 0


def _made(
    options: argparse.Namespace, logbook: Logbook, made: Made, proven: Backup | None = None
) -> int:
    """What was made, and where; code 1 where there is something to complain of."""
    backup, second = made.backup, str(made.second) if made.second else None
    if options.json:
        said = {"backup": backup.as_json(), "second": second, "trouble": made.trouble or None}
        answer(_as_json(logbook.folder, **said, proven=_json_of(proven)))
    else:
        answer(
            say(
                "Made the backup {backup} of {cases}: {file}",
                backup=backup.name,
                cases=say_n("{n:,} case", "{n:,} cases", backup.cases),
                file=backup.file,
            )
        )
        if second:
            answer(say("A copy lies in {second}.", second=second))
    if made.trouble:
        tell(made.trouble)
    return 1 if made.trouble else 0


def _json_of(backup: Backup | None) -> dict[str, object] | None:
    return None if backup is None else backup.as_json()


def _told(options: argparse.Namespace, place: Path) -> int:
    """What there is, and what is wrong with it where that was asked."""
    from models.backup import check, listing
    from models.copies.kept import left_out
    from models.logbook import DATABASE_NAME

    found = listing(place)
    if not found and not is_there(place / DATABASE_NAME):
        raise LogbookError(
            say("There is no logbook in {place}.", place=place),
            say("Name the folder of a logbook."),
        )
    problems: dict[str, str | None] = {}
    if options.check:
        with _opening(options, place, found) as (opens, _):
            problems = {one.name: check(one, opens(one.file)) for one in found}
    wrong = {name: said for name, said in problems.items() if said is not None}
    stray = left_out(place, found)
    marked = {one.name: one.breaks.shown() for one in found if one.breaks} if options.check else {}
    if options.json:
        checked = {"findings": marked | wrong | stray} if options.check else {}
        answer(_as_json(place, backups=[one.as_json() for one in found], **checked))
    else:
        answer(
            "\n".join([*_lines(found, wrong), *stray.values()])
            or say("There is no backup of {place}.", place=place)
        )
    return 1 if wrong or marked or (stray and options.check) else 0


@contextmanager
def _opening(
    options: argparse.Namespace, place: Path, backups: Sequence[Backup]
) -> Iterator[tuple[Opens, Unlocked | None]]:
    """What opens these backups, and who that is; whoever has to sign in is asked.

    Where the keys of the logbook are gone or damaged, those that lie beside the latest backup are
    used.
    """
    from models.access import keyfile
    from models.access.unlocking import PLAIN, head_of
    from models.backup import put_keys_back
    from models.backup.restoring import nothing
    from models.signing import unlocked_as

    has_keys = not keyfile.are_lost(place)
    locked = [
        one for one in backups if head_of(one.file) != PLAIN and (has_keys or one.keys.exists())
    ]
    if not locked:
        yield nothing, None
    elif has_keys:
        unlocked = unlocked_as(place, options)
        yield unlocked.passphrase_of, unlocked
    else:
        # In the folder of the backup: failed sign-ins are counted where the keys are.
        scratch = locked[0].file.parent / f".{secrets.token_hex(8)}{PART_ENDING}"
        scratch.mkdir(mode=0o700)
        try:
            put_keys_back(locked[0].keys, scratch)
            unlocked = unlocked_as(scratch, options)
            yield unlocked.passphrase_of, unlocked
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _lines(found: list[Backup], wrong: dict[str, str]) -> Iterator[str]:
    for one in found:
        said = say(
            "{one}: {cases}, {size:,.1f} MB, {user}",
            one=one.name,
            cases=say_n("{n:,} case", "{n:,} cases", one.cases),
            size=one.size / 1000000.0,
            user=one.user,
        )
        if one.proven_at is not None:
            at = one.proven_at.astimezone()
            said = say("{said}, proven on {proven_at:%Y-%m-%d}", said=said, proven_at=at)
        if one.breaks is not None:
            said = f"{said}; {one.breaks.shown()}"
        yield f"{said}. {wrong[one.name]}" if one.name in wrong else said


def _restore(options: argparse.Namespace, place: Path) -> int:
    from models.access import Right
    from models.access.rights import demand
    from models.backup import restore

    backup = _named(place, str(options.backup))
    with _opening(options, place, [backup]) as (opens, unlocked):
        if unlocked is not None:
            demand(unlocked.slot.role, Right.ADMINISTER)
        user = unlocked.slot.name if unlocked is not None else ""
        done = restore(place, backup, user, opens)
    aside = str(done.aside) if done.aside else None
    if options.json:
        answer(_as_json(place, restored=done.backup.as_json(), aside=aside))
        return 0
    kept = say(" What was there before lies in {aside}.", aside=aside) if aside else ""
    answer(
        say(
            "Restored {cases} from {backup}.{kept}",
            cases=say_n("{n:,} case", "{n:,} cases", done.backup.cases),
            backup=done.backup.name,
            kept=kept,
        )
    )
    if (breaks := done.backup.breaks) is not None:
        answer(
            say(
                "It is a true copy, and the audit trail in it is broken at entry {entry}, as it "
                "was in the logbook since {since:%Y-%m-%d} or before.",
                entry=breaks.entry,
                since=breaks.since.astimezone(),
            )
        )
    return 0


def _named(place: Path, name: str) -> Backup:
    from models.backup import listing
    from models.copies.kept import MANIFEST_ENDING, read_manifest

    found = listing(place)
    if name == _LATEST and found:
        return found[0]
    file = Path(name).expanduser()
    for one in found:
        if one.name == file.name.removesuffix(".db") and file.parent in (Path(), one.file.parent):
            return one
    elsewhere = read_manifest(file.with_suffix(MANIFEST_ENDING)) if is_there(file) else None
    if elsewhere is not None:
        return elsewhere
    raise LogbookError(
        say("There is no backup {name} of {place}.", name=name, place=place),
        say("backup --list tells which there are."),
    )


def _as_json(place: Path, **said: object) -> str:
    return json.dumps({"logbook": str(place), **said}, indent=2, ensure_ascii=False)
