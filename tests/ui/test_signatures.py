# SPDX-License-Identifier: MIT
"""What PySide tells about a wrong call is the same, though it is compiled when it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_HOUSE = Path(__file__).parent.parent.parent
_LOOK = """
import sys
def uncompiled():
    return sorted(n for n, one in sys.modules.items() if type(one).__name__ == "_Uncompiled")
"""
_ASK = """
from PySide6.QtCore import QTimer
at_start = uncompiled()
for call in (lambda: QTimer().start("soon"), lambda: QTimer(1, 2), lambda: QTimer(nothing=1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
print(QTimer.start.__doc__)
from PySide6.support.signature.lib import pyi_generator
print(pyi_generator.__name__, callable(pyi_generator.generate_pyi), type(sys.meta_path))
"""
_TELL = "print('START', *at_start); print('END', *uncompiled())"


def _said(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=_HOUSE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_a_wrong_call_is_told_as_ever_and_compiled_only_then() -> None:
    as_ever = _said(_LOOK + _ASK)
    ours = _said("import ui" + _LOOK + _ASK + _TELL)
    told, _, which = ours.partition("START ")
    assert told == as_ever
    assert "Supported signatures" in told
    at_start, at_end = (line.split() for line in which.split("END"))
    assert {"shibokensupport.signature.parser", "shibokensupport.signature.layout"} <= {*at_start}
    assert at_end == []
