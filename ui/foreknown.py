# SPDX-License-Identifier: MIT
"""Tells PySide beforehand what it would read the source of each module for.

PySide lets a module choose another spelling of its names. To keep that from modules that do not use
it, it reads each that is imported after it, also again, and looks for its own name in there: 0.1 ms
for each of the three hundred that the list of cases needs. None of ours chooses anything, and
neither Python's own nor what the models stand on know PySide. A PySide that keeps no such list
reads on.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType

_LIST = "shibokensupport.feature"
_STRANGERS = sys.stdlib_module_names | {"models", "peewee", "platformdirs", "playhouse"}
_NAMES_AS_EVER, _NOT_CONCERNED = 0, -1


class _Foreknown:
    """Finds no module. By name it is no ``importlib.abc.MetaPathFinder``, which is slow to load."""

    def __init__(self) -> None:
        self._knows_earlier = False

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Note what is about to be imported, and once all that was before PySide."""
        known = getattr(sys.modules.get(_LIST), "pyside_feature_dict", None)
        if known is None:
            return
        earlier = [] if self._knows_earlier else list(sys.modules)
        self._knows_earlier = True
        for one in (name, *earlier):
            _note(known, one)


def _note(known: dict[str, int], name: str) -> None:
    house = name.partition(".")[0]
    if house == "ui":
        known.setdefault(name, _NAMES_AS_EVER)
    elif house in _STRANGERS:
        known.setdefault(name, _NOT_CONCERNED)


def tell_pyside() -> None:
    """From now on."""
    sys.meta_path.insert(0, _Foreknown())
