# SPDX-License-Identifier: MIT
"""Filters that somebody gave a name, for everybody who opens the logbook.

They are stored in the words of the query language. A filter that this version does not understand,
because a later one wrote it, is listed with its problem and left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from models import audit, query
from models.audit import Action, Event, Subject
from models.document import Change
from models.errors import LogbookError
from models.logbook import Logbook
from models.query import Filter, QueryError, folded
from models.quick import dataclass
from models.schema import SavedFilter, new_id
from models.speech import say

MOST_LETTERS = 60
"""Letters that the name of a filter can have: it stands in a menu."""

BY_NAME = "@"
"""Before the name of a saved filter, where a query could stand as well."""

_TABLE = SavedFilter._meta.table_name


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """A filter under its name.

    Attributes:
        id: stays the same when it is renamed or replaced.
        name: as people call it.
        text: the query as it is stored.
        filter: what it asks for; None where this version does not understand it.
        problem: why not, with its place in ``text``.
    """

    id: str
    name: str
    text: str
    filter: Filter | None = None
    problem: QueryError | None = field(default=None, compare=False)


class FilterExists(LogbookError):
    """There is a filter of this name already; ``existing`` is what would be replaced."""

    def __init__(self, existing: NamedFilter) -> None:
        super().__init__(
            say("There is already a filter {existing}.", existing=existing.name),
            say("Replace it, or choose another name."),
        )
        self.existing = existing


def list_filters(logbook: Logbook) -> list[NamedFilter]:
    """All of them, by name: one statement."""
    with logbook.session():
        return sorted(_stored(logbook), key=lambda kept: (folded(kept.name), kept.name))


def save_filter(
    logbook: Logbook, name: str, asked: Filter, *, replace: bool = False
) -> NamedFilter:
    """Store a filter under a name. With ``replace`` it takes the place of one of that name.

    Raises:
        FilterExists: the name is taken, in whatever case, and ``replace`` was not asked for.
        LogbookError: the name or the filter is empty, or the name is too long.
    """
    name, text = _fit_name(name), query.text_of(asked)
    if not text:
        raise LogbookError(
            say("The filter asks for nothing, so that it has all cases."),
            say("Search for something first."),
        )
    with logbook.transaction():
        old = _called(_stored(logbook), name)
        if old is None:
            kept = NamedFilter(new_id(), name, text, asked)
            _insert(logbook, kept)
            return kept
        if not replace:
            raise FilterExists(old)
        kept = NamedFilter(old.id, name, text, asked)
        _update(logbook, old, kept)
        return kept


def rename_filter(logbook: Logbook, filter_id: str, name: str) -> NamedFilter:
    """Give a filter another name; what it asks for stays, understood or not.

    Raises:
        FilterExists: another filter has that name.
        LogbookError: the name is empty or too long, or the filter is gone.
    """
    name = _fit_name(name)
    with logbook.transaction():
        stored = _stored(logbook)
        old = _with_id(stored, filter_id)
        taken = _called(stored, name)
        if taken is not None and taken.id != filter_id:
            raise FilterExists(taken)
        kept = NamedFilter(old.id, name, old.text, old.filter, old.problem)
        _update(logbook, old, kept)
        return kept


def delete_filter(logbook: Logbook, filter_id: str) -> NamedFilter:
    """Take a filter away; what it was, so that it can be saved again.

    Raises:
        LogbookError: the filter is gone.
    """
    with logbook.transaction():
        old = _with_id(_stored(logbook), filter_id)
        SavedFilter.delete().where(SavedFilter.id == filter_id).execute(logbook.database)
        _note(logbook, [_named(old.id, old.name, None), _asking(old.id, old.text, None)])
        return old


def restore_filter(logbook: Logbook, deleted: NamedFilter) -> None:
    """Put back what ``delete_filter`` took away, understood or not.

    Raises:
        FilterExists: somebody has given its name to another filter meanwhile.
    """
    with logbook.transaction():
        taken = _called(_stored(logbook), deleted.name)
        if taken is not None:
            raise FilterExists(taken)
        _insert(logbook, deleted)


def filter_called(logbook: Logbook, name: str) -> NamedFilter:
    """The filter of this name, in whatever case.

    Raises:
        LogbookError: there is none; the names that there are stand in the cure.
    """
    stored = list_filters(logbook)
    if found := _called(stored, name):
        return found
    names = ", ".join(kept.name for kept in stored)
    cure = say("Known are: {names}.", names=names) if names else say("None was saved so far.")
    raise LogbookError(say("There is no filter {split}.", split=" ".join(name.split())), cure)


def read_filter(logbook: Logbook, text: str) -> Filter:
    """The filter that a query asks for, or the saved one of which ``@`` and the name are given.

    Raises:
        LogbookError: there is no filter of this name.
        QueryError: the query, or the saved one, is not understood.
    """
    if not text.lstrip().startswith(BY_NAME):
        return query.parse(text)
    kept = filter_called(logbook, text.lstrip().removeprefix(BY_NAME))
    if kept.filter is None:
        assert kept.problem is not None
        raise kept.problem
    return kept.filter


def _stored(logbook: Logbook) -> list[NamedFilter]:
    query = SavedFilter.select(SavedFilter.id, SavedFilter.name, SavedFilter.query).tuples()
    return [_read(*row) for row in query.execute(logbook.database)]


def _read(filter_id: str, name: str, text: str) -> NamedFilter:
    try:
        return NamedFilter(filter_id, name, text, query.parse(text))
    except QueryError as problem:
        return NamedFilter(filter_id, name, text, problem=problem)


def _called(stored: Sequence[NamedFilter], name: str) -> NamedFilter | None:
    return next((kept for kept in stored if folded(kept.name) == folded(name)), None)


def _with_id(stored: Sequence[NamedFilter], filter_id: str) -> NamedFilter:
    for kept in stored:
        if kept.id == filter_id:
            return kept
    raise LogbookError(
        say("This filter is not in the logbook any more."), say("Somebody took it away.")
    )


def _fit_name(name: str) -> str:
    fit = " ".join(name.split())
    if not folded(fit):
        raise LogbookError(say("A filter needs a name."), say("Type one."))
    if len(fit) > MOST_LETTERS:
        raise LogbookError(
            say(
                "The name of a filter has at most {most_letters} letters.",
                most_letters=MOST_LETTERS,
            ),
            say("Shorten it."),
        )
    if not fit.isprintable():
        raise LogbookError(
            say("The name holds a character that cannot be shown."), say("Type it anew.")
        )
    return fit


def _insert(logbook: Logbook, kept: NamedFilter) -> None:
    row = {"id": kept.id, "name": kept.name, "query": kept.text}
    SavedFilter.insert(row).execute(logbook.database)
    _note(logbook, [_named(kept.id, None, kept.name), _asking(kept.id, None, kept.text)])


def _update(logbook: Logbook, old: NamedFilter, new: NamedFilter) -> None:
    changes = [_named(new.id, old.name, new.name), _asking(new.id, old.text, new.text)]
    changed = [change for change in changes if change.old != change.new]
    if not changed:
        return
    update = SavedFilter.update(name=new.name, query=new.text).where(SavedFilter.id == new.id)
    update.execute(logbook.database)
    _note(logbook, changed)


def _named(filter_id: str, old: str | None, new: str | None) -> Change:
    return Change(_TABLE, filter_id, "name", old, new)


def _asking(filter_id: str, old: str | None, new: str | None) -> Change:
    return Change(_TABLE, filter_id, "query", old, new)


def _note(logbook: Logbook, changes: Sequence[Change]) -> None:
    event = Event(logbook.user, Action.SETTING, Subject.LOGBOOK, changes=changes)
    audit.append(logbook.database, [event])
