# SPDX-License-Identifier: MIT
"""How long ago a draft was kept, in words that change calmly. No clock is read here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_STEPS_S = (0, 2, 5, 10, 20, 30, 40, 50)
_MINUTE, _HOUR = 60, 3600


def kept_words(seconds: float) -> str:
    """How long ago, in steps that do not flicker."""
    if seconds >= _HOUR:
        return _tr("Draft kept {n} h ago").format(n=int(seconds // _HOUR))
    if seconds >= _MINUTE:
        return _tr("Draft kept {n} min ago").format(n=int(seconds // _MINUTE))
    step = max(step for step in _STEPS_S if step <= max(seconds, 0))
    return _tr("Draft kept {n} s ago").format(n=step) if step else _tr("Draft kept")


def seconds_until_next(seconds: float) -> float:
    """How long the words of that moment hold."""
    later = next((step for step in (*_STEPS_S, _MINUTE) if step > seconds), None)
    return later - seconds if later is not None else _MINUTE - seconds % _MINUTE


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)
