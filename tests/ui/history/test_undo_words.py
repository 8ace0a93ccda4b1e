# SPDX-License-Identifier: MIT
"""How Undo and Redo call what was saved."""

from __future__ import annotations

import pytest

from models.undo import Kind, SavedChange
from models.undo.changes import Part
from ui.history.saved_undo import named

TWO = (Part("a", 1), Part("b", 2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (SavedChange(Kind.IMPORT, "P-1", TWO), "import of 2 cases"),
        (
            SavedChange(Kind.IMPORT, "P-1", TWO, from_logbook=True),
            "merge of another logbook, 2 cases",
        ),
        (SavedChange(Kind.MERGING, "P-1 and P-2"), "merge of P-1 and P-2"),
        (SavedChange(Kind.CHANGE, "P-1", TWO[:1]), "change of P-1"),
    ],
)
def test_a_change_is_called_what_it_was(change: SavedChange, words: str) -> None:
    assert named([change]) == words
