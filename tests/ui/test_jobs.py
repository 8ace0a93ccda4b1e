# SPDX-License-Identifier: MIT
"""Work runs in a thread with a connection of its own; its end is told on the UI thread."""

from __future__ import annotations

import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from models.bug_report import place_of
from models.case import save_case
from models.errors import LogbookError
from models.schema import Procedure
from tests.builders import a_case
from tests.fresh import new_logbook
from ui.jobs import Job, Jobs


def test_the_result_arrives_on_the_ui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    worker: list[int] = []

    def work() -> int:
        worker.append(threading.get_ident())
        return 7

    jobs.run(None, work, lambda value: seen.append((value, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(7, threading.get_ident())]
    assert worker != [threading.get_ident()]


class Asker(QObject):
    """A part of a window that asks for something, and tells when it has it."""

    told = Signal(object)

    def take(self, *values: object) -> None:
        self.told.emit(values)


def test_nobody_is_told_who_is_gone_by_then(jobs: Jobs, qtbot: QtBot) -> None:
    goes_on = threading.Event()

    def work() -> int:
        goes_on.wait(10)
        return 7

    def fail() -> int:
        goes_on.wait(10)
        raise LogbookError("It did not work.", "Try again.")

    with qtbot.captureExceptions() as raised:
        asker = Asker()
        jobs.run(None, work, asker.take)
        jobs.run(None, work, partial(asker.take, "after"))
        jobs.run(None, fail, asker.take, partial(asker.take, "failed"))
        delete(asker)
        goes_on.set()
        qtbot.waitUntil(lambda: not jobs.is_busy)
    assert raised == []


def test_a_worker_has_its_own_connection(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    logbook = new_logbook(tmp_path / "a.kypholog")
    save_case(logbook, a_case())
    counted: list[int] = []

    def work() -> int:
        return int(Procedure.select().count(logbook.database))

    jobs.run(logbook, work, counted.append)
    qtbot.waitUntil(lambda: counted == [1])
    logbook.close()


def test_parts_of_a_result_arrive_before_it_and_on_the_ui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[object, int]] = []

    def take(part: object) -> None:
        seen.append((part, threading.get_ident()))

    def work(job: Job) -> str:
        for part in (1, 2):
            job.tell(part)
        return "all"

    jobs.run(None, work, take, reports=True, partly=take)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [(part, threading.get_ident()) for part in (1, 2, "all")]


def test_nothing_is_told_of_a_job_that_was_cancelled(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[object] = []
    jobs.run(
        None, lambda job: job.tell(1), heard.append, reports=True, partly=heard.append
    ).cancel()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert heard == []


def test_an_error_of_the_world_goes_to_the_one_who_asked(jobs: Jobs, qtbot: QtBot) -> None:
    failed: list[LogbookError] = []

    def work() -> None:
        raise LogbookError("The file is gone.", "Look elsewhere.")

    jobs.run(None, work, lambda value: pytest.fail("no result expected"), failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].cure == "Look elsewhere."


def test_a_bug_is_told_and_logged_without_its_message(
    jobs: Jobs, qtbot: QtBot, logged_errors: object, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise ValueError("Maria Muster, born 1950")

    with (
        logged_errors.expected("a job failed: ValueError"),  # type: ignore[attr-defined]
        qtbot.waitSignal(jobs.crashed),
    ):
        jobs.run(None, work, lambda value: None)
    assert "Muster" not in caplog.text


def test_a_cancelled_job_delivers_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    go_on = threading.Event()
    delivered: list[object] = []

    def work(job: Job) -> bool:
        go_on.wait(5)
        return job.is_cancelled

    job = jobs.run(None, work, delivered.append, reports=True)
    with qtbot.waitSignal(job.finished):
        job.cancel()
        go_on.set()
    assert delivered == []
    assert not jobs.is_busy


def test_progress_reaches_the_ui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    steps: list[tuple[int, int]] = []
    heard = threading.Event()

    def work(job: Job) -> None:
        heard.wait()
        for done in range(3):
            job.progress(done, 3)

    job = jobs.run(None, work, lambda value: None, reports=True)
    job.progressed.connect(lambda done, total: steps.append((done, total)))
    heard.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert steps == [(0, 3), (1, 3), (2, 3)]


def test_the_place_of_an_error_quotes_nothing() -> None:
    try:
        raise KeyError("secret")
    except KeyError as error:
        said = place_of(error)
    assert "KeyError" in said
    assert "secret" not in said


def test_work_that_outlives_the_window_ends_without_a_word(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is gone holds a job longer than anybody waits for at the end."""
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: told.append(error))
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    jobs, begins, ends = Jobs(), threading.Event(), threading.Event()

    def work() -> None:
        begins.set()
        ends.wait()

    jobs.run(None, work, told.append)
    assert begins.wait(10)
    threading.Timer(0.05, ends.set).start()
    delete(jobs)
    qapp.processEvents()
    assert told == []
