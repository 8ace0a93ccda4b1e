# SPDX-License-Identifier: MIT
"""The pages of other logbooks than that of the scenes: empty, small, large, with nobody overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.bulk import save_many
from models.example import add_example
from models.logbook import Logbook
from models.sample import make_cases
from tests.pictures.record import to_ring
from tests.pictures.stage import Stage

Filling = Callable[[Logbook], object]

SYNTHETIC_CASES = 300
PAGES = ("followup", "outcomes", "safety")


def add_synthetic(logbook: Logbook) -> None:
    """Fill a logbook with so many cases that lists and figures are full."""
    save_many(logbook, make_cases(SYNTHETIC_CASES, seed=1))


FILLINGS: dict[str, Filling] = {
    "empty": lambda logbook: None,
    "example": add_example,
    "soon": lambda logbook: to_ring(logbook, [14, 20]),
    "synthetic": add_synthetic,
}


def make_logbook(folder: Path, filling: Filling) -> Path:
    """A new logbook, with the cases that ``filling`` saves in it."""
    logbook = Logbook.create(folder)
    filling(logbook)
    logbook.close()
    return folder


def walk_through_logbooks(stage: Stage, folder: Path) -> Iterator[tuple[str, str, QWidget]]:
    """Go to each page of each logbook; tell the logbook, the page, and what to look at.

    It begins with the first page of all, which belongs to no logbook and has no name.
    """
    stage.kypholog.session.close()
    yield "welcome", "", stage.window
    for name, filling in FILLINGS.items():
        place = folder / f"{name.capitalize()}.kypholog"
        stage.open(place if place.exists() else make_logbook(place, filling))
        for page in _pages(stage):
            yield name, page, stage.window


def _pages(stage: Stage) -> Iterator[str]:
    window = stage.window
    window.cases.select_row(0)
    yield "cases"
    selected = window.cases.selected_cases()
    if selected:
        stage.edit(selected[0])
        yield "editor"
        stage.leave()
    for page in PAGES:
        window.show_page(page)
        yield page
    window.show_page("cases")
