# SPDX-License-Identifier: MIT
"""What a terminal shows of a work that goes on."""

from __future__ import annotations

import io
import sys

import pytest

from models.terminal import progress_shown


class _Watched(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, total: int) -> list[str]:
    watched = _Watched()
    monkeypatch.setattr(sys, "stderr", watched)
    with progress_shown() as progress:
        for done in range(1, total + 1):
            progress(done, total)
    return watched.getvalue().split("\r")[1:-1]


def test_every_case_of_a_small_work_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(monkeypatch, 3) == ["1 of 3 cases", "2 of 3 cases", "3 of 3 cases"]


def test_a_large_work_is_told_of_a_few_hundred_times_and_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = _shown(monkeypatch, 100_000)
    assert len(shown) <= 500
    assert shown[-1] == "100,000 of 100,000 cases"
