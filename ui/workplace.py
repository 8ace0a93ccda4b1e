# SPDX-License-Identifier: MIT
"""What a task that a menu starts needs of the window in which it asks, works and tells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.errors import LogbookError
from models.quick import dataclass
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Workplace:
    """One for all tasks of a window.

    Attributes:
        window: owns their dialogs.
        theme, jobs, events: those of the program.
        tell: shows an error of the world in its own words.
    """

    window: QWidget
    theme: Theme
    jobs: Jobs
    events: LogbookEvents
    tell: Callable[[LogbookError], None]
