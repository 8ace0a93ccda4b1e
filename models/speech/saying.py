# SPDX-License-Identifier: MIT
"""Says things in the language of the process."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.speech.languages import ENGLISH, LANGUAGES, PSEUDO, Language

if TYPE_CHECKING:
    from gettext import NullTranslations

CATALOGS = Path(__file__).resolve().parents[2] / "resources" / "translations"
"""Where the catalogs lie, each as LANGUAGE.po and made from it LANGUAGE.mo."""

_DATE_LENGTHS = {4: 1, 7: 2, 10: 3}
"""How many numbers a date of that many characters has: a year, a month, a day."""


_ISO_DAY = "%Y-%m-%d"
"""How the source writes a day, which each language writes its own way."""


class AlreadySpeaking(RuntimeError):
    """Another language was begun with; words that are declared stand in it."""


class _Voice(string.Formatter):
    """The one language of the process, and what is said in it.

    Attributes:
        code: of the language.
        ways: how it writes numbers and days.
        is_source: whether what is said is what the source has.
    """

    def __init__(self) -> None:
        self.code = ENGLISH
        self.ways = LANGUAGES[ENGLISH]
        self.is_source = True
        self.has_begun = False
        self._catalog: NullTranslations | None = None

    def speak(self, code: str) -> None:
        self.ways = LANGUAGES.get(code, LANGUAGES[ENGLISH])
        self.code = code
        self.is_source = code == ENGLISH
        self._catalog = None
        if code not in (ENGLISH, PSEUDO):
            # Whoever speaks English never loads it.
            from gettext import GNUTranslations

            with (CATALOGS / f"{code}.mo").open("rb") as catalog:
                self._catalog = GNUTranslations(catalog)

    def found(self, text: str) -> str:
        """What is said for ``text``."""
        # For "" a catalog has its own heading.
        if not text:
            return ""
        if self._catalog is not None:
            return self._catalog.gettext(text)
        if self.code != PSEUDO:
            return text
        from models.speech.pseudo import disguised

        return disguised(text)

    def found_in(self, context: str, text: str) -> str:
        catalog = self._catalog
        return self.found(text) if catalog is None or not text else catalog.pgettext(context, text)

    def found_n(self, one: str, many: str, n: int) -> str:
        catalog = self._catalog
        if catalog is None:
            return self.found(one if n == 1 else many)
        return catalog.ngettext(one, many, n)

    def format_field(self, value: Any, format_spec: str) -> str:
        """Of numbers the signs are those of the language."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.signed(format(value, format_spec))
        if isinstance(value, date) and (not format_spec or format_spec.startswith(_ISO_DAY)):
            rest = format_spec.removeprefix(_ISO_DAY)
            return shown_day(value) + (format(value, rest) if rest else "")
        # A date of which only the year may be known shows itself.
        shown = getattr(value, "shown", None)
        return format(shown if isinstance(shown, str) else value, format_spec)

    def signed(self, number: str) -> str:
        """A number as Python writes it, with the signs of the language."""
        if (self.ways.decimal, self.ways.group) == (".", ","):
            return number
        return number.translate({ord(","): self.ways.group, ord("."): self.ways.decimal})


_voice = _Voice()


def begin(code: str) -> None:
    """Speak the language of ``code`` from now on: what was imported before keeps its own words.

    Raises:
        AlreadySpeaking: another one was begun with.
        OSError: its catalog is not there.
    """
    if _voice.has_begun and _voice.code != code:
        raise AlreadySpeaking(f"{_voice.code} was begun with, and not {code}")
    _voice.speak(code)
    _voice.has_begun = True


def language() -> Language:
    """How the language of the process writes; of the pseudo-language, as English does."""
    return _voice.ways


def spoken() -> str:
    """The code of the language of the process."""
    return _voice.code


def say(text: str, /, **values: object) -> str:
    """``text`` in the language of the process, with ``values`` in place of what stands in braces.

    Text without values is taken as it is, braces and all.
    """
    if _voice.is_source:
        return text.format(**values) if values else text
    found = _voice.found(text)
    return _voice.vformat(found, (), values) if values else found


def say_in(context: str, text: str, /, **values: object) -> str:
    """As :func:`say`, for words that mean different things: ``context`` tells which is meant."""
    if _voice.is_source:
        return text.format(**values) if values else text
    found = _voice.found_in(context, text)
    return _voice.vformat(found, (), values) if values else found


def say_n(one: str, many: str, n: int, /, **values: object) -> str:
    """As :func:`say`, one sentence for a single thing and one for several; ``n`` is how many."""
    if _voice.is_source:
        return (one if n == 1 else many).format(n=n, **values)
    return _voice.vformat(_voice.found_n(one, many, n), (), {"n": n, **values})


def both(text: str) -> tuple[str, str]:
    """A text in English, as what is stored has it, and in the language of the process."""
    return text, say(text)


def numeral(value: float, spec: str = "") -> str:
    """A number by Python's ``spec``, with the signs of the language: 1,234.5 or 1.234,5."""
    return _voice.signed(format(value, spec))


def numerals(shape: str, /, **values: object) -> str:
    """Numbers in a shape that holds no words, such as "{low:.1f} – {high:.1f}"."""
    return shape.format(**values) if _voice.is_source else _voice.vformat(shape, (), values)


def shown_number(written: str) -> str:
    """A number that was written with a decimal point, with the signs of the language."""
    return _voice.signed(written)


def in_quotes(words: str) -> str:
    """Words that somebody said, between the quotation marks of the language."""
    quotes = _voice.ways.quotes
    return f"{quotes[0]}{words}{quotes[1]}"


def shown_day(day: date | str) -> str:
    """A day, or a date of which only month or year are known, as the language writes it.

    Args:
        day: a date, or its text by ISO 8601; other text is left as it is.
    """
    written = day.isoformat()[:10] if isinstance(day, date) else str(day)
    if _voice.is_source or len(written) not in _DATE_LENGTHS:
        return written
    parts: Sequence[str] = written.split("-")
    if len(parts) != _DATE_LENGTHS[len(written)] or not all(part.isdecimal() for part in parts):
        return written
    shapes: Mapping[int, str] = {1: "{y}", 2: _voice.ways.month, 3: _voice.ways.day}
    return shapes[len(parts)].format(**dict(zip("ymd", parts, strict=False)))


def shown_moment(at: datetime, *, seconds: bool = False) -> str:
    """A day with its time of day, by the 24-hour clock."""
    return f"{shown_day(at.date())} {at:{'%H:%M:%S' if seconds else '%H:%M'}}"


def begun(text: str) -> str:
    """With a capital letter to begin with, and no other letter changed."""
    return text[:1].upper() + text[1:]


def begun_small(label: str) -> str:
    """A label within a sentence: its first letter small, unless it begins an abbreviation.

    Where the language writes nouns with a capital, these keep it.
    """
    first, blank, rest = label.partition(" ")
    return label if _keeps(first) else f"{first[:1].lower()}{first[1:]}{blank}{rest}"


def lowered(label: str) -> str:
    """A label within a sentence: in small letters but for abbreviations.

    Where the language writes nouns with a capital, these keep it.
    """
    if _voice.ways.keeps_capitals:
        return begun_small(label)
    return " ".join(word if _keeps(word) else word.lower() for word in label.split(" "))


def _keeps(word: str) -> bool:
    """Whether a word that begins a label stays as it is within a sentence."""
    if word[1:2].isdigit() or sum(letter.isupper() for letter in word) > 1:
        return True
    return _voice.ways.keeps_capitals and word.strip(",:;.-").lower() not in _voice.ways.small
