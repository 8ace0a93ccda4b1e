# SPDX-License-Identifier: MIT
"""The list of cases: which cases, in which order, and page by page what it shows of them.

Nothing here reads all cases. The first page comes at once, along the index of its order; the
``Outline`` follows, by which every other page is found by its key.
"""

from models.caselist.counting import Counts, counts
from models.caselist.line import CaseLine, Score, lines
from models.caselist.outlining import PAGE, Outline, outline, position, sketch
from models.caselist.pages import FirstPage, first_page, has_any, page
from models.caselist.query import Query, SortBy
from models.caselist.streams import all_lines, case_ids, ids_of_rows, lines_of_rows, read_rows
from models.query import EVERYTHING

__all__ = [
    "EVERYTHING",
    "PAGE",
    "CaseLine",
    "Counts",
    "FirstPage",
    "Outline",
    "Query",
    "Score",
    "SortBy",
    "all_lines",
    "case_ids",
    "counts",
    "first_page",
    "has_any",
    "ids_of_rows",
    "lines",
    "lines_of_rows",
    "outline",
    "page",
    "position",
    "read_rows",
    "sketch",
]
