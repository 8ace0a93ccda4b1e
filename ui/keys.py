# SPDX-License-Identifier: MIT
"""The keys that stand in no menu, each said once: pages listen to them, the help lists them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.quick import dataclass
from models.speech import say
from ui.key_words import alt


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


SAVE = Key(say("Save"), ("Ctrl+Return", "Ctrl+Enter"))
STEP_OPEN = Key(say("Next open core field, the one before"), ("Ctrl+Down", "Ctrl+Up"))
STEP_SECTION = Key(say("Next section, the one before"), ("Ctrl+PgDown", "Ctrl+PgUp"))
STEP_FINDING = Key(say("Next finding, the one before"), ("F8", "Shift+F8"))
TOGGLE_MORE = Key(say("Fold out more of the section, or fold it"), ("F9",))
TAKE_PROPOSALS = Key(say("Take all proposals of the section"), ("Ctrl+T",))
COPY_LEVEL = Key(say("Copy the level"), ("Ctrl+D",))
TAKE_GRADE = Key(say("Take the Genant grade"), ("Ctrl+G",))
NO_SCORE = Key(say("Say why there is no score"), ("Ctrl+Shift+M",))
REASONS = Key(say("Say why it is empty, or why it is right"), ("Ctrl+M",))
GO_ON = Key(say("Take it, and go on to what is still open"), ("Return",))
TAKE_ONE = Key(say("Take the proposal"), ("Right",))
OPEN_LIST = Key(say("Open the list of terms"), ("Alt+Down", "F4"))
COMPLETE = Key(say("Everything that can be written here"), ("Ctrl+Space",))
SEARCH_HELP = Key(say("How to search"), ("F1",))
TAKE_COMPLETION = Key(say("Write what is offered first"), ("Tab",))
PUT_BACK = Key(say("Put back what stood there"), ("Esc",))
TODAY = Key(say("Today, in a date"), ("T",))
MORE = Key(say("More of a line of a table"), ("Alt+Return",))
REMOVE_LINE = Key(say("Take a line of a table away"), ("Alt+Del",))
ENTER_SCORE = Key(say("Save the score and go to the next patient"), ("Return",))
NEXT_PATIENT = Key(say("Next patient, the one before"), ("Down", "Up"))
NOT_REACHED = Key(say("Not reached: one more call is counted"), (alt("N"),))
DECLINED = Key(say("Declined"), (alt("D"),))
MOVED = Key(say("Moved away"), (alt("M"),))
DIED = Key(say("Died"), (alt("X"),))
OTHER_REASON = Key(say("Other reasons, the scale and more"), (alt("O"),))
MOVE_COLUMN = Key(say("Move the column up, down"), ("Alt+Up", "Alt+Down"))
OPEN_CASE = Key(say("Open the case"), ("Ctrl+Return",))

GROUPS: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (
        say("Entering a case"),
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
        say("Follow-up"),
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
    (say("In a field"), (GO_ON, PUT_BACK, TAKE_ONE, REASONS, OPEN_LIST, TODAY, MORE, REMOVE_LINE)),
)
"""What works anywhere on a page, or in any field."""

IN_THE_SEARCH = (say("In the search"), (SEARCH_HELP, COMPLETE, TAKE_COMPLETION))

ON_THE_SPINE = (
    say("On the spine"),
    (
        Key(say("Add levels"), typed=("t12", "l1 l2", "t11-l1")),
        Key(say("Level below, above"), ("Down", "Up")),
        Key(say("Five levels down, up"), ("PgDown", "PgUp")),
        Key(say("First level, last level"), ("Home", "End")),
        Key(say("Add the level, or go to it"), ("Space", "Return")),
        Key(say("Take the level away"), ("Del",)),
        Key(say("T13 or L6, by the menu"), ("Menu",)),
    ),
)

IN_THE_VIEWER = (
    say("In the image viewer"),
    (
        Key(say("Larger, smaller"), ("+", "-")),
        Key(say("Whole image, each pixel as it is"), ("Ctrl+0", "Ctrl+1")),
        Key(say("Move a part that is larger"), ("Left", "Right", "Up", "Down")),
        Key(say("Next image, the one before"), ("PgDown", "PgUp")),
        Key(say("Brighter, darker"), ("Ctrl+Up", "Ctrl+Down")),
        Key(say("More contrast, less"), ("Ctrl+Right", "Ctrl+Left")),
        Key(say("Invert, as it was"), ("I", "R")),
        Key(say("Two side by side, the other one"), ("S", "Tab")),
        Key(say("Move both together, or one"), ("L",)),
        Key(say("Fill the screen"), ("F", "F11")),
        Key(say("Close"), ("Esc",)),
    ),
)

IN_THE_LIST = (
    say("In the list of cases"),
    (
        Key(say("Open the case"), ("Return",)),
        Key(say("First case, last case"), ("Home", "End")),
        Key(say("Select all, copy the rows"), ("Ctrl+A", "Ctrl+C")),
        Key(say("Move to the bin"), ("Del",)),
        Key(say("Everything that can be done"), ("Menu",)),
    ),
)

IN_THE_COLUMNS = (
    say("Where columns are arranged"),
    (Key(say("Show the column, or put it away"), ("Space",)), MOVE_COLUMN),
)

IN_ONE_CONTROL = (IN_THE_SEARCH, IN_THE_LIST, IN_THE_COLUMNS, ON_THE_SPINE, IN_THE_VIEWER)
"""What works only where the focus is; elsewhere the same keys may mean something else."""


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("keys", text)
