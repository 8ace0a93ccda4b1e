# SPDX-License-Identifier: MIT
"""Settings, saved filters and own rates that were changed behind the program's back are found."""

from __future__ import annotations

import re

import pytest

from models.filters import delete_filter, rename_filter, restore_filter, save_filter
from models.literature.own import add_rates, put_back, remove_rates
from models.literature.reading import shipped_rates
from models.logbook import Logbook
from models.query import parse
from models.settings import ASK_REASON, BACKUP_DAYS, BACKUP_PLACE, change_setting
from models.verify import verify

BEHIND = "behind the program's back"


@pytest.fixture
def chosen(logbook: Logbook) -> Logbook:
    """Everything was changed to and fro before it became what it is."""
    for on in (True, False, True):
        change_setting(logbook, ASK_REASON, on)
    change_setting(logbook, BACKUP_DAYS, 9)
    change_setting(logbook, BACKUP_PLACE, "/mnt/backups")
    kept = save_filter(logbook, "Leaks", parse("leak:yes"))
    rename_filter(logbook, kept.id, "All leaks")
    restore_filter(logbook, delete_filter(logbook, kept.id))
    delete_filter(logbook, save_filter(logbook, "None", parse("leak:no")).id)
    (added,) = add_rates(logbook, shipped_rates()[:1]).rates
    put_back(logbook, remove_rates(logbook, [added.id]))
    assert verify(logbook) == []
    return logbook


def changed(logbook: Logbook, *statements: str) -> list[str]:
    """What is found after another program was at work, without who saved it last."""
    with logbook.session():
        for sql in statements:
            logbook.database.execute_sql(sql)
    found = verify(logbook)
    last = re.compile(r" \(last saved by anna, [-:0-9 ]+ UTC\)\.$")
    assert all(last.search(one) or one.endswith(f"was added {BEHIND}.") for one in found)
    return [last.sub("", one) for one in found]


def test_what_was_changed_or_added_is_named(chosen: Logbook) -> None:
    """What a text says is left out: it may be a folder, or somebody's name."""
    assert changed(
        chosen,
        "UPDATE setting SET value = 'false' WHERE name = 'ask_reason'",
        "UPDATE setting SET value = '1' WHERE name = 'backup_days'",
        "UPDATE setting SET value = '\"/home/mallory\"' WHERE name = 'backup_place'",
        "INSERT INTO setting (name, value) VALUES ('lock_minutes', '0')",
        "UPDATE saved_filter SET query = 'leak:no'",
        'UPDATE literature_row SET content = \'{"source": "Mine"}\'',
    ) == [
        f'The setting "Ask why a saved case is changed" was changed {BEHIND}: it is No, '
        "and the audit says Yes",
        f'The setting "Daily backups that are kept" was changed {BEHIND}: it is 1, '
        "and the audit says 9",
        f'The setting "Second place for backups" was changed {BEHIND}',
        'The setting "Minutes without a key or click before an encrypted logbook locks" was added '
        f"{BEHIND}.",
        f"A saved filter was changed {BEHIND}",
        f"The published rate of Mine was changed {BEHIND}",
    ]


def test_what_was_removed_is_named(chosen: Logbook) -> None:
    assert changed(
        chosen,
        "DELETE FROM setting WHERE name = 'backup_days'",
        "DELETE FROM saved_filter",
        "DELETE FROM literature_row",
    ) == [
        f'The setting "Daily backups that are kept" was removed {BEHIND}',
        f"A saved filter was removed {BEHIND}",
        f"The published rate of {shipped_rates()[0].source} was removed {BEHIND}",
    ]
