# SPDX-License-Identifier: MIT
"""Of several jobs only the latest is heard, and none whose owner is gone."""

from __future__ import annotations

from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from models.logbook import Logbook
from ui.jobs import Jobs
from ui.latest_job import LatestJob


def test_a_new_job_takes_the_place_of_the_one_under_way(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook
) -> None:
    owner, heard = QObject(), list[int]()
    latest = LatestJob(jobs, owner)
    for number in range(3):
        latest.run(logbook, partial(int, number), heard.append)
    assert latest.is_running
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert heard == [2]
    assert not latest.is_running


def test_a_job_whose_owner_is_gone_is_not_heard(qtbot: QtBot, jobs: Jobs, logbook: Logbook) -> None:
    owner = QObject()
    LatestJob(jobs, owner).run(logbook, lambda: 1, lambda value: pytest.fail("nobody is there"))
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: not jobs.is_busy)
