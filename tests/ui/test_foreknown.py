# SPDX-License-Identifier: MIT
"""PySide is told of modules what it would find in their source itself."""

from __future__ import annotations

import sys
from types import ModuleType

import peewee
import pytest

import ui.cases.page
import ui.theme

_FEATURE = sys.modules["shibokensupport.feature"]


@pytest.mark.parametrize("module", [ui.cases.page, ui.theme, peewee])
def test_what_pyside_was_told_is_what_it_would_find(module: ModuleType) -> None:
    uses_pyside = _FEATURE._mod_uses_pyside(module)
    assert _FEATURE.pyside_feature_dict[module.__name__] == (0 if uses_pyside else -1)
