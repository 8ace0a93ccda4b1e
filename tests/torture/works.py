# SPDX-License-Identifier: MIT
"""Saving, importing, taking back, merging, restoring: each as it is done every day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.backup import Reason, listing, make, restore
from models.case import bin_case, load_case, restore_case, save_case
from models.document import content_hash, document_of
from models.drafts import drafts, keep
from models.drafts.keeping import draft_of
from models.errors import LogbookError
from models.importing.choices import KEEP_ALL
from models.importing.columns import propose
from models.importing.opening import Source, open_table
from models.importing.preview import preview
from models.importing.starting import start
from models.logbook import Logbook
from models.other_logbook import Choices, open_other
from models.other_logbook import preview as look_at_other
from models.other_logbook import start as start_merge
from models.schema import Procedure
from models.undo import last_change, redo, undo
from tests.builders import a_case
from tests.torture.dying import Tell
from tests.torture.trials import (
    CLINIC,
    CODES,
    OFFICE,
    TABLE,
    Trial,
    go_on,
    is_one_of,
    lines_of,
    made,
    opened,
    shown,
    whole,
)

NEW = ("N-1", "N-2", "N-3", "N-4")
OLD_LINES, ALL_LINES = lines_of(*CODES), lines_of(*CODES, *NEW)


def a_clinic(place: Path, is_encrypted: bool) -> None:
    """A logbook and nothing else."""
    made(place, is_encrypted=is_encrypted).close()


# saving


def save(place: Path, tell: Tell) -> None:
    """New cases, a change, the bin and back, a draft; each is named before and after."""
    logbook = opened(place / CLINIC)
    case = a_case("S-0")
    for code in ("S-0", "S-1", "S-2"):
        case = a_case(code)
        tell(f"begin {case.id}")
        save_case(logbook, case)
        tell(f"done {case.id} {_content(logbook, case.id)}")
    tell(f"begin {case.id}")
    case = load_case(logbook, case.id)
    case.levels[0].cement_ml = 4.5
    save_case(logbook, case)
    tell(f"done {case.id} {_content(logbook, case.id)}")
    tell(f"begin {case.id}")
    bin_case(logbook, case.id, "Entered twice.")
    tell(f"done {case.id} {_content(logbook, case.id)}")
    tell(f"begin {case.id}")
    restore_case(logbook, case.id)
    tell(f"done {case.id} {_content(logbook, case.id)}")
    draft = draft_of(a_case("D-1"))
    tell(f"begin {draft.case_id}")
    keep(logbook, draft)
    tell(f"done {draft.case_id} draft")
    logbook.close()


def _content(logbook: Logbook, case_id: str) -> str:
    """The version of a case, whether it is in the bin, and what it holds."""
    case = load_case(logbook, case_id)
    is_in_bin = case.procedure.deleted_at is not None
    case.procedure.deleted_at = None
    return f"{case.version}/{is_in_bin:d}/{content_hash(document_of(case.case_rows()))}"


def saved(place: Path, told: Sequence[str]) -> str:
    """Whatever was told is there as it was told; at most the next step is there as well."""
    steps = [line.split() for line in told]
    done = {step[1]: step[2] for step in steps if step[0] == "done"}
    pending = steps[-1][1] if steps and steps[-1][0] == "begin" else ""
    logbook = whole(place / CLINIC)
    kept = {draft.case_id for draft in drafts(logbook)}
    with logbook.session():
        query = Procedure.select(Procedure.id).tuples()
        there = {str(case_id) for (case_id,) in query.execute(logbook.database)}
    assert len(there) >= len(CODES)
    is_next_done = False
    for case_id, content in done.items():
        if content == "draft":
            assert case_id in kept
            continue
        now = _content(logbook, case_id)
        is_next = case_id == pending and int(now.split("/")[0]) == int(content.split("/")[0]) + 1
        assert now == content or is_next, f"{now} and not {content}"
        is_next_done |= is_next
    new = there - set(done)
    assert len(new) in (len(CODES), len(CODES) + (pending in new))
    go_on(logbook)
    is_next_done |= pending in (there | kept) - set(done)
    told_of = sum(step[0] == "done" for step in steps)
    return f"{told_of} told, {'next done' if is_next_done else 'next not done'}"


# importing, and taking it back


def a_table(place: Path, is_encrypted: bool) -> None:
    """A logbook, and a table of four new cases."""
    a_clinic(place, is_encrypted)
    rows = "".join(f"{code},2026-03-04,f,T12,6\n" for code in NEW)
    (place / TABLE).write_text(f"patient code,date,sex,level,cement_ml\n{rows}")


def take_in(place: Path, tell: Tell) -> None:
    """Import the table."""
    logbook = opened(place / CLINIC)
    table = open_table(Source(place / TABLE))
    start(logbook, preview(logbook, table, propose(table)), KEEP_ALL)
    tell("imported")
    logbook.close()


def taken_in(place: Path, told: Sequence[str]) -> str:
    """All of it or nothing, and whatever was written has a backup."""
    how = is_one_of(place / CLINIC, [OLD_LINES, ALL_LINES], told)
    reasons = [one.reason for one in listing(place / CLINIC)]
    assert not told or reasons == [Reason.IMPORT]
    return how


def take_back(place: Path, tell: Tell) -> None:
    """Undo an import, and do it again: whoever imported it takes it back."""
    logbook = opened(place / CLINIC)
    table = open_table(Source(place / TABLE))
    start(logbook, preview(logbook, table, propose(table)), KEEP_ALL)
    last = last_change(logbook)
    assert last is not None
    undo(logbook, last)
    tell("undone")
    redo(logbook, last)
    tell("redone")
    logbook.close()


def taken_back(place: Path, told: Sequence[str]) -> str:
    """All cases of the import, or none."""
    return is_one_of(place / CLINIC, [ALL_LINES, OLD_LINES, ALL_LINES], told)


# merging


def two_logbooks(place: Path, is_encrypted: bool) -> None:
    """Another logbook has four cases more."""
    a_clinic(place, is_encrypted)
    other = made(place, OFFICE)
    for code in NEW:
        save_case(other, a_case(code))
    with other.transaction():
        other.database.execute_sql("UPDATE patient SET patient_code = patient_code")
    other.close()


def merge_both(place: Path, tell: Tell) -> None:
    """Merge the other one, whose first three cases are others of patients with the same codes."""
    from models.other_logbook import SameCode

    mine = opened(place / CLINIC)
    choices = Choices(same_code=SameCode.APART)
    other = open_other(mine, place / OFFICE)
    try:
        start_merge(mine, other, look_at_other(mine, other, choices), choices)
    finally:
        other.close()
    tell("merged")
    mine.close()


def merged(place: Path, told: Sequence[str]) -> str:
    """All of theirs or nothing; theirs is as it was."""
    theirs = whole(place / OFFICE)
    assert shown(theirs) == ALL_LINES
    theirs.close()
    logbook = whole(place / CLINIC)
    now = len(shown(logbook))
    assert now in ((10,) if told else (3, 10)), now
    go_on(logbook)
    return f"{len(told)} told, {'next not done' if now == (10 if told else 3) else 'next done'}"


# restoring


def a_backup(place: Path, is_encrypted: bool) -> None:
    """A backup of three cases, and four cases later."""
    logbook = made(place, is_encrypted=is_encrypted)
    make(logbook, Reason.BY_HAND)
    for code in NEW:
        save_case(logbook, a_case(code))
    logbook.close()


def put_back(place: Path, tell: Tell) -> None:
    """Restore it."""
    logbook = opened(place / CLINIC)
    opens, user = logbook.passphrase_of, logbook.user
    logbook.close()
    if not (found := listing(place / CLINIC)):
        # As the command says, where a document beside a backup cannot be read.
        raise LogbookError(f"There is no backup of {place / CLINIC}.", "Make one first.")
    restore(place / CLINIC, found[0], user, opens)
    tell("restored")


def is_put_back(place: Path, told: Sequence[str]) -> str:
    """The old one or the restored one; and in that case the old one is whole, aside."""
    folder = place / CLINIC
    asides = [path for path in folder.iterdir() if path.name.startswith("replaced ")]
    logbook = whole(folder)
    now = shown(logbook)
    logbook.close()
    assert now in ([OLD_LINES] if told else [ALL_LINES, OLD_LINES]), now
    if now == OLD_LINES:
        (aside,) = asides
        kept = whole(aside)
        assert shown(kept) == ALL_LINES
        go_on(kept)
    for aside in asides if now == ALL_LINES else []:
        assert not (aside / "logbook.db").exists() or not (aside / "logbook.db").samefile(
            folder / "logbook.db"
        ), "two names of one database would be two journals of it"
    go_on(opened(folder))
    return (
        f"{len(told)} told, {'next not done' if (now == OLD_LINES) == bool(told) else 'next done'}"
    )


TRIALS = (
    Trial("save", a_clinic, save, saved),
    Trial("import", a_table, take_in, taken_in),
    Trial("undo of import", a_table, take_back, taken_back),
    Trial("merge", two_logbooks, merge_both, merged),
    Trial("restore", a_backup, put_back, is_put_back),
)
