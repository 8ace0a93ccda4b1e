# SPDX-License-Identifier: MIT
"""The likeliest term comes first; of equally likely ones that which was used last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import EventKind, Level, Technique, Vocabulary
from ui.widgets.term_search import matching

VP, BKP, MESH = Technique.VERTEBROPLASTY, Technique.BALLOON_KYPHOPLASTY, Technique.MESH_CONTAINER


def test_for_no_text_the_used_terms_come_first_and_none_is_lost() -> None:
    found = matching(Technique, "", [MESH, VP])
    assert found[:2] == [MESH, VP]
    assert found[2:] == [term for term in Technique if term not in (MESH, VP)]


def test_use_does_not_outweigh_what_was_typed() -> None:
    assert matching(Technique, "bkp", [VP])[0] is BKP


def test_use_decides_between_equally_likely_terms() -> None:
    remote = EventKind.FRACTURE_REMOTE
    assert matching(EventKind, "new fracture")[0] is EventKind.FRACTURE_ADJACENT
    assert matching(EventKind, "new fracture", [remote])[0] is remote


@given(st.text(max_size=6), st.lists(st.sampled_from(list(Technique)), unique=True, max_size=5))
def test_use_changes_the_order_and_never_what_is_found(text: str, used: list[Technique]) -> None:
    assert set(matching(Technique, text, used)) == set(matching(Technique, text))


def test_lists_whose_order_means_something_say_so() -> None:
    ordered = {v.__name__ for v in Vocabulary.__subclasses__() if v.is_ordered}
    assert {Level.__name__, "Genant", "Asa", "TimePoint", "YesNo", "Sir", "Cirse"} <= ordered
    assert "Technique" not in ordered
