# SPDX-License-Identifier: MIT
"""Several windows on one server: roles by its accounts, news by itself, clashes side by side."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from models.address import Address
from models.case import load_case, save_case
from models.errors import ServerRefuses
from models.logbook import Logbook
from models.printouts import note_printout
from models.schema import AuditEntry
from models.served import open_served
from tests.builders import a_case
from tests.server import Server
from tests.ui.editor.keyboard import Keyboard
from tests.ui.server.conftest import PATIENCE_MS, Opens, Statements
from tests.ui.together.test_clash import clash_of, editing, told
from ui.application import Application

_HELP = Path(__file__).parents[3] / "resources" / "help" / "servers.md"
Grants = Callable[[str, Address], Address]
"""Makes an account as the help says, and gives the address for it."""


@pytest.fixture
def grants(server: Server) -> Iterator[Grants]:
    """The accounts of the help are gone afterwards."""
    made: dict[str, str] = {}
    blocks = re.findall(r"```sql\n(.*?)```", _HELP.read_text("utf-8"), re.DOTALL)

    def grant(name: str, address: Address) -> Address:
        (block,) = (block for block in blocks if f"TO {name};" in block)
        server.execute(f"CREATE ROLE {name} LOGIN")
        server.execute(block, address.name)
        made[name] = address.name
        return Address(address.uri.replace("postgres@", f"{name}@"))

    yield grant
    for name, database in made.items():
        server.execute(f"DROP OWNED BY {name}", database)
        server.execute(f"DROP ROLE {name}")


def says(one: Application, words: str) -> bool:
    labels = one.window.findChildren(QLabel)
    return any(words in label.text() for label in labels if label.isVisible())


def last_entry(logbook: Logbook) -> tuple[str, str]:
    """By whom, and what was done."""
    with logbook.session():
        query = AuditEntry.select().order_by(AuditEntry.number.desc()).limit(1)
        (last,) = query.execute(logbook.database)
        return last.user, last.action


def is_allowed(one: Application, name: str) -> bool:
    return one.window.desks.actions[name].isEnabled()


def test_a_reader_looks_and_the_server_itself_refuses_every_change(
    opens: Opens, clinic: Address, grants: Grants
) -> None:
    one = opens(grants("rita", clinic))
    assert one.window.cases.model.rowCount() == 3
    assert says(one, "rita")
    assert says(one, "Reader")
    assert not any(is_allowed(one, name) for name in ("new_case", "import"))
    assert "your role is Reader" in one.window._permits.why_not("change_settings")
    assert is_allowed(one, "export")
    logbook = one.session.logbook
    assert logbook is not None
    for table in ("procedure", "audit_entry", "setting", "draft"):
        with pytest.raises(ServerRefuses), logbook.session():
            logbook.database.execute_sql(f"DELETE FROM {table}")
    note_printout(logbook, "List of cases", 3, "printer")
    assert last_entry(logbook) == ("rita", "print")


def test_who_enters_cases_is_in_the_audit_and_cannot_change_it(
    opens: Opens, clinic: Address, grants: Grants, qtbot: QtBot, keys: Keyboard
) -> None:
    one = opens(grants("eva", clinic))
    assert says(one, "Entry")
    assert is_allowed(one, "new_case")
    assert "your role is Entry" in one.window._permits.why_not("change_settings")
    editor, case_id = editing(one, qtbot)
    keys.go_to("Operator").type("Dr E. Operator")
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        editor.save()
    logbook = one.session.logbook
    assert logbook is not None
    assert load_case(logbook, case_id).procedure.operator == "Dr E. Operator"
    assert last_entry(logbook) == ("eva", "change")
    for sql in ("UPDATE audit_entry SET reason = ''", "DELETE FROM audit_entry"):
        with pytest.raises(ServerRefuses), logbook.session():
            logbook.database.execute_sql(sql)


def test_a_right_that_is_taken_away_is_noticed_while_the_window_is_open(
    opens: Opens, clinic: Address, grants: Grants, server: Server, qtbot: QtBot
) -> None:
    one = opens(grants("eva", clinic))
    server.execute("REVOKE INSERT ON ALL TABLES IN SCHEMA public FROM eva", clinic.name)
    other = open_served(clinic)
    save_case(other, a_case("P-4"))
    qtbot.waitUntil(lambda: says(one, "Reader"), timeout=PATIENCE_MS)
    assert not is_allowed(one, "new_case")
    (box,) = one.window.findChildren(QMessageBox)
    assert "is Reader now; it was Entry" in box.text()
    box.accept()
    other.leave()
    other.close()


def test_an_account_that_is_locked_meanwhile_is_told_apart_from_a_server_that_is_away(
    opens: Opens, clinic: Address, grants: Grants, server: Server, qtbot: QtBot
) -> None:
    one = opens(grants("eva", clinic))
    server.execute("ALTER ROLE eva NOLOGIN")
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'eva'")
    shown = one.window.status._drive
    qtbot.waitUntil(lambda: shown.text() == "The server does not let you in", timeout=PATIENCE_MS)
    assert "The account eva is locked" in shown.toolTip()
    server.execute("ALTER ROLE eva LOGIN")
    shown.click()
    qtbot.waitUntil(lambda: not shown.isVisible(), timeout=PATIENCE_MS)


def test_what_others_save_comes_by_itself_and_they_are_named_while_the_server_answers(
    opens: Opens, clinic: Address, grants: Grants, server: Server, qtbot: QtBot
) -> None:
    first = opens(clinic)
    second = opens(grants("eva", clinic))
    qtbot.waitUntil(lambda: says(second, "postgres has this logbook open too"), timeout=PATIENCE_MS)
    assert second.session.logbook is not None
    save_case(second.session.logbook, a_case("P-4"))
    qtbot.waitUntil(lambda: first.window.cases.model.rowCount() == 4, timeout=PATIENCE_MS)
    there = "eva has this logbook open too"
    qtbot.waitUntil(lambda: says(first, there), timeout=PATIENCE_MS)
    server.pause()
    try:
        qtbot.waitUntil(lambda: not says(first, there), timeout=PATIENCE_MS)
    finally:
        server.go_on()
    qtbot.waitUntil(lambda: says(first, there), timeout=PATIENCE_MS)


def test_nothing_is_asked_of_the_server_while_nobody_writes(
    opens: Opens, clinic: Address, qtbot: QtBot
) -> None:
    one = opens(clinic)
    others = one.window.others
    qtbot.waitUntil(lambda: others._job is None, timeout=PATIENCE_MS)
    qtbot.wait(1_000)
    asked = Statements()
    logger = logging.getLogger("peewee")
    logger.addHandler(asked)
    logger.setLevel(logging.DEBUG)
    try:
        for _ in range(30):
            others.look()
            assert others._job is None
        assert asked.in_window + asked.elsewhere == []
    finally:
        logger.removeHandler(asked)
        logger.setLevel(logging.NOTSET)


def test_two_windows_that_save_one_case_see_both_versions(
    opens: Opens, clinic: Address, grants: Grants, qtbot: QtBot, keys: Keyboard
) -> None:
    first = opens(clinic)
    editor, case_id = editing(first, qtbot)
    keys.go_to("Operator").type("Dr B.")
    other = open_served(grants("eva", clinic))
    case = load_case(other, case_id)
    case.procedure.operator = "Dr N. Newer"
    save_case(other, case)
    qtbot.waitUntil(lambda: "eva saved this case" in editor._notice.text, timeout=PATIENCE_MS)
    dialog = clash_of(editor, keys, qtbot)
    (row,) = told(dialog)
    assert row[1:] == ("Dr A. Operator", "Dr B.", "Dr N. Newer", "To be decided")
    keys.press(Qt.Key.Key_M)
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        dialog.save.click()
    saved = load_case(other, case_id)
    assert (saved.version, saved.procedure.operator) == (3, "Dr B.")
    other.leave()
    other.close()
