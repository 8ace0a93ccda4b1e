# SPDX-License-Identifier: MIT
"""What can be read in the list of a window that is no larger than usual."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.caselist import CaseLine
from models.logbook import Logbook
from models.sample import make_cases
from models.vocabulary import GlobalOutcome
from tests.fresh import new_logbook
from ui.cases.columns import Column, Key, make_columns
from ui.cases.heading import padding
from ui.cases.page import CasesPage
from ui.cases.run_painter import RunPainter
from ui.cases.runs import shortened
from ui.jobs import Jobs
from ui.theme import Theme

_WIDER_BAR = 4
"""By so much the scroll bar of the bare style is wider than that of the program."""
PAGE_WIDTHS = {"1280": 1112 + _WIDER_BAR, "1360": 1192 + _WIDER_BAR}
READ = (Key.DATE, Key.PATIENT, Key.LEVELS, Key.TECHNIQUE, Key.CEMENT, Key.LEAKAGE, Key.PAIN)
TOLD = {"1280": {Key.TECHNIQUE, Key.LEAKAGE}}
"""Where there is too little room, these words are cut short, and the tool tip has them whole."""


@pytest.fixture
def synthetic(tmp_path: Path, jobs: Jobs) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path / "Synthetic.kypholog")
    save_many(logbook, make_cases(100, seed=1))
    yield logbook
    jobs.wait()
    logbook.close()


def in_own_words(line: CaseLine) -> bool:
    """Whether a score is what somebody said, which may be of any length."""
    said = (score.words for score in (line.before, line.latest) if score.words)
    return any(GlobalOutcome.meant_by(words) is None for words in said)


@pytest.mark.parametrize("screen", PAGE_WIDTHS)
def test_no_text_of_one_term_is_cut_beside_the_open_case(
    qtbot: QtBot, empty_page: CasesPage, synthetic: Logbook, screen: str
) -> None:
    empty_page.resize(PAGE_WIDTHS[screen], 700)
    with qtbot.waitSignal(empty_page.filled):
        empty_page.set_logbook(synthetic)
    texts, theme = RunPainter(Theme("light")), Theme("light")

    def room(column: Column) -> int:
        section = list(Key).index(column.key)
        return empty_page.table.columnWidth(section) - sum(padding(theme, is_first=section == 0))

    whole = set(READ) - TOLD.get(screen, set())
    columns = [column for column in make_columns() if column.key in whole]
    cut = [
        column.text(line)
        for line in empty_page.model.sample()
        for column in columns
        if max(len(line.leak_locations), len(line.techniques)) < 2
        and not (column.key is Key.PAIN and in_own_words(line))
        and texts.width_of(shortened(column.runs(line))) > room(column)
    ]
    assert not cut
    empty_page.show()
    assert empty_page.table.horizontalScrollBar().maximum() == 0
