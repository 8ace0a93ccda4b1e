# SPDX-License-Identifier: MIT
"""What a report says, as plain values: headings, paragraphs, tables, and figures to be drawn.

Nothing here knows fonts, paper or files. Whoever lays a report out draws the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from models import VERSION
from models.speech import say, say_n

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome
    from models.case import Case
    from models.patient_course import PatientCourse
    from models.schema import Assessment


@dataclass(frozen=True, slots=True)
class Heading:
    """Opens a part of the report; ``level`` is 1 for a chapter and 2 for a part of it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``is_note`` for small print."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        heading: repeated on every page.
        share: how wide it is beside the others.
        is_right: numbers stand at the right.
    """

    heading: str
    share: float = 1.0
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; a row has as many cells as there are columns.

    Attributes:
        caption: above the table, with its number.
        note: what has to be known to read it, below the table.
        parts: places of rows that open a part of the table, and are set off from the others.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""
    parts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, a line each."""

    rows: tuple[tuple[str, str], ...]


class PainView(StrEnum):
    """A figure of pain over several cases."""

    PAIRED = "paired"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class PainFigure:
    """Pain of several cases; whoever draws it writes the caption from the same numbers."""

    view: PainView
    outcome: PairedOutcome


@dataclass(frozen=True, slots=True)
class SpineFigure:
    """The spine of a patient as it was after a case."""

    case: Case
    course: PatientCourse


@dataclass(frozen=True, slots=True)
class CurveFigure:
    """The pain of one case over time, a curve for each scale."""

    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class PhotoFigure:
    """A small picture of a stored image, as the bytes of a JPEG file."""

    jpeg: bytes
    alt: str


Subject = PainFigure | SpineFigure | CurveFigure | PhotoFigure


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to be drawn.

    Attributes:
        subject: what it shows.
        label: its number, such as "Figure 1"; "" for none.
        caption: below it; "" where whoever draws it knows the words.
        width_mm: how wide it is.
    """

    subject: Subject
    label: str = ""
    caption: str = ""
    width_mm: float = 120.0


@dataclass(frozen=True, slots=True)
class Gallery:
    """Small figures side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two stacks of blocks next to one another; ``share`` of the width is the left one's."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float


Block = Heading | Paragraph | Table | Facts | Figure | Gallery | Beside


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        title: on the first page, and small on every other.
        subtitle: what the report is about, below the title.
        blocks: from top to bottom.
        footer: at the foot of every page.
        file_stem: what its file is called at first, without folder and ending.
        n_cases: cases that it tells of.
        n_synthetic: how many of them are made up.
        is_across: the sheet lies, because a table is wide.
        on_one_page: letters may shrink so that it stays on one sheet.
        names_person: it holds the name or record number of a patient.
    """

    title: str
    subtitle: tuple[str, ...]
    blocks: tuple[Block, ...]
    footer: str
    file_stem: str
    n_cases: int
    n_synthetic: int = 0
    is_across: bool = False
    on_one_page: bool = False
    names_person: bool = False

    def texts(self) -> Iterator[str]:
        """Every text of the report, but those of figures that are not drawn yet."""
        yield self.title
        yield from self.subtitle
        yield from _texts(self.blocks)
        yield self.footer


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where, when and by whom a report is made."""

    logbook: str
    user: str
    at: datetime

    def sentence(self) -> str:
        """As it stands below a title."""
        return say(
            "Logbook {logbook}, made {at:%Y-%m-%d %H:%M} by {user} with Kypholog {version}.",
            logbook=self.logbook,
            at=self.at,
            user=self.user,
            version=VERSION,
        )


def synthetic_sentence(n_synthetic: int, n_cases: int) -> str:
    """That cases are made up; "" where none is."""
    if not n_synthetic:
        return ""
    if n_synthetic == n_cases:
        return say("Synthetic data: every case in this report is made up.")
    return say_n(
        "Synthetic data: {n:,} of {n_cases:,} case in this report is made up.",
        "Synthetic data: {n:,} of {n_cases:,} cases in this report are made up.",
        n_synthetic,
        n_cases=n_cases,
    )


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield text
            case Table():
                yield block.caption
                yield from (column.heading for column in block.columns)
                yield from (cell for row in block.rows for cell in row)
                yield block.note
            case Facts(rows=rows):
                yield from (cell for row in rows for cell in row)
            case Figure():
                yield from (block.label, block.caption)
            case Gallery(figures=figures):
                yield from _texts(figures)
            case Beside(left=left, right=right):
                yield from _texts(left)
                yield from _texts(right)
