# SPDX-License-Identifier: MIT
"""Keeps Python's own ``import`` once PySide is there.

PySide lets a module choose another spelling of its names. To see who does, it puts an import of its
own in the place of Python's, which looks at every import statement there is, a thousand until the
list of cases is in sight, and reads the source of each module. None of ours chooses anything. A
PySide that does it in another way goes on doing so.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from types import ModuleType

_KEPT_BY_PYSIDE = "__orig_import__"


class _Restorer:
    """Finds no module. By name it is no ``importlib.abc.MetaPathFinder``, which is slow to load."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Asked for the first module after PySide has come, give Python its import back."""
        own = getattr(builtins, _KEPT_BY_PYSIDE, None)
        if own is not None:
            builtins.__import__ = own
            # Another list: this one is being gone through.
            sys.meta_path = [finder for finder in sys.meta_path if finder is not self]


def keep_plain_imports() -> None:
    """From now on; to be called before PySide is imported."""
    sys.meta_path.insert(0, _Restorer())
