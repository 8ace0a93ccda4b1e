# SPDX-License-Identifier: MIT
"""What cells of somebody else's table mean, and what of them is left open.

Words for terms stand in ``words``, names of columns in ``called``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import TypeVar

from models.importing.words import bare, word_meant_by
from models.vocabulary import (
    Approach,
    Diagnosis,
    EventKind,
    Leakage,
    LeakLocation,
    Sex,
    Side,
    Vocabulary,
    YesNo,
)

V = TypeVar("V", bound=Vocabulary)

_GRADE_APART = re.compile(r"[a-z]{2,} \d")
_BOTH_PEDICLES = frozenset(
    {"bipedicular", "bipedikular", "bipediculaire", "bipeduncolare", "bipedicolare"}
)


_BESIDE: dict[tuple[type[Vocabulary], str], Sequence[str]] = {
    # Spanish tables say hombre or varón and mujer, others man and woman.
    (Sex, "m"): ("h", "v"),
    (YesNo, "-"): ("+",),
    (Leakage, "-"): ("+",),
}
"""What a cell means is open where another one stands in the same column."""

MARKS = frozenset(mark for marks in _BESIDE.values() for mark in marks)
"""The cells that leave open what others of their column mean."""

_FRACTURES = (
    Diagnosis.OSTEOPOROTIC_FRACTURE,
    Diagnosis.TRAUMATIC_FRACTURE,
    Diagnosis.FRACTURE_UNSPECIFIED,
)
_CAUSE_OPEN = (
    "vcf|compression fracture|kompressionsfraktur|wirbelkorperfraktur|tassement|"
    "tassement vertebral|fracture tassement|fracture vertebrale|aplastamiento|"
    "fractura por compresion|fractura vertebral|frattura da compressione|frattura vertebrale|crollo"
)
_DISC_OPEN = (
    "intradiscal|intradiskal|intradiscale|disc|disk|discal|discale|disque|disco|bandscheibe|"
    "intervertebral|disc space|disk space|bandscheibenfach|bandscheibenraum|zwischenwirbelraum|"
    "espacio discal|espace discal"
)
_OPEN: dict[tuple[type[Vocabulary], str], Sequence[Vocabulary]] = {
    (type(several[0]), word): several
    for several, words in (
        (_FRACTURES, _CAUSE_OPEN),
        ((LeakLocation.DISC_SUPERIOR, LeakLocation.DISC_INFERIOR), _DISC_OPEN),
        (
            (LeakLocation.PARAVERTEBRAL_TISSUE, LeakLocation.PARAVERTEBRAL_VEIN),
            "paravertebral|paravertebrale",
        ),
        (
            (LeakLocation.PARAVERTEBRAL_VEIN, LeakLocation.BASIVERTEBRAL_VEIN),
            "venous|venos|veneux|veineuse|veine|venosa|venoso|vena",
        ),
        (
            (EventKind.EMBOLISM_CEMENT, EventKind.EMBOLISM_OTHER),
            "pulmonary embolism|pe|lungenembolie|lae|embolie pulmonaire|embolia pulmonar|"
            "embolia polmonare|tep",
        ),
    )
    for word in words.split("|")
}
"""Words that can mean several terms, though one of them answers to it in a search."""


NO_CODES = frozenset({"n/a", "#n/a", "null", "nan", "dito", "ditto", "idem", "ídem"})
"""What says that there is no code of a patient, or the same as above."""


NOTHING = frozenset(
    (
        *("", "-", "\u2013", ".", "na", "n/a", "#n/a", "null", "nan", "none recorded", "n.a."),
        *("not available", "not recorded", "k.a.", "k. a.", "keine angabe", "n.v.t.", "s/d"),
        *("sin dato", "sin datos", "non renseign\u00e9", "brak danych"),
    )
)
"""Cells that say nothing, wherever no text is kept."""


def is_no_code(cell: str) -> bool:
    """Whether a cell that should tell a patient says "none", or "the same as above"."""
    return cell.casefold() in NO_CODES or not any(map(str.isalnum, cell))


def has_marks(vocabulary: type[Vocabulary]) -> bool:
    """Whether cells of ``MARKS`` change what others of the column mean."""
    return any(vocabulary is of for of, _ in _BESIDE)


def beside(vocabulary: type[Vocabulary], cell: str, marks: Set[str]) -> str:
    """The cell of the column by which it is open what this one means; ""."""
    others = _BESIDE.get((vocabulary, cell.casefold()), ())
    return next((mark for mark in others if mark in marks), "")


def meant_by_several(vocabulary: type[Vocabulary], cell: str) -> Sequence[Vocabulary]:
    """The terms between which a person has to choose; () for a word that means one at most."""
    return _OPEN.get((vocabulary, bare(cell)), ())


def term_meant_by(vocabulary: type[V], cell: str) -> V | None:
    """The term that a cell of somebody else's table names, or None."""
    # A point behind a word cuts it short: "li.", "weibl.".
    short = cell.strip().casefold().rstrip(".")
    found = (
        vocabulary.meant_by(cell) or vocabulary.meant_by(short) or word_meant_by(vocabulary, short)
    )
    # A code may be written out, such as "osteoporotic fracture" for osteoporotic_fracture, and a
    # grade apart, such as "OF 3".
    found = found or vocabulary.meant_by("_".join(cell.split()))
    if found is None and _GRADE_APART.fullmatch(short):
        found = vocabulary.meant_by("".join(short.split()))
    return found if isinstance(found, vocabulary) else None


def approach_and_side(cell: str) -> tuple[Approach, Side] | None:
    """What "bipedicular", "transped. bds." or "unipedicular left" say of both; None for others."""
    if bare(cell) in _BOTH_PEDICLES:
        return Approach.TRANSPEDICULAR, Side.BILATERAL
    words = cell.replace(",", " ").split()
    for said, others in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        side = term_meant_by(Side, "".join(said)) if others else None
        rest = " ".join(others)
        if side is not None and bare(rest) not in _BOTH_PEDICLES:
            approach = term_meant_by(Approach, rest)
            return None if approach is None else (approach, side)
    return None
