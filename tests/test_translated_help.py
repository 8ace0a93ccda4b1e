# SPDX-License-Identifier: MIT
"""A translated page of help is built as the English one, and calls things as the program does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from models.speech import ENGLISH, LANGUAGES
from resources.translations.catalogs import stored
from ui.help.pages import HelpPage, find, help_pages

HELP = Path(__file__).parents[1] / "resources" / "help"
PAGES = sorted(HELP.glob("*/*.md"))
NAMES = [f"{page.parent.name}/{page.stem}" for page in PAGES]

_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
_TOLD = re.compile(r" {3,}")
"""Before what is told of a command in its line, which is translated."""

_CODE, _LINK = re.compile(r"`([^`\n]+)`"), re.compile(r"\]\(([^)]+)\)")
_NUMBER, _OPTION = re.compile(r"\d[\d.,]*"), re.compile(r"--[a-z][a-z-]+")
_BOLD, _FIRST_CELL = re.compile(r"\*\*([^*]+)\*\*"), re.compile(r"^\| ([^|]+) \|", re.M)


_COUNTS = re.compile(r"(<!-- counts: begin -->\n).*?(<!-- counts: end -->)", re.S)
"""Figures that a program writes: they stand in the English page alone, and are shown in each."""


def english_of(page: Path) -> str:
    return _COUNTS.sub(r"\1\2", (HELP / page.name).read_text(encoding="utf-8"))


def commands_of(text: str) -> list[str]:
    """What is typed, line by line, without what is told of it."""
    fenced = [line for block in _FENCED.findall(text) for line in block.splitlines()]
    indented = re.findall(r"^    (python .+)$", _FENCED.sub("", text), re.M)
    return [_TOLD.split(line)[0] for line in (*fenced, *indented)]


def build_of(text: str) -> list[str]:
    """The blocks of a page: headings with their level, paragraphs, lists and tables with rows."""
    blocks = re.split(r"\n\s*\n", _FENCED.sub("\n\n~~~\n\n", text).strip())
    return [_kind(block.splitlines()) for block in blocks if block.strip()]


def _kind(lines: list[str]) -> str:
    first = lines[0].split(" ")[0]
    if first.startswith("#"):
        return first
    if first == "|":
        return f"table {[line.count('|') for line in lines]}"
    if re.fullmatch(r"-|\d\.", first):
        return f"list {sum(bool(re.match(r'(-|[0-9][.]) ', line)) for line in lines)}"
    return "code" if lines[0].startswith(("~~~", "    ")) else "text"


def kept_of(text: str) -> dict[str, Counter[str]]:
    """What is the same in every language, wherever it stands in a sentence."""
    plain = _FENCED.sub("", text)
    numbers = (re.sub(r"[.,]", "", found) for found in _NUMBER.findall(plain))
    return {
        "code": Counter(_CODE.findall(plain)),
        "links": Counter(_LINK.findall(plain)),
        "options": Counter(_OPTION.findall(text)),
        "numbers": Counter(numbers),
    }


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_is_built_as_the_english_one(page: Path) -> None:
    own, english = page.read_text(encoding="utf-8"), english_of(page)
    assert build_of(own) == build_of(english)
    assert commands_of(own) == commands_of(english)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_what_is_typed_linked_and_counted_is_the_same(page: Path) -> None:
    own, english = kept_of(page.read_text(encoding="utf-8")), kept_of(english_of(page))
    for kind, found in english.items():
        assert own[kind] == found, kind


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_menus_and_buttons_are_called_as_in_the_window(page: Path) -> None:
    said, own = _names(page.parent.name), _plain(page.read_text(encoding="utf-8"))
    missing = {
        name: said[name]
        for name in _named_on(english_of(page))
        if name in said and not any(each in own for each in said[name])
    }
    assert missing == {}


def _named_on(text: str) -> Iterator[str]:
    for found in (*_BOLD.findall(text), *_FIRST_CELL.findall(text)):
        yield from (_plain(part) for part in re.sub(r"\s+", " ", found).split(" > "))


@cache
def _names(language: str) -> dict[str, list[str]]:
    """Every string of the catalog with its translations, as a page would name it."""
    found: dict[str, list[str]] = {}
    for message in stored(language):
        if isinstance(message.id, str) and message.id and message.string:
            found.setdefault(_plain(message.id), []).append(_plain(str(message.string)))
    return found


def _plain(text: str) -> str:
    """Without the marks of keys, the dots of buttons and the ends of lines, in small letters."""
    return re.sub(r"\s+", " ", text.replace("&", "")).rstrip("… ").casefold()


def test_every_folder_is_a_language_and_translates_english_pages() -> None:
    folders = {folder.name for folder in HELP.iterdir() if folder.is_dir()}
    assert folders <= set(LANGUAGES) - {ENGLISH}
    assert {page.name for page in PAGES} <= {page.name for page in HELP.glob("*.md")}


def test_a_structure_that_is_changed_is_found() -> None:
    text = "# One\n\nWords.\n\n- a\n- b\n\n```sh\nrun --all   does it\n```\n"
    assert build_of(text) == ["#", "text", "list 2", "code"]
    assert build_of(text.replace("- b\n", "")) != build_of(text)
    assert commands_of(text) == ["```sh", "run --all", "```"]
    assert kept_of("1,000 of `a`, 4.5")["numbers"] == kept_of("4,5 von 1.000 `a`")["numbers"]


def test_pages_come_in_their_language_and_the_others_say_that_they_are_english() -> None:
    english = {page.topic: page for page in help_pages(HELP)}
    for code in sorted(set(LANGUAGES) - {ENGLISH}):
        pages = help_pages(HELP, code)
        assert [page.topic for page in pages] == list(english)
        for page in pages:
            _is_translated_or_says_so(page, english[page.topic], HELP / code / f"{page.topic}.md")


def _is_translated_or_says_so(page: HelpPage, english: HelpPage, file: Path) -> None:
    if file.exists():
        assert _COUNTS.sub(r"\1\2", page.text) == file.read_text(encoding="utf-8")
        shown, wanted = (_COUNTS.search(text) for text in (page.text, english.text))
        assert (shown and shown[0]) == (wanted and wanted[0])
    elif (HELP / file.name).exists():
        heading, note, rest = page.text.split("\n\n", 2)
        assert f"{heading}\n\n{rest}" == english.text
        assert note == "*This page is in English.*"
    else:
        assert page.text == english.text


def test_the_search_is_over_what_is_shown() -> None:
    found = find(help_pages(HELP, "de"), "Fälle finden")
    assert [page.topic for page in found][:1] == ["cases"]
    assert find(help_pages(HELP), "Fälle finden") == []
