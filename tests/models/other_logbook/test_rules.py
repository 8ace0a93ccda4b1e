# SPDX-License-Identifier: MIT
"""What holds for any edits at two workstations, and any order in which they are merged."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import ImpossibleCase
from models.logbook import Logbook
from models.other_logbook import Choices, Kind, Side
from models.schema import Procedure
from models.undo import last_change, newest_entry, undo
from models.verify import verify
from tests.models.other_logbook.pair import (
    EDITS,
    LEFT_OUT,
    Edit,
    Pairs,
    case_ids,
    in_folders,
    looked_at,
    merged,
    record_of,
)

MINE, THEIRS = Choices(take=Side.MINE), Choices(take=Side.THEIRS)
EXAMPLES = max(1, int(os.environ.get("EXAMPLES", "40")) // 5)
"""Each opens and merges up to four logbooks; EXAMPLES=1000 looks longer."""

Table = dict[str, list[tuple[object, ...]]]
Deeds = list[tuple[Edit, int, int]]
DEEDS: st.SearchStrategy[Deeds] = st.lists(
    st.tuples(st.sampled_from(EDITS), st.integers(0, 2), st.integers(0, 9)), max_size=5
)


def do(logbook: Logbook, deeds: Deeds) -> None:
    for edit, which, n in deeds:
        # Such as a level that is in the case already: then nobody does it.
        with suppress(ImpossibleCase):
            edit(logbook, which, n)


def procedures(record: Table, known: list[str]) -> Table:
    """The rows of some cases; what lies in the bin does so, whenever it went there."""
    place = [field.name for field in Procedure._meta.sorted_fields if field.name not in LEFT_OUT]
    binned = place.index("deleted_at")
    return {
        str(row[0]): [(*row[:binned], bool(row[binned]), *row[binned + 1 :])]
        for row in record["procedure"]
        if row[0] in known
    }


@settings(max_examples=EXAMPLES)
@given(DEEDS, DEEDS)
def test_both_directions_end_with_the_same_record_and_repeating_changes_nothing(
    template: Path, here: Deeds, there: Deeds
) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        with in_folders(template, place / "one") as pair:
            do(pair.a, here)
            do(pair.b, there)
        shutil.copytree(place / "one", place / "two")
        with (
            in_folders(template, place / "one") as pair,
            in_folders(template, place / "two") as twin,
        ):
            merged(pair.a, pair.b, THEIRS)
            merged(twin.b, twin.a, MINE)
            assert record_of(pair.a) == record_of(twin.b)
            assert verify(pair.a) == verify(twin.b) == []
            before = newest_entry(pair.a)
            assert not merged(pair.a, pair.b).wrote
            assert newest_entry(pair.a) == before
            merged(pair.b, pair.a)
            assert record_of(pair.b) == record_of(pair.a)
            assert verify(pair.b) == []


@settings(max_examples=EXAMPLES)
@given(DEEDS, DEEDS, DEEDS, DEEDS)
def test_after_a_merge_in_each_direction_work_goes_on_and_they_meet_again(
    pairs: Pairs, here: Deeds, there: Deeds, later_here: Deeds, later_there: Deeds
) -> None:
    with tempfile.TemporaryDirectory() as name, pairs(Path(name)) as pair:
        do(pair.a, here)
        do(pair.b, there)
        merged(pair.a, pair.b, MINE)
        do(pair.a, later_here)
        do(pair.b, later_there)
        merged(pair.b, pair.a, THEIRS)
        assert merged(pair.a, pair.b).changed >= 0
        assert record_of(pair.b) == record_of(pair.a)
        assert verify(pair.a) == verify(pair.b) == []


@settings(max_examples=EXAMPLES)
@given(DEEDS)
def test_what_only_one_side_did_is_never_asked_about(pairs: Pairs, there: Deeds) -> None:
    with tempfile.TemporaryDirectory() as name, pairs(Path(name)) as pair:
        do(pair.b, there)
        shown = looked_at(pair.a, pair.b)
        assert shown.open == []
        assert all(line.kind in (Kind.NEW, Kind.CHANGED) for line in shown.lines)
        merged(pair.a, pair.b)
        assert record_of(pair.a) == record_of(pair.b)


@settings(max_examples=EXAMPLES)
@given(DEEDS, DEEDS)
def test_one_undo_takes_the_whole_merge_back_and_merging_again_brings_it_again(
    pairs: Pairs, here: Deeds, there: Deeds
) -> None:
    with tempfile.TemporaryDirectory() as name, pairs(Path(name)) as pair:
        do(pair.a, here)
        do(pair.b, there)
        before, known, entry = record_of(pair.a), case_ids(pair.a), newest_entry(pair.a)
        done = merged(pair.a, pair.b, THEIRS)
        after = record_of(pair.a)
        change = last_change(pair.a, entry)
        assert (change is not None) == bool(done.new + done.changed + done.people)
        if change is None:
            return
        assert change.from_logbook
        undo(pair.a, change)
        assert procedures(record_of(pair.a), known) == procedures(before, known)
        assert verify(pair.a) == []
        merged(pair.a, pair.b, THEIRS)
        assert record_of(pair.a) == after
