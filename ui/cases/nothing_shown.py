# SPDX-License-Identifier: MIT
"""What the page says where there is no case to show, and what to do then."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.widgets.empty_state import EmptyState


def say_closed(state: EmptyState) -> None:
    """No logbook is open."""
    state.say(
        _tr("No logbook is open"),
        _tr(
            "File > New logbook makes one, File > Open logbook opens one. "
            "To look around first, choose Help > Open the example logbook."
        ),
    )


def say_no_cases(state: EmptyState) -> None:
    """The logbook is empty."""
    state.say(
        _tr("No cases yet"),
        _tr(
            "Enter the first case of this logbook, or take in a table that you keep already: "
            "File > Import. To look around first, choose Help > Open the example logbook."
        ),
        _tr("New case"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)
