# SPDX-License-Identifier: MIT
"""Everything that was done has words for people."""

from __future__ import annotations

from models.audit import Action
from models.history import Deed
from ui.widgets.version_text import action, deed_in_words


def test_every_action_of_the_audit_has_words_of_its_own() -> None:
    told = [action(one.value) for one in Action]
    assert len(set(told)) == len(told)
    assert action("backup") == "Backup made"
    assert action("told") == "Told by another logbook"
    assert not [word for word in told if "_" in word]


def test_every_deed_has_words_of_its_own() -> None:
    told = [deed_in_words(one) for one in Deed]
    assert len(set(told)) == len(told)


def test_what_a_later_version_did_is_readable() -> None:
    assert action("sent_away") == "Sent away"
