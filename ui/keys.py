# SPDX-License-Identifier: MIT
"""The keys that stand in no menu, each said once: pages listen to them, the help lists them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class Key:
    """One key, or several that do the same or the opposite.

    Attributes:
        what: what it does.
        sequences: as ``QKeySequence`` reads them.
        typed: what is typed letter by letter, as examples.
    """

    what: str
    sequences: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def sequence(self) -> str:
        """The first of the keys."""
        return self.sequences[0]


SAVE = Key("Save", ("Ctrl+Return", "Ctrl+Enter"))
STEP_OPEN = Key("Next open core field, the one before", ("Ctrl+Down", "Ctrl+Up"))
STEP_SECTION = Key("Next section, the one before", ("Ctrl+PgDown", "Ctrl+PgUp"))
STEP_FINDING = Key("Next finding, the one before", ("F8", "Shift+F8"))
TOGGLE_MORE = Key("Fold out more of the section, or fold it", ("F9",))
TAKE_PROPOSALS = Key("Take all proposals of the section", ("Ctrl+T",))
COPY_LEVEL = Key("Copy the level", ("Ctrl+D",))
TAKE_GRADE = Key("Take the Genant grade", ("Ctrl+G",))
NO_SCORE = Key("Say why there is no score", ("Ctrl+Shift+M",))
REASONS = Key("Say why it is empty, or why it is right", ("Ctrl+M",))
GO_ON = Key("Take it, and go on to what is still open", ("Return",))
TAKE_ONE = Key("Take the proposal", ("Right",))
OPEN_LIST = Key("Open the list of terms", ("Alt+Down", "F4"))
COMPLETE = Key("Everything that can be written here", ("Ctrl+Space",))
SEARCH_HELP = Key("How to search", ("F1",))
TAKE_COMPLETION = Key("Write what is offered first", ("Tab",))
TODAY = Key("Today, in a date", ("T",))
MORE = Key("More of a line of a table", ("Alt+Return",))
REMOVE_LINE = Key("Take a line of a table away", ("Alt+Del",))
ENTER_SCORE = Key("Save the score and go to the next patient", ("Return",))
NEXT_PATIENT = Key("Next patient, the one before", ("Down", "Up"))
NOT_REACHED = Key("Not reached: one more call is counted", ("Alt+N",))
DECLINED = Key("Declined", ("Alt+D",))
MOVED = Key("Moved away", ("Alt+M",))
DIED = Key("Died", ("Alt+X",))
OTHER_REASON = Key("Other reasons, the scale and more", ("Alt+O",))
MOVE_COLUMN = Key("Move the column up, down", ("Alt+Up", "Alt+Down"))
OPEN_CASE = Key("Open the case", ("Ctrl+Return",))

GROUPS: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (
        "Entering a case",
        (
            SAVE,
            STEP_OPEN,
            STEP_SECTION,
            STEP_FINDING,
            TOGGLE_MORE,
            TAKE_PROPOSALS,
            COPY_LEVEL,
            TAKE_GRADE,
            NO_SCORE,
        ),
    ),
    (
        "Follow-up",
        (
            ENTER_SCORE,
            NEXT_PATIENT,
            NOT_REACHED,
            DECLINED,
            MOVED,
            DIED,
            OTHER_REASON,
            OPEN_CASE,
        ),
    ),
    ("In a field", (GO_ON, TAKE_ONE, REASONS, OPEN_LIST, TODAY, MORE, REMOVE_LINE)),
)
"""What works anywhere on a page, or in any field."""

IN_THE_SEARCH = ("In the search", (SEARCH_HELP, COMPLETE, TAKE_COMPLETION))

ON_THE_SPINE = (
    "On the spine",
    (
        Key("Add levels", typed=("t12", "l1 l2", "t11-l1")),
        Key("Level below, above", ("Down", "Up")),
        Key("Five levels down, up", ("PgDown", "PgUp")),
        Key("First level, last level", ("Home", "End")),
        Key("Add the level, or go to it", ("Space", "Return")),
        Key("Take the level away", ("Del",)),
        Key("T13 or L6, by the menu", ("Menu",)),
    ),
)

IN_THE_VIEWER = (
    "In the image viewer",
    (
        Key("Larger, smaller", ("+", "-")),
        Key("Whole image, each pixel as it is", ("Ctrl+0", "Ctrl+1")),
        Key("Move a part that is larger", ("Left", "Right", "Up", "Down")),
        Key("Next image, the one before", ("PgDown", "PgUp")),
        Key("Brighter, darker", ("Ctrl+Up", "Ctrl+Down")),
        Key("More contrast, less", ("Ctrl+Right", "Ctrl+Left")),
        Key("Invert, as it was", ("I", "R")),
        Key("Two side by side, the other one", ("S", "Tab")),
        Key("Move both together, or one", ("L",)),
        Key("Fill the screen", ("F", "F11")),
        Key("Close", ("Esc",)),
    ),
)

IN_THE_LIST = (
    "In the list of cases",
    (
        Key("Open the case", ("Return",)),
        Key("First case, last case", ("Home", "End")),
        Key("Select all, copy the rows", ("Ctrl+A", "Ctrl+C")),
        Key("Move to the bin", ("Del",)),
        Key("Everything that can be done", ("Menu",)),
    ),
)

IN_THE_COLUMNS = (
    "Where columns are arranged",
    (Key("Show the column, or put it away", ("Space",)), MOVE_COLUMN),
)

IN_ONE_CONTROL = (IN_THE_SEARCH, IN_THE_LIST, IN_THE_COLUMNS, ON_THE_SPINE, IN_THE_VIEWER)
"""What works only where the focus is; elsewhere the same keys may mean something else."""


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("keys", text)
