# SPDX-License-Identifier: MIT
"""The codebook tells of every column what the schema knows."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from pathlib import Path

import pytest

from models.errors import CannotWrite
from models.exchange.codebook import Format, as_text, described, entries, write_codebook
from models.exchange.columns import Column
from models.exchange.shapes import Shape
from models.exchange.sheet import Sheet
from models.fields import Number
from models.vocabulary import Sex


def told(name: str, shape: Shape = Shape.FLAT) -> dict[str, str]:
    text = as_text(described(shape), Format.CSV)
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return next(row for row in rows if row["name"] == name)


def test_a_number_has_unit_and_limits() -> None:
    cement = told("cement_ml")
    assert (cement["label"], cement["unit"], cement["holds"]) == ("Cement", "mL", "number")
    assert cement["possible"].startswith("0.1 to ")
    assert "lumbar: 1.5 to 12" in cement["usual"]


def test_a_term_has_every_code_with_its_label() -> None:
    codes = told("sex")["codes"].split("|")
    assert codes == [f"{term.value}={term.label}" for term in Sex]


def test_a_condition_is_told() -> None:
    assert told("technical_failure_reason")["applies"] == "where technical_success is no"


def test_a_field_that_is_new_in_the_schema_needs_nothing_here() -> None:
    field = Number("Torque", "N.m", hard=(0, 5), help="By hand.")
    field.name = "torque"
    sheet = Sheet("tools", "Tool", (Column("torque", field),), lambda: iter(()))
    (entry,) = entries([sheet])
    assert (entry.label, entry.unit, entry.possible) == ("Torque", "N.m", "0 to 5")
    for form in Format:
        assert "Torque" in as_text([sheet], form)


@pytest.mark.parametrize("shape", Shape)
def test_the_page_is_whole_and_has_every_column(shape: Shape) -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []
            self.rows = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "br"):
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag
            self.rows += tag == "tr"

    reader = Reader()
    reader.feed(as_text(described(shape), Format.HTML, "a < b"))
    assert reader.open == []
    columns = sum(len(sheet.columns) for sheet in described(shape))
    assert reader.rows == columns + len(described(shape))


def test_rows_of_markdown_have_one_width() -> None:
    lines = as_text(described(Shape.TABLES), Format.MARKDOWN).splitlines()
    rows = [line.replace("\\|", "") for line in lines if line.startswith("|")]
    assert {line.count("|") for line in rows} == {7}


def test_the_ending_says_how_it_is_written(tmp_path: Path) -> None:
    write_codebook(tmp_path / "book.MD", described(Shape.FLAT))
    assert (tmp_path / "book.MD").read_text(encoding="utf-8").startswith("# Codebook")
    with pytest.raises(CannotWrite, match=r"\.html"):
        write_codebook(tmp_path / "book.pdf", described(Shape.FLAT))
