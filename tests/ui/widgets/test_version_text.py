# SPDX-License-Identifier: MIT
"""Everything that was done has words for people."""

from __future__ import annotations

from models.audit import Action
from models.history import Deed
from models.trail.telling import ACTIONS
from ui.widgets.version_text import deed_in_words


def test_every_action_of_the_audit_has_words_of_its_own() -> None:
    assert set(ACTIONS) == set(Action)
    assert len(set(ACTIONS.values())) == len(ACTIONS)


def test_every_deed_has_words_of_its_own() -> None:
    told = [deed_in_words(one) for one in Deed]
    assert len(set(told)) == len(told)
