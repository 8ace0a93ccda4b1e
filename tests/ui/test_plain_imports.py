# SPDX-License-Identifier: MIT
"""PySide's own import, which looks at every import statement, is not left in Python's place."""

from __future__ import annotations

import builtins
import sys
from importlib import import_module, invalidate_caches
from pathlib import Path

import pytest

from ui.plain_imports import keep_plain_imports


def test_import_is_pythons_own_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = builtins.__orig_import__  # type: ignore[attr-defined]
    finders = [*sys.meta_path]
    monkeypatch.setattr(builtins, "__import__", builtins.__feature_import__)  # type: ignore[attr-defined]
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("first_after_pyside", "second_after_pyside"):
        (tmp_path / f"{name}.py").write_text("seen = __builtins__['__import__']\n")
    invalidate_caches()
    keep_plain_imports()
    assert import_module("first_after_pyside").seen is own
    assert sys.meta_path == finders
    assert import_module("second_after_pyside").seen is own
