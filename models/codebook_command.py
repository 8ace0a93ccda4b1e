# SPDX-License-Identifier: MIT
"""The command ``codebook``: what every column of an export means, as a page, a table or a PDF.

The models know no fonts and no paper, so that ``main.py`` hands in what lays pages out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.exchange.options import SHAPES
from models.speech import begun, say

if TYPE_CHECKING:
    from models.exchange.shapes import Shape
    from models.report_command import Layout

PDF = ".pdf"


def add_codebook(add: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add the command ``codebook``, which needs no logbook."""
    about = say("write what every column of an export means")
    told = say("{capitalize}. Needs no logbook.", capitalize=begun(about))
    parser = add("codebook", help=about, description=told)
    ends = say("the file to write; .pdf, .html, .md or .csv says how")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help=ends)
    parser.add_argument(
        "--shape", choices=SHAPES, default="flat", help=say("of which export, flat by default")
    )
    parser.add_argument(
        "--paper", choices=["a4", "letter"], default="a4", help=say("of a PDF file")
    )
    parser.set_defaults(work=_codebook)
    return parser


def write_book(target: Path, shape: Shape, layout: Callable[[], Layout]) -> int:
    """Write the codebook by the ending of its file; how many columns it tells of.

    Args:
        target: the file; it is there whole or not at all.
        shape: of the export whose columns are meant.
        layout: gives what lays pages out, asked for a PDF alone.

    Raises:
        CannotWrite: naming the file and the cure.
        LogbookError: pages cannot be laid out here.
    """
    from models.exchange.codebook import described, write_codebook

    sheets = described(shape)
    if target.suffix.lower() != PDF:
        return write_codebook(target, sheets)
    from models.codebook_report import codebook_report

    layout()(codebook_report(sheets), target, lambda kind: None)
    return sum(len(sheet.columns) for sheet in sheets)


def _codebook(options: argparse.Namespace) -> int:
    from models.exchange.shapes import Shape
    from models.terminal import answer

    bind: Callable[[str], Layout] | None = options.bind

    def layout() -> Layout:
        if bind is None:
            raise LogbookError(
                say("Pages cannot be laid out here."), say("Let the name end in .html.")
            )
        return bind(str(options.paper))

    columns = write_book(options.out, Shape(options.shape), layout)
    answer(say("Wrote {columns:,} columns to {out}.", columns=columns, out=options.out))
    return 0
