# SPDX-License-Identifier: MIT
"""Where on the spine: levels in anatomical order, parts of a vertebra, sides."""

from __future__ import annotations

from models.speech import say, say_in
from models.vocabulary.base import Vocabulary, abbreviate


class Level(Vocabulary, ordered=True):
    """Vertebral levels from head to tail. T13 and L6 are transitional variants."""

    C1 = "C1", "C1"
    C2 = "C2", "C2"
    C3 = "C3", "C3"
    C4 = "C4", "C4"
    C5 = "C5", "C5"
    C6 = "C6", "C6"
    C7 = "C7", "C7"
    T1 = "T1", "T1", "D1", "Th1"
    T2 = "T2", "T2", "D2", "Th2"
    T3 = "T3", "T3", "D3", "Th3"
    T4 = "T4", "T4", "D4", "Th4"
    T5 = "T5", "T5", "D5", "Th5"
    T6 = "T6", "T6", "D6", "Th6"
    T7 = "T7", "T7", "D7", "Th7"
    T8 = "T8", "T8", "D8", "Th8"
    T9 = "T9", "T9", "D9", "Th9"
    T10 = "T10", "T10", "D10", "Th10"
    T11 = "T11", "T11", "D11", "Th11"
    T12 = "T12", "T12", "D12", "Th12"
    T13 = "T13", "T13", "D13", "Th13"
    L1 = "L1", "L1"
    L2 = "L2", "L2"
    L3 = "L3", "L3"
    L4 = "L4", "L4"
    L5 = "L5", "L5"
    L6 = "L6", "L6"
    S1 = "S1", "S1"
    S2 = "S2", "S2"
    S3 = "S3", "S3"
    S4 = "S4", "S4"
    S5 = "S5", "S5"

    @property
    def region(self) -> str:
        """cervical, thoracic, lumbar or sacral."""
        return {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}[self.value[0]]

    @property
    def is_variant(self) -> bool:
        """True for T13 and L6, which need a note on how the levels were counted."""
        return self in (Level.T13, Level.L6)


REGIONS = {
    "cervical": say("cervical"),
    "thoracic": say("thoracic"),
    "lumbar": say("lumbar"),
    "sacral": say("sacral"),
}
"""What people read for a region, as in "the lumbar spine"."""


class ExtraVertebra(Vocabulary, ordered=True):
    """A vertebra more than most people have. It is a level of the same name."""

    T13 = Level.T13.value, Level.T13.label, *Level.T13.synonyms
    L6 = Level.L6.value, Level.L6.label, *Level.L6.synonyms

    @property
    def level(self) -> Level:
        """The level that it is."""
        return Level(self.value)


class VertebraPart(Vocabulary):
    """The part of the vertebra that the lesion holds."""

    BODY = "body", "Body", "VB", "vertebral body"
    PEDICLE_LEFT = "pedicle_left", "Left pedicle", "LP"
    PEDICLE_RIGHT = "pedicle_right", "Right pedicle", "RP"
    LAMINA = "lamina", "Lamina"
    SPINOUS_PROCESS = "spinous_process", "Spinous process", "SP"
    SACRAL_ALA_LEFT = "sacral_ala_left", "Left sacral ala"
    SACRAL_ALA_RIGHT = "sacral_ala_right", "Right sacral ala"
    DENS = "dens", "Dens", "odontoid"


abbreviate(
    {
        VertebraPart.SACRAL_ALA_LEFT: say_in("Short", "Left ala"),
        VertebraPart.SACRAL_ALA_RIGHT: say_in("Short", "Right ala"),
    }
)


class Side(Vocabulary, ordered=True):
    """Side of the needle, balloon or cement."""

    LEFT = "left", "Left", "l", "li", "lt"
    RIGHT = "right", "Right", "r", "re", "rt"
    BILATERAL = "bilateral", "Bilateral", "both", "bi"
    MIDLINE = "midline", "Midline"
