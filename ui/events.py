# SPDX-License-Identifier: MIT
"""News that more than one page wants to hear."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class LogbookEvents(QObject):
    """What happened to the open logbook. Pages refresh themselves by it.

    Signals:
        opened: another logbook is open now, or none.
        case_saved: the case with this id was stored.
        cases_changed: several cases changed at once (example loaded, import, bin).
        filters_changed: a filter was saved, renamed or taken away.
        settings_changed: (LogbookSettings) the settings of the logbook are these now.
        changed_elsewhere: (models.news.News) another window or program changed something; what
            that means for lists is told by the signals above as well.
        link_changed: (bool) the server that keeps the logbook answers again, or does not any more.
        door_changed: whoever works with the logbook may do more now, or less.
    """

    opened = Signal()
    case_saved = Signal(str)
    cases_changed = Signal()
    filters_changed = Signal()
    settings_changed = Signal(object)
    changed_elsewhere = Signal(object)
    door_changed = Signal()
    link_changed = Signal(bool)
