# SPDX-License-Identifier: MIT
"""The command ``import`` where it is given another logbook: its folder, or its address."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.terminal import counted, progress_shown, tell

if TYPE_CHECKING:
    from models.access import Credential
    from models.address import Place
    from models.logbook import Logbook
    from models.other_logbook import Choices, Line, Merged, Preview, Shown

_MOST_TOLD = 20
_HIDDEN = "(not shown: it can name a person)"


def declare_merge(parser: argparse.ArgumentParser) -> None:
    """Give ``import`` the options that only another logbook asks for."""
    group = parser.add_argument_group("another logbook")
    group.add_argument(
        "--take",
        choices=("mine", "theirs"),
        help="whose value stays where both logbooks changed the same; without it nothing is "
        "written while there is such a conflict",
    )
    group.add_argument(
        "--same-code",
        choices=("join", "apart"),
        help="a patient of theirs with the code of one of ours is the same person, or gets "
        "another code; without it nothing is written while there is one",
    )
    group.add_argument(
        "--other-user", metavar="NAME", help="who signs in to the other logbook, if it is encrypted"
    )
    group.add_argument(
        "--other-password-file",
        metavar="FILE",
        help="where the password of the other logbook, or of its server, stands, as with "
        "--password-file",
    )
    group.add_argument(
        "--other-recovery",
        action="store_true",
        help="sign in to the other logbook with its recovery key instead of a password",
    )


def is_logbook(place: Place) -> bool:
    """Whether what is to be imported is another logbook, and not a file."""
    from models.address import Address
    from models.folder import is_folder

    return isinstance(place, Address) or is_folder(place)


def merge_logbook(logbook: Logbook, options: argparse.Namespace) -> tuple[str, bool]:
    """Do what the command says; what it prints, and whether nothing is left to decide.

    Raises:
        LogbookError: the other logbook cannot be read, or ours cannot be written.
    """
    from models.other_logbook import Choices, Merged, SameCode, Side, open_other, preview, start

    choices = Choices(
        take=Side(options.take) if options.take else None,
        same_code=SameCode(options.same_code) if options.same_code else None,
    )
    other = open_other(logbook, options.file, credential=_credential(options))
    try:
        with progress_shown() as progress:
            shown = preview(logbook, other, choices, progress)
            done = Merged()
            if not (options.dry_run or shown.open or shown.is_empty):
                wants = not options.no_backup
                done = start(logbook, other, shown, choices, with_backup=wants).merged
    finally:
        other.close()
    if options.json:
        return _json(shown, done, choices), not shown.open
    told = [*_told(shown, done, dry=bool(options.dry_run))]
    if done.wrote and not logbook.has_files:
        told.append(
            "No backup was made before; the server looks after those. The merge can be undone."
        )
    return "\n".join(told), not shown.open


def _credential(options: argparse.Namespace) -> Credential | None:
    """With what somebody signs in to the other logbook; None where nobody has to."""
    from models import access
    from models.address import Address
    from models.logbook import DATABASE_NAME
    from models.signing import credential_for, read_secret

    if isinstance(options.file, Address):
        source = options.other_password_file
        # Without one the driver looks where PostgreSQL's own programs do.
        return access.Password(options.file.user, read_secret(source)) if source else None
    if not access.is_encrypted(options.file / DATABASE_NAME):
        return None
    if options.other_password_file is None:
        tell(f"{options.file} is encrypted; sign in to it.")
    theirs = argparse.Namespace(
        user=options.other_user,
        password_file=options.other_password_file,
        recovery=options.other_recovery,
    )
    return credential_for(options.file, theirs, "--other-password-file")


def _told(shown: Preview, done: Merged, *, dry: bool) -> Iterator[str]:
    from models.audit import Subject
    from models.other_logbook import Kind

    for subject, word in ((Subject.CASE, "Cases"), (Subject.PATIENT, "Patients")):
        counts = [f"{n:,} {kind}" for kind in Kind if (n := shown.count(subject, kind))]
        yield f"{word} of {shown.name}: {', '.join(counts) or 'none'}."
    aside = shown.aside
    if aside.takes_anything:
        filters = counted(len(aside.filters), "saved filter")
        yield f"Also new: {filters}, {counted(len(aside.rates), 'published rate')}."
    for name in aside.differing_filters:
        yield f"The filter {name} asks for something else there; ours stays."
    for label in aside.settings:
        yield f"The setting {label} is another one there; ours stays."
    if shown.signed:
        cases = counted(shown.signed, "case")
        yield f"Signed off here or there: {cases}, so the merge cannot be undone in one step."
    lines = list(_open_lines(shown))
    yield from lines[:_MOST_TOLD]
    if len(lines) > _MOST_TOLD:
        yield f"... and {len(lines) - _MOST_TOLD:,} more."
    if shown.open:
        cures = "--take mine or theirs, --same-code join or apart"
        yield f"Nothing was written; to be decided: {len(shown.open):,} ({cures})."
    elif dry:
        yield "Nothing was written; this was a dry run."
    elif not done.wrote:
        yield "Nothing to do: everything there is known here."
    else:
        changed = counted(done.changed, "changed case")
        people = counted(done.people, "changed patient")
        told = f"{done.told:,} entries of its audit are kept"
        yield f"Merged {counted(done.new, 'new case')}, {changed}, {people}; {told}."


def _open_lines(shown: Preview) -> Iterator[str]:
    from models.history.places import field_at
    from models.other_logbook import Kind

    for line in shown.lines:
        if line.kind is Kind.ASKED:
            yield f"{line.name}: a patient of ours has this code; the same person?"
        if line.kind is not Kind.CONFLICTING:
            continue
        if line.problem:
            yield f"{line.name}: taken together it cannot be, so one side stays: {line.problem}"
        if line.locked:
            yield f"{line.name}: {line.locked}"
        for one in line.shown:
            if one.changed_by is None:
                mine, theirs = _values(one)
                where = field_at(one.place, one.label)
                yield f"{line.name}, {where}: ours {mine}, theirs {theirs}."


def _values(one: Shown) -> tuple[str, str]:
    """Both values with who gave them when."""
    said = []
    for text, saying in ((one.mine, one.mine_said), (one.theirs, one.theirs_said)):
        shown = _HIDDEN if text and one.is_identifier else text or "nothing"
        said.append(f"{shown} ({saying.user}, {saying.at[:10]})" if saying else shown)
    return said[0], said[1]


def _json(shown: Preview, done: Merged, choices: Choices) -> str:
    from models.audit import Subject
    from models.other_logbook import Kind

    said = {
        "logbook": shown.name,
        "cases": {kind.value: shown.count(Subject.CASE, kind) for kind in Kind},
        "patients": {kind.value: shown.count(Subject.PATIENT, kind) for kind in Kind},
        "filters": [kept.name for kept in shown.aside.filters],
        "rates": len(shown.aside.rates),
        "differing_filters": list(shown.aside.differing_filters),
        "differing_settings": list(shown.aside.settings),
        "to_decide": len(shown.open),
        "signed_off": shown.signed,
        "take": choices.take,
        "same_code": choices.same_code,
        "wrote": done.wrote,
        "saved": {"new": done.new, "changed": done.changed, "patients": done.people},
        "audit_entries_kept": done.told,
        "lines": [_line_json(line) for line in shown.lines],
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def _line_json(line: Line) -> dict[str, object]:
    return {
        "subject": line.subject.value,
        "id": line.subject_id,
        "kind": line.kind.value,
        "name": line.name,
        "problem": line.problem,
        "locked": line.locked,
        "fields": [_field_json(one) for one in line.shown],
    }


def _field_json(one: Shown) -> dict[str, object]:
    return {
        "place": one.place,
        "field": one.label,
        "columns": list(one.spot.unit),
        "conflict": one.changed_by is None,
        "mine": _HIDDEN if one.is_identifier and one.mine else one.mine,
        "theirs": _HIDDEN if one.is_identifier and one.theirs else one.theirs,
        "mine_by": one.mine_said.user if one.mine_said else None,
        "mine_at": one.mine_said.at if one.mine_said else None,
        "theirs_by": one.theirs_said.user if one.theirs_said else None,
        "theirs_at": one.theirs_said.at if one.theirs_said else None,
    }
