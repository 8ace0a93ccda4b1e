# SPDX-License-Identifier: MIT
"""Rows go to the clipboard once it stands in the audit that they do; long texts by a worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication

from models.errors import LogbookError
from models.logbook import Logbook
from models.printouts import CLIPBOARD, note_handed_on
from ui.jobs import Jobs


def text_to_copy(text: str) -> QMimeData:
    """What the clipboard of the UI thread takes. Called by the work of a job.

    Qt writes a text anew for itself, which takes longer for 100,000 rows than a window may wait.
    """
    data = QMimeData()
    data.setText(text)
    app = QCoreApplication.instance()
    assert app is not None
    data.moveToThread(app.thread())
    return data


def copy_rows(
    jobs: Jobs,
    logbook: Logbook,
    what: str,
    text: str,
    rows: int,
    failed: Callable[[LogbookError], None],
) -> None:
    """Put rows on the clipboard, after a note of it.

    Args:
        jobs: do the writing.
        logbook: whose rows they are.
        what: their name in the audit, such as "Rows of the history of a case".
        text: the rows.
        rows: how many there are.
        failed: hears why they were not copied.
    """
    note = partial(note_handed_on, logbook, what, CLIPBOARD, rows=rows)
    jobs.run(logbook, note, lambda _nothing: QGuiApplication.clipboard().setText(text), failed)
