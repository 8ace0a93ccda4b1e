# SPDX-License-Identifier: MIT
"""The editor on a logbook of its own, and a user with a keyboard."""

from tests.ui.editor.conftest import events, jobs, keys, logbook, page, theme

__all__ = ["events", "jobs", "keys", "logbook", "page", "theme"]
