# SPDX-License-Identifier: MIT
"""Sees that no change is lost unsaid when the window is closed, or its logbook left."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from ui.jobs import Jobs
from ui.patience import wait_for
from ui.topics import SERVERS
from ui.widgets.message import is_wanted


def tr(text: str) -> str:
    """The text as it is shown."""
    return QCoreApplication.translate("Leaving", text)


def may_close(window: QWidget, jobs: Jobs, logbook: Logbook | None) -> bool:
    """Whether no change is lost when the window is closed now, or the user agrees to that.

    What is under way is waited for. Where its server is silent it is broken off; then the part of
    the window that it comes from says what was not saved, and the window stays.
    """
    are_done = logbook is None or _settled(jobs, logbook)
    if not jobs.postponed:
        return are_done
    question = tr(
        "{what} waits for the server, and is not done if the window is closed now. Close it all "
        "the same?"
    )
    what = ", ".join(jobs.postponed.values())
    if not is_wanted(window, "Kypholog", question.format(what=what), topic=SERVERS):
        return False
    jobs.postponed.clear()
    return True


def of_left(error: LogbookError) -> LogbookError:
    """What to tell of a change that was not done in a logbook that is not open any more."""
    said = tr("About the logbook that was open before: {why}")
    return LogbookError(said.format(why=error.message), error.cure)


def _settled(jobs: Jobs, logbook: Logbook) -> bool:
    if not jobs.is_changing:
        return True

    was_stopped = False

    def hurry() -> None:
        nonlocal was_stopped
        if logbook.turns.waited_s() and not was_stopped:
            # Who waits for others to finish is told so, and not that the server is away.
            logbook.turns.stop_waiting()
            was_stopped = True
        else:
            logbook.hang_up()

    are_done: list[bool] = []
    heard = jobs.settled.connect(are_done.append)
    wait_for(jobs.settled, hurry)
    jobs.settled.disconnect(heard)
    return all(are_done)
