# SPDX-License-Identifier: MIT
"""The gallery of pictures shows each of them once, under its page, its language and its look."""

from __future__ import annotations

import re
from pathlib import Path

from tests.pictures.gallery import look_of, write_index


def test_every_picture_is_in_the_gallery_once_and_its_page_is_named_once(tmp_path: Path) -> None:
    files = [
        *(f"de/cases-{look}.png" for look in ("light", "dark", "large", "large-dark")),
        *("en/cases-light.png", "en/cases-sorting-light.png", "en/figure.png"),
    ]
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    page = write_index(tmp_path, ("en", "de", "es")).read_text(encoding="utf-8")
    assert sorted(re.findall(r'<img src="([^"]+)"', page)) == sorted(files)
    assert re.findall(r"<h2[^>]*>([^<]+)", page) == ["cases", "cases-sorting", "figure"]
    assert "<th>es</th>" not in page


def test_the_look_is_the_longest_that_fits() -> None:
    assert look_of("cases-large-dark") == ("cases", "large-dark")
    assert look_of("cases-dark") == ("cases", "dark")
    assert look_of("tour") == ("tour", "")
