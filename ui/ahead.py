# SPDX-License-Identifier: MIT
"""Loads rooms of the window in a worker, so that the UI thread finds them there when it needs them.

Importing a page with all that it shows takes longer than a window may stand still. A worker does it
meanwhile; the import on the UI thread, which stays where the page is made, is then a look-up.
"""

from __future__ import annotations

from importlib import import_module


def load(*names: str) -> None:
    """Import these modules, each by its full name. Called by the work of a job.

    Raises:
        ImportError: there is no such module.
    """
    for name in names:
        import_module(name)
