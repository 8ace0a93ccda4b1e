# SPDX-License-Identifier: MIT
"""The languages that Kypholog speaks, and how each writes numbers and days."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from models.quick import dataclass
from models.speech.small_words import GERMAN

ENGLISH = "en"
PSEUDO = "x-pseudo"
"""English with accents and half as long again, by which tests find what nobody would translate."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language, and its ways.

    Attributes:
        code: as ISO 639-1 has it.
        name: in itself.
        decimal: the sign before decimal places.
        group: the sign between thousands.
        day, month: how a day and a month are written, of the numbers y, m and d.
        quotes: the two marks around words that somebody said.
        keeps_capitals: whether nouns keep their capital letter within a sentence.
        small: words that begin a label and are no nouns, where nouns keep their capital letter.
    """

    code: str
    name: str
    decimal: str = "."
    group: str = ","
    day: str = "{y}-{m}-{d}"
    month: str = "{y}-{m}"
    quotes: str = "\u201c\u201d"
    keeps_capitals: bool = False
    small: frozenset[str] = frozenset()


LANGUAGES: Mapping[str, Language] = {
    each.code: each
    for each in (
        # Days as ISO 8601 writes them are no guess in any country that speaks English.
        Language(ENGLISH, "English"),
        Language(
            *("de", "Deutsch", ",", ".", "{d}.{m}.{y}", "{m}/{y}"),
            quotes="\u201e\u201c",
            keeps_capitals=True,
            small=GERMAN,
        ),
        # A thin blank would part the thousands by the book; a point is what clinics write.
        Language("es", "Español", ",", ".", "{d}/{m}/{y}", "{m}/{y}", quotes="\u00ab\u00bb"),
    )
}
"""Those with a catalog, and English, by code."""


def known(code: str) -> str:
    """The language of ``code``, such as "de" of "de_AT.UTF-8"; "" for one that we do not speak."""
    if code == PSEUDO:
        return PSEUDO
    short = code.replace("-", "_").partition("_")[0].partition(".")[0].casefold()
    return short if short in LANGUAGES else ""


def of_system(environment: Mapping[str, str] | None = None) -> str:
    """The first language of this account that we speak, or English.

    The environment counts as for any program with catalogs of gettext; without a word there,
    Windows and macOS have settings of their own.
    """
    for code in (*_of_environment(environment or os.environ), *_of_desktop()):
        if found := known(code):
            return found
    return ENGLISH


def _of_environment(environment: Mapping[str, str]) -> Iterator[str]:
    yield from environment.get("LANGUAGE", "").split(":")
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    if said := next((environment[name] for name in names if environment.get(name)), ""):
        # "C" asks for the language of the source.
        yield ENGLISH if said.partition(".")[0] in ("C", "POSIX") else said


def _of_desktop() -> Iterator[str]:
    # Elsewhere the environment says it.
    yield from ()
    if sys.platform == "win32":
        import ctypes
        import locale

        yield locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    elif sys.platform == "darwin":
        import plistlib

        kept = Path.home() / "Library" / "Preferences" / ".GlobalPreferences.plist"
        with suppress(OSError, ValueError):
            yield from plistlib.loads(kept.read_bytes()).get("AppleLanguages", ())
