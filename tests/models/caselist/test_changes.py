# SPDX-License-Identifier: MIT
"""A list that is changed while it is read: no page is mixed into a list of another state."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from models.case import Case, bin_case, load_case, restore_case, save_case
from models.caselist import (
    Outline,
    Query,
    SortBy,
    case_ids,
    first_page,
    ids_of_rows,
    lines_of_rows,
    outline,
    page,
    sketch,
)
from models.caselist.reading import one_state
from models.engines.stopping import Interrupted
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.printouts import CLIPBOARD, note_handed_on, note_printout
from models.query import parse
from models.settings import STORE_IDENTITY, change_setting
from tests.builders import a_case
from tests.fresh import again

SIZE = 3
LIST = Query(sort=SortBy.DATE, descending=False)


@pytest.fixture
def filled(logbook: Logbook) -> list[Case]:
    cases = [
        a_case(f"P-{day:02}", on=f"2026-01-{day:02}", before=None, after=None)
        for day in range(1, 12)
    ]
    for case in cases:
        save_case(logbook, case)
    return cases


def move(logbook: Logbook, case: Case, to: str) -> None:
    again = load_case(logbook, case.id)
    again.procedure.performed_on = PartialDate(to)
    save_case(logbook, again)


CHANGES: dict[str, Callable[[Logbook, list[Case]], object]] = {
    "saved": lambda logbook, cases: save_case(logbook, a_case("P-99", on="2026-01-05")),
    "moved": lambda logbook, cases: move(logbook, cases[0], "2026-02-01"),
    "moved to the front": lambda logbook, cases: move(logbook, cases[9], "2025-01-01"),
    "binned": lambda logbook, cases: bin_case(logbook, cases[4].id, "twice"),
    "a page's first binned": lambda logbook, cases: bin_case(logbook, cases[3].id, "twice"),
    "a setting": lambda logbook, cases: change_setting(logbook, STORE_IDENTITY, True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_page_of_another_state_is_handed_out(
    logbook: Logbook, filled: list[Case], change: Callable[[Logbook, list[Case]], object]
) -> None:
    whole, sketched = outline(logbook, LIST, size=SIZE), sketch(logbook, LIST, size=SIZE)
    change(logbook, filled)
    for index in range(whole.pages):
        assert page(logbook, whole, index) is None
        assert sketched is None or page(logbook, sketched, index) is None
    assert ids_of_rows(logbook, whole, [range(whole.count)]) is None
    assert lines_of_rows(logbook, whole, [range(1)]) is None
    assert first_page(logbook, LIST).state > whole.state
    assert outline(logbook, LIST).state == first_page(logbook, LIST).state


def test_what_changes_no_case_changes_no_list(logbook: Logbook, filled: list[Case]) -> None:
    whole = outline(logbook, LIST, size=SIZE)
    save_case(logbook, load_case(logbook, filled[0].id))
    assert page(logbook, whole, 1) is not None
    note_printout(logbook, "List of cases", 10, "printer")
    note_handed_on(logbook, "Rows of the list of cases", CLIPBOARD, rows=2)
    assert page(logbook, whole, 1) is not None


def test_whatever_happens_meanwhile_each_case_stands_once(
    logbook: Logbook, filled: list[Case]
) -> None:
    """As the window does it: a page that is not to be had makes it read the outline anew."""
    dice = random.Random(5)
    steps: list[Callable[[], object]] = [
        lambda: save_case(logbook, a_case(f"N-{dice.random()}", on="2026-01-04")),
        lambda: move(logbook, dice.choice(filled), f"2026-0{dice.randrange(1, 9)}-01"),
        lambda: bin_case(logbook, filled[2].id, "twice"),
        lambda: restore_case(logbook, filled[2].id),
    ]
    for _ in range(10):
        shown: dict[int, list[str]] = {}
        whole: Outline | None = None
        while whole is None or len(shown) < whole.pages:
            whole = whole or outline(logbook, LIST, size=SIZE)
            missing = [index for index in range(whole.pages) if index not in shown]
            index = dice.choice(missing)
            found = page(logbook, whole, index)
            if found is None:
                whole, shown = None, {}
            else:
                shown[index] = [line.case_id for line in found]
            if dice.random() < 0.1:
                dice.choice(steps)()
        seen = [case_id for index in sorted(shown) for case_id in shown[index]]
        assert len(seen) == len(set(seen)) == whole.count


def test_one_state_is_read_whatever_another_program_writes(
    logbook: Logbook, filled: list[Case]
) -> None:
    other = again(logbook)
    with one_state(logbook) as state:
        before = outline(logbook, LIST, size=SIZE)
        save_case(other, a_case("P-99", on="2026-01-05"))
        assert outline(logbook, LIST, size=SIZE) == before
        assert page(logbook, before, 1) is not None
        assert first_page(logbook, LIST).state == state
    assert outline(logbook, LIST, size=SIZE).count == before.count + 1
    other.close()


def test_a_stream_is_of_one_state(logbook: Logbook, filled: list[Case]) -> None:
    other = again(logbook)
    stream = case_ids(logbook, LIST)
    begun = next(stream)
    save_case(other, a_case("P-99", on="2026-02-05"))
    assert len([*begun, *(case_id for chunk in stream for case_id in chunk)]) == len(filled)
    other.close()


@pytest.mark.parametrize("text", ["", "kypho", "leak:no -level:C1"])
def test_an_outline_that_nobody_wants_any_more_is_given_up(large: Logbook, text: str) -> None:
    with pytest.raises(Interrupted):
        outline(large, Query(parse(text)), cancelled=lambda: True)
    assert outline(large, Query(parse(text)), cancelled=lambda: False).count > 0
    assert outline(large, Query(parse(text))).count > 0
