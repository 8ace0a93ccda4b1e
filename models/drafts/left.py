# SPDX-License-Identifier: MIT
"""Drafts of users who can sign in no more: kept, encrypted like all else, for administrators.

Whoever is removed may have been in the midst of a case. What was typed is not lost with the
account: an administrator finds it among the drafts, and goes on with it or discards it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.access import Right
from models.accounts import accounts
from models.drafts.keeping import Draft, discard, drafts, from_row
from models.errors import LogbookError
from models.logbook import Logbook
from models.schema import Draft as Table
from models.speech import say
from models.vocabulary import Role


def all_drafts(logbook: Logbook) -> list[Draft]:
    """One's own drafts, the last one first; for administrators then those that others left."""
    return [*drafts(logbook), *_left(logbook)]


def count_of(logbook: Logbook, name: str) -> int:
    """How many cases somebody has not saved."""
    with logbook.session():
        users = Table.select(Table.user).tuples().execute(logbook.database)
        return sum(_same(str(user)) == _same(name) for (user,) in users)


def take_over(logbook: Logbook, draft: Draft) -> Draft:
    """Have a draft that somebody left as one's own.

    Raises:
        NotAllowed: whoever works with the logbook is no administrator.
        LogbookError: he has a draft of the same case himself, or it is not there any more.
    """
    with logbook.transaction(Right.ADMINISTER):
        own = Table.select().where(Table.user == logbook.user, Table.case_id == draft.case_id)
        if list(own.execute(logbook.database)):
            raise LogbookError(
                say("You have a draft of the same case as {owner} yourself.", owner=draft.owner),
                say("Save or discard your own first."),
            )
        moved = Table.update(user=logbook.user).where(_is_of(draft))
        if not moved.execute(logbook.database):
            raise LogbookError(
                say("This draft is not there any more."), say("Look at the drafts again.")
            )
    return replace(draft, owner="")


def discard_left(logbook: Logbook, draft: Draft) -> None:
    """Forget a draft, one's own or one that somebody left.

    Raises:
        NotAllowed: it is not one's own, and whoever works with the logbook is no administrator.
        CannotWrite, LogbookBusy: as their names say. The draft is still there.
    """
    if not draft.owner:
        discard(logbook, draft.case_id)
        return
    with logbook.transaction(Right.ADMINISTER):
        Table.delete().where(_is_of(draft)).execute(logbook.database)


def _left(logbook: Logbook) -> list[Draft]:
    if not logbook.is_encrypted or logbook.door.role is not Role.ADMIN:
        return []
    here = {_same(account.name) for account in accounts(logbook)}
    with logbook.session():
        rows: Sequence[Table] = list(
            Table.select().order_by(Table.kept_at.desc()).execute(logbook.database)
        )
    return [
        replace(from_row(row), owner=str(row.user))
        for row in rows
        if _same(str(row.user)) not in here
    ]


def _same(name: str) -> str:
    return name.strip().casefold()


def _is_of(draft: Draft) -> object:
    return (Table.user == draft.owner) & (Table.case_id == draft.case_id)
