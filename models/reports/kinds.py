# SPDX-License-Identifier: MIT
"""Which reports there are; the help of the command line names them without loading anything."""

from __future__ import annotations

from enum import StrEnum

from models.speech import both


class ReportKind(StrEnum):
    """A report; its value is the word of the command line.

    Attributes:
        english: what the audit calls it, the same in every language.
        label: what it is called in the window's language.
    """

    english: str
    label: str

    def __new__(cls, code: str, english: str, label: str) -> ReportKind:
        """Make a kind of its code and what it is called, in English and as shown."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.label = label
        return member

    CASE_SERIES = "case-series", *both("Case series")
    CASE_SUMMARY = "case-summary", *both("Case summary")
    OPERATOR = "operator", *both("Operator's logbook")
    YEAR = "year", *both("Yearly review")

    @classmethod
    def named(cls, code: str) -> ReportKind:
        """The kind with this code.

        Raises:
            KeyError: there is none.
        """
        return {kind.value: kind for kind in cls}[code]

    @property
    def takes_filter(self) -> bool:
        """Whether a filter says which cases it tells of."""
        return self is not ReportKind.CASE_SUMMARY
