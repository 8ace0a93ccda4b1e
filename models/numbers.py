# SPDX-License-Identifier: MIT
"""Numbers as people type and read them: 1,5 and 1.5, "6 mL", and ranges such as 0-1."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.quick import dataclass, pattern
from models.speech import say, shown_number
from models.typed import plain, quoted

_MINUS = "\u2212"
_NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)"
_ONE = pattern(_NUMBER)
_DASH = r"(?:\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2212|to|\.\.|bis)\s*|\s+a\s+)"
_TWO = pattern(rf"({_NUMBER}){_DASH}({_NUMBER})", re.IGNORECASE)
_OUT_OF = pattern(rf"(.*\d)\s*/\s*({_NUMBER})")
_THOUSANDS = pattern(r"([1-9]\d{0,2})[.,](\d{3})")
_WITH_LETTERS = pattern(rf"({_NUMBER})\s*(?:[^\W\d_]|%)\D*")
_INEXACT = pattern(rf"[<>~\u2248\u2264\u2265]\s*=?\s*({_NUMBER}).*")
_FRACTION = pattern(r"[+-]?[\d\s]*(?:\d\s*/\s*\d+|[\u00bc-\u00be\u2150-\u215e])")
_GROUPED = pattern(r"[+-]?\d+(?:[.,'\u2019\s]+\d+)+")
_ALMOST = pattern(r"[=+\-\s]*[\d\u00bc-\u00be\u2150-\u215e][^a-z]*[a-z]{0,2}\d*", re.IGNORECASE)
"""Text that begins as a number does, and has no word in it."""

_ALSO_WRITTEN = {
    "mL": ("cc", "cm3", "cm\u00b3", "milliliters", "milliliter"),
    "min": ("minutes", "minute", "mins"),
    "s": ("seconds", "second", "secs", "sec"),
    "years": (
        *("year", "yrs", "yr", "y.o.", "y/o", "yo", "y", "Jahre", "J.", "ans", "a\u00f1os"),
        *("anni", "anos", "jaar", "lat", "\u6b73", "\u5c81", "\uc138"),
    ),
    "weeks": ("week", "wks", "wk", "w"),
    "days": ("day", "d"),
    "\u00b0": ("degrees", "degree", "deg"),
    "%": ("percent", "pct"),
    "G": ("gauge", "ga"),
    "mg/d": ("mg/day", "mg per day"),
    "Gy.cm2": (
        "Gy*cm2",
        "Gy cm2",
        "Gycm2",
        "Gy.cm\u00b2",
        "Gy\u00b7cm\u00b2",
        "Gy\u00b7cm2",
        "Gy cm\u00b2",
    ),
}
"""Other spellings of the same unit."""


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
            return say("up to {high:g}", high=self.high)
        if self.high is None:
            return say("from {low:g}", low=self.low)
        return say("{low:g} to {high:g}", low=self.low, high=self.high)


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


def read_number(text: str, unit: str = "", *, whole: bool = False) -> float | None:
    """Read one number with decimal point or comma, optionally followed by its unit.

    Returns None for empty text. ``whole``: the sentence of an error asks for a whole number.

    Raises:
        ValueError: with a sentence that tells the cure, when the text is no number.
    """
    typed = _without_unit(text, unit)
    if not typed:
        return None
    if not _ONE.fullmatch(typed):
        raise ValueError(f"{quoted(text)} is not a number. {_cure(typed, unit, whole=whole)}")
    return float(typed.replace(",", "."))


def read_reported(text: str, unit: str = "") -> Reported:
    """Read a number, a range with any dash ("0-1"), or keep the text as words.

    A score may name its top, as in "8/10"; the number is 8 then, and the words keep the rest.

    Raises:
        ValueError: with a sentence, when a range runs downwards, or when the text looks like a
            number and is none.
    """
    typed = _without_unit(text, unit)
    if not typed:
        return Reported()
    scored, words = typed, ""
    if not unit and (found := _OUT_OF.fullmatch(typed)):
        scored, words = found[1].rstrip(), text.strip()
    if _ONE.fullmatch(scored):
        value = float(scored.replace(",", "."))
        return Reported(value, value, words)
    if found := _TWO.fullmatch(scored):
        low, high = (float(part.replace(",", ".")) for part in found.groups())
        if low > high:
            raise ValueError(
                say("{scored} runs downwards. Write the smaller number first.", scored=scored)
            )
        return Reported(low, high, words)
    if _INEXACT.fullmatch(typed):
        raise ValueError(
            say("{text} is not a number. Write a range such as 0-1, or words.", text=quoted(text))
        )
    if _ALMOST.fullmatch(typed):
        raise ValueError(f"{quoted(text)} is not a number. {_cure(typed, unit)}")
    return Reported(words=text.strip())


def top_in_words(words: str) -> float | None:
    """The top of the scale that words such as "8/10" name; None where they name none."""
    found = _OUT_OF.fullmatch(plain(words))
    return float(found[2].replace(",", ".")) if found else None


def other_reading(text: str) -> float | None:
    """What "1,200" or "1.200" means where the sign parts thousands; None for any other text."""
    found = _THOUSANDS.fullmatch(plain(text))
    return float(found[1] + found[2]) if found else None


def show_number(value: float, decimals: int = 1) -> str:
    """``value`` without needless zeros, e.g. 6 and 4.5, with a true minus sign."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return shown_number("0" if text == "-0" else text).replace("-", _MINUS)


def show_reported(value: Reported, decimals: int = 1) -> str:
    """The number, the range with an en dash, or the words; "" for nothing."""
    if value.low is None or value.high is None:
        return value.words
    if value.is_range:
        return f"{show_number(value.low, decimals)}\u2013{show_number(value.high, decimals)}"
    return show_number(value.low, decimals)


def _without_unit(text: str, unit: str) -> str:
    typed = plain(text)
    if unit and typed.casefold() == unit.casefold():
        return ""
    for known in (unit, *_ALSO_WRITTEN.get(unit, ())):
        if known and typed.casefold().endswith(known.casefold()):
            return typed[: -len(known)].rstrip() or typed
    return typed


def _cure(typed: str, unit: str, *, whole: bool = False) -> str:
    """What to write instead."""
    if _FRACTION.fullmatch(typed) and not whole:
        return say("Write it with a decimal point, such as 0.5.")
    if (found := _WITH_LETTERS.fullmatch(typed)) and (unit or "%" not in typed):
        return (
            say("It is recorded in {unit}.", unit=unit)
            if unit
            else say("Write {found} alone.", found=found[1])
        )
    if found := _INEXACT.fullmatch(typed):
        if typed[0] in "~\u2248":
            return say("Write {found} alone.", found=found[1])
        return say("A limit is no number: write the number, or leave it open.")
    if _TWO.fullmatch(typed):
        return say("Write one number.")
    if _GROUPED.fullmatch(typed):
        return say("Write it without signs or blanks between thousands, such as 1234.5.")
    if whole:
        return say("Write a whole number in digits, such as 12.")
    return say("Write digits with a decimal point or comma, such as 1.5.")
