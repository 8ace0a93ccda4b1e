# SPDX-License-Identifier: MIT
"""The pages of help: those that are written, and those on the fields, which the record tells."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from models.exchange.codebook.entries import Entry, entries
from models.exchange.codebook.writing import described
from models.exchange.columns import Column
from models.exchange.shapes import Shape
from models.exchange.sheet import Sheet
from models.fields import ClinicalField
from models.query import FIELDS
from models.query.lessons import LESSONS
from models.settings import DECLARED
from models.speech import ENGLISH, lowered
from ui.own_settings import OWN_SETTINGS
from ui.topics import SEARCH, SETTINGS, below, topic_of, topic_of_setting

_ORDER = (
    *("first-steps", "editor", "cases", SEARCH, "followup"),
    *("outcomes", "safety", "literature"),
    *("import", "export", "backups", "encryption", "audit", "several-at-once", "servers"),
    SETTINGS,
)
"""From what everybody needs to what few do; other pages follow by their names."""

_MOST_TERMS = 60

_HEADING = re.compile(r"^##+ (.+)$", re.M)
_CODE = re.compile(r"^```.*?^```", re.M | re.S)
"""In which a line of a script may begin like a heading."""

_COUNTS = re.compile(r"<!-- counts: begin -->.*?<!-- counts: end -->", re.S)
"""Figures that a program writes into the English page; a translated page has but their place."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page.

    Attributes:
        topic: by which it is asked for.
        heading: as the list shows it.
        text: in Markdown, its heading first.
        places: topics of what is told on it, with the headings over them as they stand there.
    """

    topic: str
    heading: str
    text: str
    places: dict[str, str]

    def has(self, words: Sequence[str]) -> bool:
        """Whether all of these words, in small letters, stand on it."""
        text = self.text.casefold()
        return all(word in text for word in words)


_BUNDLED = (
    ("cd /opt/kypholog && .venv/bin/python main.py", "/opt/kypholog/kypholog"),
    (r"cd /d C:\Kypholog && .venv\Scripts\python.exe main.py", r"C:\Kypholog\kypholog-command.exe"),
    ("python main.py", "kypholog"),
)
"""How the pages start a command, and how it is started where there is no Python."""


def help_pages(
    folder: Path, code: str = ENGLISH, *, is_bundled: bool = hasattr(sys, "frozen")
) -> list[HelpPage]:
    """All pages, in the order in which somebody may want to read them.

    Args:
        folder: where the written ones are, as Markdown: in English, and in a folder of its own
            for each other language, by the same names.
        code: of the language in which they are wanted. A page that it lacks is in English, and
            says so.
        is_bundled: whether this is the program that comes without Python.
    """
    pages = {file.stem: _written(file, folder / code) for file in sorted(folder.glob("*.md"))}
    if is_bundled:
        pages = {name: _without_python(page) for name, page in pages.items()}
    if code != ENGLISH:
        missing = [name for name in pages if not (folder / code / f"{name}.md").exists()]
        pages |= {name: _in_english(pages[name]) for name in missing}
    pages |= {page.topic: page for page in (_on_searching(), _on_settings())}
    names = [*(name for name in _ORDER if name in pages), *sorted(set(pages) - set(_ORDER))]
    fields = [_on_fields(sheet) for sheet in described(Shape.TABLES)]
    return [*(pages[name] for name in names), *fields]


def words_of(text: str) -> list[str]:
    """What is looked for, word by word and in small letters."""
    return text.casefold().split()


def find(pages: Sequence[HelpPage], text: str) -> list[HelpPage]:
    """The pages on which all words stand; those that have them in their heading come first."""
    words = words_of(text)
    found = [page for page in pages if page.has(words)]
    return sorted(found, key=lambda one: not all(word in one.heading.casefold() for word in words))


def _written(file: Path, translated: Path) -> HelpPage:
    """The page of a file, or of the one with its name among the translated ones."""
    text, own = file.read_text(encoding="utf-8"), translated / file.name
    named = [below(file.stem, heading) for heading in _headings(text)]
    if own.exists():
        counts = _COUNTS.search(text)
        text = own.read_text(encoding="utf-8")
        if counts is not None:
            text = _COUNTS.sub(lambda _place: counts[0], text)
    places = dict(zip(named, _headings(text), strict=True))
    return HelpPage(file.stem, text.partition("\n")[0].lstrip("# "), text, places)


def _headings(text: str) -> list[str]:
    return _HEADING.findall(_CODE.sub("", text))


def _without_python(page: HelpPage) -> HelpPage:
    text = page.text
    for before, after in _BUNDLED:
        text = text.replace(before, after)
    return replace(page, text=text)


def _in_english(page: HelpPage) -> HelpPage:
    """A page that nobody translated yet, with a line about that below its heading."""
    heading, _, rest = page.text.partition("\n")
    return replace(page, text=f"{heading}\n\n*{tr('This page is in English.')}*\n{rest}")


def _on_searching() -> HelpPage:
    """The rules of the search with their examples, and what can be asked for."""
    heading = tr("How to search")
    lines = [f"# {heading}", ""]
    for lesson in LESSONS:
        lines += [" · ".join(f"`{example}`" for example in lesson.examples), "", lesson.rule, ""]
    lines += [f"## {tr('What can be asked for')}", ""]
    asked = [field for field in FIELDS if field.is_common]
    lines += [f"- `{field.example}` {field.label}. {_safe(field.help)}" for field in asked]
    return HelpPage(SEARCH, heading, "\n".join(lines), {})


def _on_settings() -> HelpPage:
    """What can be set here and for a logbook, as the dialog tells it."""
    heading = tr("Settings")
    here, shared = tr("On this computer"), tr("In the logbook")
    lines = [f"# {heading}", "", f"## {here}", ""]
    for own in OWN_SETTINGS:
        lines += [f"### {own.label}", "", _safe(own.help), ""]
    told = tr("They hold for everybody who opens this logbook.")
    lines += [f"## {shared}", "", told, ""]
    for setting in DECLARED:
        lines += [f"### {setting.label}", "", _safe(setting.help), ""]
    every = (*OWN_SETTINGS, *DECLARED)
    places = {topic_of_setting(setting.name): setting.label for setting in every}
    return HelpPage(SETTINGS, heading, "\n".join(lines), places)


def _on_fields(sheet: Sheet) -> HelpPage:
    heading = tr("Fields: {row}").format(row=lowered(sheet.title))
    lines, places = [f"# {heading}", ""], {}
    for column, entry in zip(sheet.columns, entries([sheet]), strict=True):
        if (field := column.known_by) is not None:
            places[topic_of(field)] = entry.label
            lines += _told(column, entry, field)
    return HelpPage(f"fields-{sheet.name}", heading, "\n".join(lines), places)


def _told(column: Column, entry: Entry, field: ClinicalField) -> Iterator[str]:
    yield f"### {entry.label}"
    yield ""
    unit = field.shown_unit if entry.unit == field.unit else entry.unit
    held = [f"{entry.kind}, {unit}" if unit else entry.kind]
    held += [tr("possible {limits}").format(limits=entry.possible)] if entry.possible else []
    held += [tr("usual {limits}").format(limits=entry.usual)] if entry.usual else []
    yield f"*{'; '.join(held)}*, `{column.name}`"
    yield ""
    if entry.about:
        yield _safe(entry.about)
        yield ""
    if field.applies is not None:
        other = field.model._meta.fields[field.applies.field].label
        terms = ", ".join(term.label for term in field.applies.terms)
        yield tr("Asked where {field} is: {terms}.").format(field=other, terms=_safe(terms))
        yield ""
    if entry.core:
        yield tr("A case is not complete without it.")
        yield ""
    if entry.codes:
        labels = [label for _, label in entry.codes]
        more = [tr("and {n} more").format(n=len(labels) - _MOST_TERMS)]
        yield _safe("; ".join(labels[:_MOST_TERMS] + (more if len(labels) > _MOST_TERMS else [])))
        yield ""


def _safe(text: str) -> str:
    """Without what Markdown would take for marks."""
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", text)


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("help", text)
