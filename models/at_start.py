# SPDX-License-Identifier: MIT
"""What a window needs of the models before it can show the list of cases."""

from __future__ import annotations

from importlib import import_module

_NEEDED = ("models.caselist", "models.filters", "models.access.needs", "models.settings")


def load_models() -> None:
    """Load it; to be called before Qt is loaded.

    PySide reads the source of every module that is imported after it, to see whether that module
    uses PySide. Of these none does.
    """
    for name in _NEEDED:
        import_module(name)
