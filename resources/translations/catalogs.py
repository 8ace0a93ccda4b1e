# SPDX-License-Identifier: MIT
"""Brings the catalogs up to date with the source, and makes of each what the program reads."""

from __future__ import annotations

import io
import re
import string
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from resources.translations.extracting import ROOT, all_found

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("de", "es")
_WIDTH = 100
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""The same day in every catalog, so that one that says the same is the same file."""

_EDGES = re.compile(r"^\s*|\s*$")


def template(root: Path = ROOT) -> Catalog:
    """Every string of the source, without translations."""
    made = Catalog(project="Kypholog", fuzzy=False, creation_date=_MADE, revision_date=_MADE)
    for one in all_found(root):
        name = (one.text, one.many) if one.many else one.text
        made.add(name, locations=[(one.file, 0)], context=one.context or None)
    return made


def stored(language: str) -> Catalog:
    """The catalog as it lies there; an empty one before there is any."""
    file = FOLDER / f"{language}.po"
    if not file.exists():
        return Catalog(locale=language, fuzzy=False, creation_date=_MADE, revision_date=_MADE)
    with file.open("rb") as text:
        return read_po(text, locale=language)


def updated(language: str, source: Catalog) -> Catalog:
    """The catalog with the strings of ``source`` and no others; nothing is guessed."""
    catalog = stored(language)
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.revision_date = _MADE
    for message in catalog:
        # A percent sign in a sentence is no placeholder of ours.
        message.flags -= {"python-format"}
    return catalog


def po_of(catalog: Catalog) -> bytes:
    """The catalog as translators read it."""
    file = io.BytesIO()
    write_po(
        file,
        catalog,
        width=_WIDTH,
        sort_by_file=True,
        include_previous=False,
        include_lineno=False,
    )
    return file.getvalue()


def mo_of(catalog: Catalog) -> bytes:
    """The catalog as the program reads it."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def untranslated(catalog: Catalog) -> list[Message]:
    """The strings that nobody has translated yet."""
    return [message for message in catalog if message.id and not all(_said(message))]


def faults(catalog: Catalog) -> Iterator[str]:
    """What a translation has otherwise than its string: placeholders, blanks at its ends."""
    for message in catalog:
        if not message.id or not all(_said(message)):
            continue
        meant = _each(message.id)
        for said in _said(message):
            # Of one thing the number need not stand in the sentence.
            fits = any(_placeholders(said) == _placeholders(text) for text in meant)
            if not fits:
                yield f"{message.id!r}: {said!r} has other placeholders"
            if _EDGES.findall(said)[:1] != _EDGES.findall(meant[0])[:1] or (
                said[len(said.rstrip()) :] != meant[0][len(meant[0].rstrip()) :]
            ):
                yield f"{message.id!r}: {said!r} begins or ends with other blanks"


def _said(message: Message) -> tuple[str, ...]:
    return _each(message.string)


def _each(texts: object) -> tuple[str, ...]:
    """One text, or one for a single thing and one for several."""
    several = texts if isinstance(texts, tuple | list) else (texts,)
    return tuple(str(text or "") for text in several)


def _placeholders(text: str) -> Counter[str]:
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return Counter()
    return Counter(f"{name}!{turn}:{spec}" for _, name, spec, turn in fields if name is not None)
