# SPDX-License-Identifier: MIT
"""Says what is in the logbook after the connection to its server was lost while it was written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from models.errors import AnswerLost, ServerAway
from ui.importing.step import Step

Act = Callable[[], object]


def tell_unwritten(step: Step, error: ServerAway, again: Act, look: Act) -> None:
    """Say it on a step, with one button.

    Args:
        step: where the user is.
        error: what the server did.
        again: begins anew to write; for where nothing was written, because it is one step.
        look: compares again; for where nobody knows, so that what is there is seen.
    """
    if isinstance(error, AnswerLost):
        said = tr(
            "The connection was lost at the last moment, so it is not known whether this was "
            "written: all of it is there, or nothing. Compare again to see."
        )
        step.notice.say(said, "error", tr("Compare again"), look)
        return
    said = tr("The server does not answer. Nothing was written: all of it is one step.")
    step.notice.say(said, "error", tr("Try again"), again)


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("importing", text)
