# SPDX-License-Identifier: MIT
"""The command ``import`` where it is given another logbook: its folder, or its address."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.speech import numerals, say, say_n
from models.terminal import progress_shown, tell

if TYPE_CHECKING:
    from models.access import Credential
    from models.address import Place
    from models.logbook import Logbook
    from models.other_logbook import Choices, Line, Merged, Preview, Shown

_MOST_TOLD = 20
_HIDDEN = say("(not shown: it can name a person)")


def declare_merge(parser: argparse.ArgumentParser) -> None:
    """Give ``import`` the options that only another logbook asks for."""
    group = parser.add_argument_group(say("another logbook"))
    group.add_argument(
        "--take",
        choices=("mine", "theirs"),
        help=say(
            "whose value stays where both logbooks changed the same; without it nothing is "
            "written while there is such a conflict"
        ),
    )
    group.add_argument(
        "--same-code",
        choices=("join", "apart"),
        help=say(
            "a patient of theirs with the code of one of ours is the same person, or gets "
            "another code; without it nothing is written while there is one"
        ),
    )
    group.add_argument(
        "--other-user",
        metavar="NAME",
        help=say("who signs in to the other logbook, if it is encrypted"),
    )
    group.add_argument(
        "--other-password-file",
        metavar="FILE",
        help=say(
            "where the password of the other logbook, or of its server, stands, as with "
            "--password-file"
        ),
    )
    group.add_argument(
        "--other-recovery",
        action="store_true",
        help=say("sign in to the other logbook with its recovery key instead of a password"),
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
            say("No backup was made before; the server looks after those. The merge can be undone.")
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
        tell(say("{file} is encrypted; sign in to it.", file=options.file))
    theirs = argparse.Namespace(
        user=options.other_user,
        password_file=options.other_password_file,
        recovery=options.other_recovery,
    )
    return credential_for(options.file, theirs, "--other-password-file")


def _told(shown: Preview, done: Merged, *, dry: bool) -> Iterator[str]:
    from models.audit import Subject
    from models.other_logbook import Kind

    for subject, word in ((Subject.CASE, say("Cases")), (Subject.PATIENT, say("Patients"))):
        counts = [
            numerals("{n:,} {kind}", n=n, kind=kind)
            for kind in Kind
            if (n := shown.count(subject, kind))
        ]
        yield say(
            "{word} of {shown}: {counts}.",
            word=word,
            shown=shown.name,
            counts=", ".join(counts) or "none",
        )
    aside = shown.aside
    if aside.takes_anything:
        filters = say_n("{n:,} saved filter", "{n:,} saved filters", len(aside.filters))
        yield say(
            "Also new: {filters}, {n}.",
            filters=filters,
            n=say_n("{n:,} published rate", "{n:,} published rates", len(aside.rates)),
        )
    for name in aside.differing_filters:
        yield say("The filter {name} asks for something else there; ours stays.", name=name)
    for label in aside.settings:
        yield say("The setting {label} is another one there; ours stays.", label=label)
    if shown.signed:
        cases = say_n("{n:,} case", "{n:,} cases", shown.signed)
        yield say(
            "Signed off here or there: {cases}, so the merge cannot be undone in one step.",
            cases=cases,
        )
    lines = list(_open_lines(shown))
    yield from lines[:_MOST_TOLD]
    if len(lines) > _MOST_TOLD:
        yield say("... and {n:,} more.", n=len(lines) - _MOST_TOLD)
    if shown.open:
        cures = say("--take mine or theirs, --same-code join or apart")
        yield say(
            "Nothing was written; to be decided: {n:,} ({cures}).", n=len(shown.open), cures=cures
        )
    elif dry:
        yield say("Nothing was written; this was a dry run.")
    elif not done.wrote:
        yield say("Nothing to do: everything there is known here.")
    else:
        changed = say_n("{n:,} changed case", "{n:,} changed cases", done.changed)
        people = say_n("{n:,} changed patient", "{n:,} changed patients", done.people)
        told = say("{done:,} entries of its audit are kept", done=done.told)
        new = say_n("{n:,} new case", "{n:,} new cases", done.new)
        yield say(
            "Merged {new}, {changed}, {people}; {told}.",
            new=new,
            changed=changed,
            people=people,
            told=told,
        )


def _open_lines(shown: Preview) -> Iterator[str]:
    from models.history.places import field_at
    from models.other_logbook import Kind

    for line in shown.lines:
        if line.kind is Kind.ASKED:
            yield say("{line}: a patient of ours has this code; the same person?", line=line.name)
        if line.kind is not Kind.CONFLICTING:
            continue
        if line.problem:
            yield say(
                "{line}: taken together it cannot be, so one side stays: {problem}",
                line=line.name,
                problem=line.problem,
            )
        if line.locked:
            yield f"{line.name}: {line.locked}"
        for one in line.shown:
            if one.changed_by is None:
                mine, theirs = _values(one)
                where = field_at(one.place, one.label)
                yield say(
                    "{line}, {where}: ours {mine}, theirs {theirs}.",
                    line=line.name,
                    where=where,
                    mine=mine,
                    theirs=theirs,
                )


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
