# SPDX-License-Identifier: MIT
"""Opening, making and closing logbooks without holding up the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.errors import CannotWrite, NotALogbook
from models.logbook import Logbook
from tests.builders import a_case
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.session import Session


@pytest.fixture
def session(qtbot: QtBot, events: LogbookEvents) -> Iterator[Session]:
    jobs = Jobs()
    made = Session(jobs, events)
    yield made
    made.close()
    jobs.wait()


def test_a_new_logbook_is_made_and_opened(
    session: Session, events: LogbookEvents, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(events.opened):
        session.create(tmp_path / "Clinic.kypholog")
    assert session.logbook is not None
    assert session.logbook.name == "Clinic"


def test_what_cannot_be_opened_is_told_and_the_open_logbook_stays(
    session: Session, events: LogbookEvents, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(events.opened):
        session.create(tmp_path / "Clinic.kypholog")
    with qtbot.waitSignal(session.failed) as told:
        session.open(tmp_path / "nowhere")
    assert isinstance(told.args[0], NotALogbook)
    assert session.logbook is not None
    assert session.logbook.name == "Clinic"


def test_the_example_is_made_once(
    session: Session, events: LogbookEvents, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Example.kypholog"
    for _ in range(2):
        with qtbot.waitSignal(events.opened):
            session.open_example(folder)
    session.close()
    logbook = Logbook.open(folder)
    count = logbook.database.execute_sql("SELECT count(*) FROM procedure").fetchone()[0]
    logbook.close()
    assert count == 2


def test_a_closed_logbook_leaves_one_file_and_its_mark(
    session: Session, events: LogbookEvents, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Clinic.kypholog"
    with qtbot.waitSignal(events.opened):
        session.create(folder)
    assert session.logbook is not None
    save_case(session.logbook, a_case())
    session.close()
    assert session.logbook is None
    assert sorted(file.name for file in folder.iterdir()) == [".logbook.db.head", "logbook.db"]


def test_a_logbook_that_is_moved_while_it_is_open_is_told_as_moved(
    session: Session, events: LogbookEvents, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Clinic.kypholog"
    with qtbot.waitSignal(events.opened):
        session.create(folder)
    assert session.logbook is not None
    session.logbook.close()
    folder.rename(tmp_path / "Elsewhere.kypholog")
    with pytest.raises(CannotWrite, match="not there any more"):
        save_case(session.logbook, a_case())
    assert not folder.exists()


def test_a_database_that_is_removed_while_it_is_open_is_not_replaced_by_an_empty_one(
    session: Session, events: LogbookEvents, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Clinic.kypholog"
    with qtbot.waitSignal(events.opened):
        session.create(folder)
    assert session.logbook is not None
    session.logbook.close()
    session.logbook.file.unlink()
    with pytest.raises(CannotWrite, match="not there any more"):
        save_case(session.logbook, a_case())
    assert not session.logbook.file.exists()
