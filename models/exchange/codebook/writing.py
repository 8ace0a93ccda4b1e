# SPDX-License-Identifier: MIT
"""The codebook as CSV, HTML or Markdown. On paper it is set by ``models.codebook_report``."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from enum import StrEnum
from html import escape
from pathlib import Path

import peewee

from models.errors import CannotWrite
from models.exchange.codebook.entries import (
    MISSING_TOLD,
    Entry,
    entries,
    missing_codes,
    sheet_told,
)
from models.exchange.files import replacing
from models.exchange.shapes import Shape, sheets_of
from models.exchange.sheet import Sheet
from models.exchange.steps import Steps
from models.speech import say

TITLE = say("Codebook")


class Format(StrEnum):
    """How it is written; the value is the ending of the file."""

    CSV = "csv"
    HTML = "html"
    MARKDOWN = "md"


_HEADING = (
    "table",
    "name",
    "label",
    "holds",
    "unit",
    "possible",
    "usual",
    "codes",
    "about",
    "applies",
    "core",
)

_STYLE = """
body { font: 10pt/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 75em; color: #1a1a1a; }
h2 { margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em; border-bottom: 1px solid #ccc; }
th { border-bottom: 2px solid #666; }
td:first-child { font-family: ui-monospace, monospace; white-space: nowrap; }
code { font-family: ui-monospace, monospace; }
@page { size: A4 landscape; margin: 1.5cm; }
@media print {
  body { margin: 0; max-width: none; font-size: 8pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""


def described(shape: Shape) -> tuple[Sheet, ...]:
    """The sheets of a shape without any case; one with numbered levels shows the first."""
    return sheets_of(shape, peewee.SqliteDatabase(None), (), Steps())


def write_codebook(target: Path, sheets: Sequence[Sheet]) -> int:
    """Write the codebook of these sheets into ``target``; how many columns it tells of.

    The ending of the name says how it is written.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    ending = target.suffix.removeprefix(".").casefold()
    if ending not in list(Format):
        raise CannotWrite(
            say("{target} does not say how the codebook is to be written.", target=target),
            say("Let the name end in .pdf, .html, .md or .csv."),
        )
    text = as_text(sheets, Format(ending))
    with replacing(target) as file:
        file.write(text)
    return sum(len(sheet.columns) for sheet in sheets)


def as_text(sheets: Sequence[Sheet], form: Format, about: str = "") -> str:
    """The codebook as a text; ``about`` stands under the title."""
    return _WRITERS[form](sheets, about)


def _csv(sheets: Sequence[Sheet], _: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADING)
    for entry in entries(sheets):
        codes = "|".join(f"{code}={label}" for code, label in entry.codes)
        told = (entry.sheet, entry.name, entry.label, entry.kind, entry.unit, entry.possible)
        core = "yes" if entry.core else ""
        writer.writerow((*told, entry.usual, codes, entry.about, entry.applies, core))
    return text.getvalue()


def _html(sheets: Sequence[Sheet], about: str) -> str:
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{TITLE}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{TITLE}</h1>",
        *([f"<p>{escape(about)}</p>"] if about else []),
        f"<h2>Missing values</h2><p>{escape(MISSING_TOLD)}</p>",
        f"<p>{_html_codes(missing_codes())}</p>",
    ]
    for sheet in sheets:
        parts.append(f'<h2 id="{escape(sheet.name)}">{escape(sheet.name)}</h2>')
        parts.append(f"<p>{escape(sheet_told(sheet))}</p>")
        parts.append("<table><thead><tr><th>Column</th><th>Label</th><th>Holds</th>")
        parts.append("<th>Codes or limits</th><th>About</th></tr></thead><tbody>")
        parts += [_html_row(entry) for entry in entries([sheet])]
        parts.append("</tbody></table>")
    parts.append("</body></html>")
    return "\n".join(parts) + "\n"


def _html_row(entry: Entry) -> str:
    kind = f"{entry.kind}, {entry.unit}" if entry.unit else entry.kind
    cells = (
        escape(entry.name),
        escape(entry.label),
        escape(kind),
        _html_codes(entry.codes) if entry.codes else escape(entry.limits),
        escape(entry.told),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _html_codes(codes: Sequence[tuple[str, str]]) -> str:
    """Code and label, one a line; codes that are their own label beside each other."""
    if all(code == label for code, label in codes):
        return ", ".join(f"<code>{escape(code)}</code>" for code, _ in codes)
    return "<br>".join(f"<code>{escape(code)}</code> {escape(label)}" for code, label in codes)


def _markdown(sheets: Sequence[Sheet], about: str) -> str:
    lines = [f"# {TITLE}", "", *([_cell(about), ""] if about else [])]
    lines += ["## Missing values", "", MISSING_TOLD, ""]
    lines += [f"- `{code}` {label}" for code, label in missing_codes()]
    for sheet in sheets:
        lines += ["", f"## {sheet.name}", "", sheet_told(sheet), ""]
        lines += ["| Column | Label | Holds | Unit | Codes or limits | About |"]
        lines += ["| --- | --- | --- | --- | --- | --- |"]
        for entry in entries([sheet]):
            codes = "; ".join(
                f"`{code}`" if code == label else f"`{code}` {label}" for code, label in entry.codes
            )
            told = (entry.name, entry.label, entry.kind, entry.unit, codes or entry.limits)
            lines.append(f"| {' | '.join(_cell(each) for each in (*told, entry.told))} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


_WRITERS: dict[Format, Callable[[Sequence[Sheet], str], str]] = {
    Format.CSV: _csv,
    Format.HTML: _html,
    Format.MARKDOWN: _markdown,
}
