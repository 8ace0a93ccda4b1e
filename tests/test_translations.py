# SPDX-License-Identifier: MIT
"""The catalogs are those of the source, what is read is made of them, and visible text is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QGuiApplication, QRawFont

from resources.translations.catalogs import (
    FOLDER,
    LANGUAGES,
    faults,
    mo_of,
    stored,
    template,
    updated,
)
from resources.translations.extracting import ROOT, found_in

_SAID = {"say", "both", "say_n", "say_in", "tr", "_tr", "translate"}
_SHOWN_BY = {
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle"),
    *("setPlaceholderText", "addItem", "addAction", "addTab", "setTitle", "setInformativeText"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox"),
}


@pytest.fixture(scope="module")
def source() -> Catalog:
    return template()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_every_string_of_the_source_and_no_other(
    language: str, source: Catalog
) -> None:
    kept = {(one.context, one.id) for one in stored(language) if one.id}
    wanted = {(one.context, one.id) for one in source if one.id}
    assert kept == wanted, "run: make translations"
    assert not stored(language).obsolete
    assert not [one.id for one in stored(language) if one.id and one.fuzzy]


_OF_DIALOGS = {
    "QFileDialog": ("&Look in:", "File &name:", "Files of &type:", "&Open", "&Save", "Directory:"),
    "QFileSystemModel": ("Name", "Size", "Type", "Date Modified"),
    "QAbstractFileIconProvider": ("Folder", "Drive", "Shortcut"),
    "QPrintSettingsOutput": ("Off", "Double Sided Printing", "Page &Set:"),
    "QPageSetupWidget": ("Page &order:", "Pages &per sheet:"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_qt_cannot_say_of_its_dialogs_is_said_by_us(language: str, source: Catalog) -> None:
    of_qt, ours = QTranslator(), {one.id for one in source if one.id}
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert of_qt.load(f"qtbase_{language}", folder)
    lacking = [
        text
        for context, texts in _OF_DIALOGS.items()
        for text in texts
        if not of_qt.translate(context, text) and text not in ours
    ]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_made_of_the_catalog(language: str, source: Catalog) -> None:
    assert (FOLDER / f"{language}.mo").read_bytes() == mo_of(updated(language, source))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders_and_the_blanks_of_its_string(language: str) -> None:
    assert list(faults(stored(language))) == []


_BREAKS = re.compile(r"[\d}] %(?!\w)|[\d}] (?:mm|mL|MB|GB)\b|[\u2264\u2265] [\d{]")
"""A plain blank where a line would end between a number and its sign."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_stays_on_the_line_of_its_sign(language: str) -> None:
    assert [said for said in _translations(language) if _BREAKS.search(said)] == []


_REPLACED = {
    "de": ("Fehlschlag", "veröffentlichte Rate", "Hinterwand", "Verlaufskontrolle", "Exit-Code"),
    "es": ("delimitador", "ordenador", "emasiados pocos", "completitud", "control evolutivo"),
}
"""Words that stood beside the one of resources/translations/GLOSSARY.md for the same thing."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_has_one_word(language: str) -> None:
    pages = [page.read_text("utf-8") for page in (ROOT / "resources/help" / language).glob("*.md")]
    said = [*_translations(language), *pages]
    assert [(word, text) for text in said for word in _REPLACED[language] if word in text] == []


def _translations(language: str) -> list[str]:
    texts = [one.string or "" for one in stored(language) if one.id]
    return [form for text in texts for form in ([text] if isinstance(text, str) else text)]


def test_a_placeholder_that_is_changed_is_found() -> None:
    catalog = Catalog(locale="de")
    catalog.add("{n} cases of {place}.", "{n} Fälle.")
    catalog.add(" and ", "und")
    catalog.add(("{n} case", "{n} cases"), ("{n} Fall", "{n} Fälle"))
    assert len(list(faults(catalog))) == 2


def test_strings_are_found_where_they_are_said_and_where_they_are_declared() -> None:
    code = """
say("Save {file}", file=x)
say_n("{n} case", "{n} cases", n)
self.tr("Open" if x else "Close")
field = TermField("Level", Vocabulary, help="Where.")
class Side(Vocabulary):
    LEFT = "left", "Left", "li"
    T12 = "T12", "T12"
    WEEKS = "weeks", "weeks"
class Wall(StrEnum):
    ANTERIOR = "anterior"
    def shown(self): return say_in("Wall", self.value)
"""
    found = [(one.text, one.many, one.context) for one in found_in(code, "x.py")]
    assert sorted(found) == sorted(
        [
            ("Save {file}", "", ""),
            ("{n} case", "{n} cases", ""),
            ("Open", "", ""),
            ("Close", "", ""),
            ("Level", "", ""),
            ("Where.", "", ""),
            ("Left", "", "Side"),
            ("weeks", "", "Side"),
            ("anterior", "", "Wall"),
        ]
    )


def _literals(node: ast.AST) -> Iterator[ast.expr]:
    """Strings and f-strings with words, outside of what is said."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func).rpartition(".")[2]
        if name in _SAID:
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[A-Za-z]{3,}.* ", node.value.strip()) and "Kypholog" not in node.value:
            yield node
    elif isinstance(node, ast.JoinedStr):
        words = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if any(len(word) > 2 and word.isalpha() for word in words.split() if word != "Kypholog"):
            yield node
    else:
        for child in ast.iter_child_nodes(node):
            yield from _literals(child)


def _unsaid(path: Path) -> Iterator[str]:
    is_model = path.is_relative_to(ROOT / "models")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        told: list[ast.expr] = []
        if is_model and isinstance(node, ast.Raise):
            call = node.exc
            name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
            # What else ends so is a bug, and nobody is meant to read it.
            if isinstance(call, ast.Call) and (not name.endswith("Error") or "Logbook" in name):
                told = [*call.args]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in _SHOWN_BY:
            told = [*node.args]
        for argument in told:
            for literal in _literals(argument):
                yield f"{path.relative_to(ROOT)}:{literal.lineno}: {ast.unparse(literal)[:80]}"


def test_what_is_shown_or_raised_is_said() -> None:
    paths = [path for room in ("models", "ui") for path in sorted((ROOT / room).rglob("*.py"))]
    # A second language is a bug of whoever starts the program.
    paths.remove(ROOT / "models" / "speech" / "saying.py")
    found = [said for path in paths for said in _unsaid(path)]
    assert not found, "\n".join(["not said in the language of the process:", *found])


def test_the_font_that_comes_along_has_every_sign_that_is_shown(qapp: QGuiApplication) -> None:
    """A machine may have no other font; what is missing would be an empty box."""
    font = QRawFont(str(ROOT / "resources/fonts/Inter-Regular.otf"), 12)
    shown = {
        node.value
        for file in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for language in LANGUAGES:
        shown.update(
            text for one in stored(language) for text in (*_texts(one.id), *_texts(one.string))
        )
    signs = {sign for text in shown for sign in text if not sign.isascii() and sign.isprintable()}
    assert {sign for sign in signs if not font.supportsCharacter(ord(sign))} == set()


def _texts(said: str | Iterable[str] | None) -> Iterable[str]:
    return (said,) if isinstance(said, str) else said or ()
