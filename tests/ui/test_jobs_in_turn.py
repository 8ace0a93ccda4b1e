# SPDX-License-Identifier: MIT
"""What somebody looks for first is read first: other work waits for the list, not for good."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from models.errors import LogbookError
from ui.jobs import Jobs, Turn
from ui.latest_job import LatestJob


def test_work_that_may_wait_begins_when_what_is_awaited_was_handed_on(
    jobs: Jobs, qtbot: QtBot
) -> None:
    order: list[str] = []
    go_on = threading.Event()

    def read_list() -> str:
        go_on.wait(20)
        order.append("read")
        return "shown"

    jobs.run(None, read_list, order.append, turn=Turn.AWAITED)
    jobs.run(None, lambda: order.append("counted"), lambda _none: None, turn=Turn.AFTER)
    jobs.run(None, lambda: "no matter", lambda _said: go_on.set())
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["read", "shown", "counted"]


def test_nothing_waits_where_nothing_is_awaited(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    jobs.run(None, lambda: 7, seen.append, turn=Turn.AFTER)
    qtbot.waitUntil(lambda: seen == [7])


@pytest.mark.parametrize("ends", ["fails", "is cancelled"])
def test_what_waits_begins_however_that_ends_what_it_waits_for(
    jobs: Jobs, qtbot: QtBot, ends: str
) -> None:
    def read_list() -> None:
        raise LogbookError("It cannot be read.", "")

    seen: list[int] = []
    first = jobs.run(None, read_list, lambda _n: None, lambda _error: None, turn=Turn.AWAITED)
    jobs.run(None, lambda: 7, seen.append, turn=Turn.AFTER)
    if ends == "is cancelled":
        first.cancel()
    qtbot.waitUntil(lambda: seen == [7])


def test_while_a_logbook_opens_work_waits_for_what_is_asked_for_last(
    jobs: Jobs, qtbot: QtBot
) -> None:
    order: list[str] = []
    with jobs.opening():
        jobs.run(None, lambda: order.append("counted"), lambda _none: None, turn=Turn.AFTER)
        jobs.run(None, lambda: order.append("read"), lambda _none: None, turn=Turn.AWAITED)
    qtbot.waitUntil(lambda: order == ["read", "counted"])


def test_an_opening_after_which_nothing_is_awaited_keeps_nobody(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    with jobs.opening():
        jobs.run(None, lambda: 7, seen.append, turn=Turn.AFTER)
    qtbot.waitUntil(lambda: seen == [7])


def test_what_was_asked_for_anew_while_it_waited_is_done_once(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[int] = []
    latest = LatestJob(jobs, jobs)
    with jobs.opening():
        for number in (1, 2):
            latest.run(None, lambda n=number: done.append(n), lambda _none: None, turn=Turn.AFTER)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert done == [2]


def test_what_waits_for_a_logbook_that_is_left_is_never_begun(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[int] = []
    go_on = threading.Event()
    jobs.run(None, lambda: go_on.wait(20), lambda _is_set: None, turn=Turn.AWAITED)
    waits = jobs.run(None, lambda: done.append(1), done.append, turn=Turn.AFTER)
    with qtbot.waitSignal(waits.finished):
        jobs.drop_waiting()
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert done == []
