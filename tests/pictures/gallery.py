# SPDX-License-Identifier: MIT
"""The page on which all pictures are seen beside each other: a row a language, a column a look."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

FOLDER = Path("build/pictures")
LOOKS = {
    "light": "Light, 100 %",
    "dark": "Dark, 100 %",
    "large": "Light, 200 %",
    "large-dark": "Dark, 200 %",
    "small": "Small screen",
    "wide": "Wide screen",
    "print": "On paper",
}
"""What stands behind the last dashes of a picture's name, and what it is called."""

_BEGINNING = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Pictures of Kypholog</title>
<style>
body { font: 14px system-ui, sans-serif; margin: 24px; background: #f4f5f7; color: #1a2230 }
nav { columns: 6 160px } h2 { margin: 40px 0 8px }
td, th { padding: 4px; vertical-align: top; text-align: left; font-weight: 500 }
img { width: 320px; border: 1px solid #c3c9d2; background: #fff }
</style>
<h1>Pictures of Kypholog</h1>
"""


def look_of(stem: str) -> tuple[str, str]:
    """Of a picture's name the page, and the look, which is "" where there is none."""
    fitting = [look for look in LOOKS if stem.endswith(f"-{look}")]
    look = max(fitting, key=len, default="")
    return (stem.removesuffix(f"-{look}") if look else stem), look


def write_index(folder: Path, languages: Sequence[str]) -> Path:
    """Write the page for what lies in the folders of the languages; the file.

    Raises:
        OSError: the file cannot be written.
    """
    found: dict[str, dict[tuple[str, str], Path]] = {}
    for language in languages:
        for file in sorted((folder / language).glob("*.png")):
            page, look = look_of(file.stem)
            found.setdefault(page, {})[language, look] = file.relative_to(folder)
    links = (f'<a href="#{escape(page)}">{escape(page)}</a><br>' for page in found)
    index = folder / "index.html"
    parts = [_BEGINNING, "<nav>", *links, "</nav>"]
    parts += [_table(page, shown, languages) for page, shown in found.items()]
    index.write_text("\n".join(parts), encoding="utf-8")
    return index


def _table(page: str, shown: dict[tuple[str, str], Path], languages: Sequence[str]) -> str:
    looks = [look for look in (*LOOKS, "") if any(look == one for _, one in shown)]
    heads = "".join(f"<th>{LOOKS.get(look, '')}</th>" for look in looks)
    rows = [
        f"<tr><th>{escape(language)}</th>"
        + "".join(f"<td>{_picture(shown.get((language, look)))}</td>" for look in looks)
        for language in languages
        if any(language == one for one, _ in shown)
    ]
    title = f'<h2 id="{escape(page)}">{escape(page)}</h2>'
    return f"{title}<table><tr><th></th>{heads}</tr>{''.join(rows)}</table>"


def _picture(file: Path | None) -> str:
    if file is None:
        return ""
    place = escape(file.as_posix())
    return f'<a href="{place}"><img src="{place}" alt="{place}" loading="lazy"></a>'
