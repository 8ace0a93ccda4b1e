# SPDX-License-Identifier: MIT
"""Finds every string of the source that people read: what is said, and what is declared."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models.vocabulary.base import is_word

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("models", "ui")

_SAID = {"say", "both", "tr", "_tr"}
_FIELDS = {
    *("Number", "Count", "Day", "Words", "TermField", "TermsField", "Clock"),
    *("PercentOfSections", "_height", "_neighbor", "_angle"),
}
_OF_FIELDS = {"help", "words_help", "limits_told"}


class Found(NamedTuple):
    """A string of the source.

    Attributes:
        text: in English.
        many: the same for several, or "".
        context: tells words apart that mean different things, or "".
        file: where it stands, from the root of the project.
        line: as the file counts.
    """

    text: str
    many: str
    context: str
    file: str
    line: int


def all_found(root: Path = ROOT) -> Iterator[Found]:
    """Every string of models and ui, file by file; the same string as often as it stands there."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            yield from found_in(path.read_text(encoding="utf-8"), str(path.relative_to(root)))


def found_in(source: str, file: str) -> Iterator[Found]:
    """Every string of a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node, file)
        elif isinstance(node, ast.ClassDef):
            yield from _of_class(node, file)


def _of_call(call: ast.Call, file: str) -> Iterator[Found]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    name = call.func.id if isinstance(call.func, ast.Name) else name
    # A context of Qt's own names the class, and is not needed.
    texts = [list(_texts(argument)) for argument in call.args]
    if name == "translate" or (name in _SAID and len(texts) == 2):
        yield from _one_each(texts[1:2], "", file, call)
    elif name in _SAID:
        yield from _one_each(texts[:1], "", file, call)
    elif name == "say_n" and texts[0] and texts[1]:
        yield Found(texts[0][0], texts[1][0], "", file, call.lineno)
    elif name == "say_in" and texts[0]:
        yield from _one_each(texts[1:2], texts[0][0], file, call)
    elif name in _FIELDS or name == "reported":
        at = 1 if name == "reported" else 0
        yield from _one_each(texts[at : at + 1], "", file, call)
        told = [list(_texts(word.value)) for word in call.keywords if word.arg in _OF_FIELDS]
        yield from _one_each(told, "", file, call)


def _of_class(declared: ast.ClassDef, file: str) -> Iterator[Found]:
    """Labels of a vocabulary, and the members of an enum that says its own values."""
    bases = {base.id for base in declared.bases if isinstance(base, ast.Name)}
    members = [node.value for node in declared.body if isinstance(node, ast.Assign)]
    if "Vocabulary" in bases:
        for member in members:
            texts = [list(_texts(one)) for one in getattr(member, "elts", ())]
            if len(texts) > 1 and texts[1] and (texts[1] != texts[0] or is_word(texts[1][0])):
                yield from _one_each(texts[1:2], declared.name, file, member)
    for call in ast.walk(declared):
        if isinstance(call, ast.Call) and _says_its_value(call):
            first = call.args[0]
            context = str(first.value) if isinstance(first, ast.Constant) else ""
            for member in members:
                yield from _one_each([list(_texts(member))[:1]], context, file, member)


def _says_its_value(call: ast.Call) -> bool:
    is_saying = isinstance(call.func, ast.Name) and call.func.id in ("say", "say_in")
    return is_saying and bool(call.args) and ast.unparse(call.args[-1]) == "self.value"


def _one_each(texts: list[list[str]], context: str, file: str, at: ast.expr) -> Iterator[Found]:
    for some in texts:
        for text in some:
            yield Found(text, "", context, file, at.lineno)


def _texts(node: ast.expr) -> Iterator[str]:
    """The string, both of a choice, or every one of a row."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and node.value.strip():
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from _texts(each)
