# SPDX-License-Identifier: MIT
"""What Python's own reader of the command line says, in the language of the process.

Python asks the catalogs of the system for these words, which are never there. What it may say is
listed here by its English, as of Python 3.11 to 3.14; anything else stays as it is.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.speech import both, say

if TYPE_CHECKING:
    from argparse import Action, _MutuallyExclusiveGroup

_WHAT = "what"
"""Stands for another complaint."""

_COMPLAINTS = (
    both("argument {name}: {what}"),
    both("unrecognized arguments: {found}"),
    both("the following arguments are required: {wanted}"),
    both("one of the arguments {wanted} is required"),
    both("invalid choice: {found} (choose from {choices})"),
    both("invalid {kind} value: {found}"),
    both("expected one argument"),
    both("expected at least one argument"),
    both("expected at most one argument"),
    both("expected {n} arguments"),
    both("ambiguous option: {found} could match {choices}"),
    both("not allowed with argument {other}"),
    both("ignored explicit argument {found}"),
)

_HEADINGS = dict((both("options"), both("positional arguments")))


def complaint(english: str) -> str:
    """What is wrong with the arguments, which Python tells in English."""
    for shape, said in _COMPLAINTS:
        if found := re.fullmatch(_pattern(shape), english, re.S):
            parts = found.groupdict()
            if _WHAT in parts:
                parts[_WHAT] = complaint(parts[_WHAT])
            return said.format(**parts)
    return english


def _pattern(shape: str) -> str:
    parts = re.split(r"\{(\w+)\}", shape)
    return "".join(
        f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )


class Help(argparse.HelpFormatter):
    """Lays the help out under headings of the language."""

    def start_section(self, heading: str | None) -> None:
        """Begin what stands below a heading."""
        super().start_section(_HEADINGS.get(heading, heading) if heading else heading)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Action],
        groups: Iterable[_MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Say first of all how the command is used."""
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)


class RawHelp(Help, argparse.RawDescriptionHelpFormatter):
    """The same, and leaves the lines of the description as they are."""
