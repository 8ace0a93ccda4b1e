# SPDX-License-Identifier: MIT
"""A report on a bug tells where it was, and nothing that was entered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.bug_report import place_of, report_of, report_of_crash

_NAMES = st.text(st.characters(categories=["Lu", "Ll"]), min_size=6, max_size=20).map("Zq{}".format)


def raised(name: str) -> BaseException:
    """An error whose message, and that of what it came from, quote a name."""
    weights: dict[str, float] = {}
    try:
        try:
            weights[name] += 1
        except KeyError as error:
            raise ValueError(f"{name} has no weight") from error
    except ValueError as error:
        found = error
    return found


@given(name=_NAMES)
def test_what_was_entered_is_in_no_report(name: str) -> None:
    error = raised(name)
    assert name not in report_of(error)
    assert name not in place_of(error)


def test_kinds_and_places_of_all_errors_are_told() -> None:
    report = report_of(raised("Zq"), ["Qt 6.9"], datetime(2026, 11, 27, 9, 5, tzinfo=UTC))
    here = "tests/models/test_bug_report.py:"
    assert "Qt 6.9\n2026-11-27 09:05 UTC\n\nValueError\n" in report
    assert "\nfrom KeyError\n" in report
    assert report.count(here) == 2


def test_a_chain_that_leads_back_to_its_beginning_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first
    assert report_of(first).count("ValueError") == 1


def test_folders_of_the_machine_are_not_told() -> None:
    program = Path(__file__).parent.parent.parent
    trace = "\n".join(
        [
            "Fatal Python error: Segmentation fault",
            f'  File "{program}/ui/window.py", line 12 in show',
            '  File "/home/ann/lib/site-packages/peewee.py", line 3 in execute',
            '  File "/home/ann/mine.py", line 1 in run',
        ]
    )
    report = report_of_crash(trace)
    assert 'File "ui/window.py", line 12 in show' in report
    assert 'File "peewee.py", line 3' in report
    assert 'File "mine.py"' in report
    assert "/home" not in report
