# SPDX-License-Identifier: MIT
"""The editor on a logbook of its own, and a user with a keyboard."""

from tests.ui.conftest import answered, events, jobs, keys, theme
from tests.ui.editor.conftest import page

__all__ = ["answered", "events", "jobs", "keys", "page", "theme"]
