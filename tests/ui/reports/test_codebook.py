# SPDX-License-Identifier: MIT
"""The codebook on paper: by the command, without a screen, every column once and no page empty."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

import main
from models.exchange.codebook import described, entries
from models.exchange.shapes import Shape

ROOT = Path(__file__).parents[3]
FEWEST_WORDS = 40
HEADINGS = ["Column", "Label", "Holds", "Codes", "or", "limits", "About"]


def words_of(target: Path) -> list[list[str]]:
    """The words of every page."""
    return [page.extract_text().split() for page in PdfReader(target).pages]


def test_without_a_screen_every_column_stands_on_a_page_and_no_page_is_empty(
    tmp_path: Path,
) -> None:
    target = tmp_path / "codebook.pdf"
    typed = ["codebook", "--out", str(target), "--shape", "tables", "--paper", "letter"]
    screen = ("QT_", "DISPLAY")
    done = subprocess.run(
        [sys.executable, "main.py", *typed],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith(screen)},
        capture_output=True,
        text=True,
        check=False,
    )
    names = [entry.name for entry in entries(described(Shape.TABLES))]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Wrote {len(names)} columns to {target}.\n"
    pages = words_of(target)
    assert min(map(len, pages)) > FEWEST_WORDS
    assert {*names} <= {word for words in pages for word in words}
    assert all({*HEADINGS} <= {*words} for words in pages[1:])
    sheet = PdfReader(target).pages[0].mediabox
    assert (round(sheet.width), round(sheet.height)) == (792, 612)


def test_a_file_that_cannot_be_written_is_told(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "nowhere" / "codebook.pdf"
    assert main.main(["codebook", "--out", str(target)]) == main.CANNOT_DO
    assert str(target) in capsys.readouterr().err
