# SPDX-License-Identifier: MIT
"""Numbers as people type and read them: 1,5 and 1.5, "6 mL", and ranges such as 0-1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_MINUS = "\u2212"
_NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)"
_ONE = re.compile(_NUMBER)
_DASH = r"\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2212|to|\.\.|bis)\s*"
_TWO = re.compile(rf"({_NUMBER}){_DASH}({_NUMBER})", re.IGNORECASE)


class Range(NamedTuple):
    """A closed interval; None is an open end."""

    low: float | None
    high: float | None

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, int | float):
            return False
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        if self.low is None:
            return f"up to {self.high:g}"
        if self.high is None:
            return f"from {self.low:g}"
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Reported:
    """A number as it was reported: exact (low equals high), a range, or only words."""

    low: float | None = None
    high: float | None = None
    words: str = ""

    @property
    def exact(self) -> float | None:
        """The number, or None for a range, words or nothing."""
        return self.low if self.low == self.high else None

    @property
    def is_range(self) -> bool:
        """True where only limits are known."""
        return self.low is not None and self.high is not None and self.low != self.high


def read_number(text: str, unit: str = "") -> float | None:
    """Read one number with decimal point or comma, optionally followed by its unit.

    Returns None for empty text.

    Raises:
        ValueError: with a sentence, when the text is no number.
    """
    typed = _without_unit(text, unit)
    if not typed:
        return None
    if not _ONE.fullmatch(typed):
        raise ValueError(f"{text.strip()} is not a number.")
    return float(typed.replace(",", "."))


def read_reported(text: str, unit: str = "") -> Reported:
    """Read a number, a range with any dash ("0-1"), or keep the text as words.

    Raises:
        ValueError: with a sentence, when the range runs downwards.
    """
    typed = _without_unit(text, unit)
    if not typed:
        return Reported()
    if _ONE.fullmatch(typed):
        value = float(typed.replace(",", "."))
        return Reported(value, value)
    if found := _TWO.fullmatch(typed):
        low, high = (float(part.replace(",", ".")) for part in found.groups())
        if low > high:
            raise ValueError(f"{typed} runs downwards. Write the smaller number first.")
        return Reported(low, high)
    return Reported(words=text.strip())


def show_number(value: float, decimals: int = 1) -> str:
    """``value`` without needless zeros, e.g. 6 and 4.5, with a true minus sign."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace("-", _MINUS)


def show_reported(value: Reported, decimals: int = 1) -> str:
    """The number, the range with an en dash, or the words; "" for nothing."""
    if value.low is None or value.high is None:
        return value.words
    if value.is_range:
        return f"{show_number(value.low, decimals)}\u2013{show_number(value.high, decimals)}"
    return show_number(value.low, decimals)


def _without_unit(text: str, unit: str) -> str:
    typed = text.strip().replace(_MINUS, "-")
    if unit and typed.casefold().endswith(unit.casefold()):
        typed = typed[: -len(unit)].rstrip()
    return typed
