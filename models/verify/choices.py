# SPDX-License-Identifier: MIT
"""What holds for the whole logbook, against the audit: settings, saved filters, own rates.

The program writes each of them down as it changes. What stands there otherwise was changed behind
its back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from models.audit import Action
from models.document import Fields, Value, readable
from models.engines.engine import Engine
from models.own_notes import is_own
from models.schema import LiteratureRow, SavedFilter, Setting
from models.settings import DECLARED, THRESHOLDS, VISIT_PLAN, AnySetting, stored_value
from models.speech import say
from models.verify import wording

_SETTINGS, _FILTERS, _RATES = (
    str(table._meta.table_name) for table in (Setting, SavedFilter, LiteratureRow)
)
_LABELS: Mapping[str, AnySetting] = {one.name: one for one in (*DECLARED, VISIT_PLAN, THRESHOLDS)}

_Rows = dict[str, Fields]


@dataclass(slots=True)
class _Told:
    """What the audit says of one row last, and who said so when."""

    fields: Fields = field(default_factory=dict)
    user: str = ""
    at: str = ""


def choice_findings(database: Engine) -> Iterator[str]:
    """What was changed, added or removed behind the program's back, one sentence each."""
    told = _told(database)
    for table, rows in _held(database).items():
        for row_id in sorted({*rows, *(known for of, known in told if of == table)}):
            now, was = rows.get(row_id, {}), told.get((table, row_id), _Told())
            if now != was.fields:
                said = _sentence(table, row_id, now, was.fields)
                last = wording.saved_by(was.user, was.at) if was.at else ""
                yield f"{said[:-1]} ({last})." if last else said


def _held(database: Engine) -> dict[str, _Rows]:
    settings = Setting.select(Setting.name, Setting.value).tuples().execute(database)
    filters = SavedFilter.select(SavedFilter.id, SavedFilter.name, SavedFilter.query)
    rates = LiteratureRow.select(LiteratureRow.id, LiteratureRow.content)
    return {
        _SETTINGS: {
            name: {"value": stored_value(text)} for name, text in settings if not is_own(name)
        },
        _FILTERS: {
            row_id: {"name": name, "query": query}
            for row_id, name, query in filters.tuples().execute(database)
        },
        _RATES: {row_id: {"content": text} for row_id, text in rates.tuples().execute(database)},
    }


def _told(database: Engine) -> dict[tuple[str, str], _Told]:
    found: dict[tuple[str, str], _Told] = {}
    sql = "SELECT user, at, changes FROM audit_entry WHERE action = ? ORDER BY number"
    for user, at, changes in database.execute_sql(sql, (Action.SETTING.value,)):
        for change in readable(str(changes)):
            if change.table not in (_SETTINGS, _FILTERS, _RATES) or is_own(change.row_id):
                continue
            row = found.setdefault((change.table, change.row_id), _Told())
            row.user, row.at = str(user), str(at)
            if change.new is None:
                row.fields.pop(change.field, None)
            else:
                row.fields[change.field] = change.new
    return found


def _sentence(table: str, row_id: str, now: Fields, was: Fields) -> str:
    name = _named(table, row_id, now or was)
    if not was:
        return say("{name} was added {behind}.", name=name, behind=wording.BEHIND)
    if not now:
        return say("{name} was removed {behind}.", name=name, behind=wording.BEHIND)
    values = [fields.get("value") for fields in (now, was)]
    # A text may be a folder or a plan, and what a filter asks for may be somebody's name.
    if any(not isinstance(value, bool | int) for value in values):
        return say("{name} was changed {behind}.", name=name, behind=wording.BEHIND)
    is_now, said = map(_shown, values)
    return say(
        "{name} was changed {behind}: it is {now}, and the audit says {said}.",
        name=name,
        behind=wording.BEHIND,
        now=is_now,
        said=said,
    )


def _named(table: str, row_id: str, fields: Fields) -> str:
    if table == _SETTINGS:
        declared = _LABELS.get(row_id)
        label = declared.label if declared is not None else wording.short(row_id)
        return say('The setting "{label}"', label=label)
    if table == _FILTERS:
        return say("A saved filter")
    try:
        source = json.loads(str(fields.get("content"))).get("source")
    except (ValueError, AttributeError):
        source = None
    return say("The published rate of {source}", source=wording.short(source or "?"))


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    return str(value)
