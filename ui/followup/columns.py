# SPDX-License-Identifier: MIT
"""The columns of the page: what each says of a visit, and which give way where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum

from models.followup.duelist import DueLine
from models.followup.states import VisitState
from models.speech import shown_day
from models.vocabulary import AnalgesicLevel
from ui.followup import words
from ui.followup.words import tr


class Ink(Enum):
    """What a piece of text means by its color."""

    TEXT = "text"
    MUTED = "text_muted"
    WARNING = "warning"
    SUCCESS = "success"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a cell's text in one look.

    Attributes:
        short: says the same where the text has no room.
        mark: stands for it where that has no room either; the tool tip says what it is.
    """

    text: str
    ink: Ink = Ink.TEXT
    bold: bool = False
    italic: bool = False
    short: str = ""
    mark: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Up to two lines; the second one is small."""

    first: Pieces
    second: Pieces = ()


class Key(StrEnum):
    """Name of a column."""

    DUE = "due"
    PATIENT = "patient"
    CASE = "case"
    VISIT = "visit"
    WINDOW = "window"
    SO_FAR = "so_far"
    PAIN = "pain"
    ANALGESICS = "analgesics"
    OTHERWISE = "otherwise"


_FLAGGED = "▲"

COLUMNS = tuple(Key)
Folded = frozenset[Key]
"""Columns without room; others say in their second line what is most needed of them."""

FOLDING: tuple[Key, ...] = (
    Key.WINDOW,
    Key.SO_FAR,
    Key.OTHERWISE,
    Key.CASE,
    Key.ANALGESICS,
    Key.VISIT,
)
"""Which column gives way first. OTHERWISE stays and shrinks to its menu."""


def heading(key: Key) -> str:
    """The heading of a column."""
    return {
        Key.DUE: tr("Due"),
        Key.PATIENT: tr("Patient"),
        Key.CASE: tr("Case"),
        Key.VISIT: tr("Visit"),
        Key.WINDOW: tr("Window"),
        Key.SO_FAR: tr("So far"),
        Key.PAIN: tr("Pain now"),
        Key.ANALGESICS: tr("Analgesics"),
        Key.OTHERWISE: tr("Otherwise"),
    }[key]


def cell_of(key: Key, line: DueLine, folded: Folded = frozenset()) -> Cell:
    """What a column shows of a visit; the boxes and words to choose are not among it."""
    make = _CELLS.get(key)
    return make(line, folded) if make else Cell(())


def spoken(key: Key, line: DueLine) -> str:
    """The same in full words, for tool tips and screen readers."""
    visit, dates = line.next, line.dates
    if visit is None or dates is None:
        return ""
    match key:
        case Key.DUE | Key.WINDOW | Key.VISIT:
            return words.window_in_full(visit, dates)
        case Key.PATIENT:
            tags = [tr("Synthetic case")] if line.case.synthetic else []
            flags = [words.flag_in_words(flag) for flag in line.flags]
            return "\n".join([". ".join([words.patient_of(line), *tags]), *flags])
        case Key.CASE:
            on = shown_day(line.performed) if line.performed else ""
            performed = tr("Procedure on {day}").format(day=on)
            flags = [words.flag_in_words(flag) for flag in line.flags]
            return "\n".join([case_in_words(line), performed, *flags])
        case Key.SO_FAR:
            return words.scores_in_full(words.given(line))
        case Key.PAIN:
            scale = line.scale.label if line.scale else tr("NRS 0–10, because none was used yet")
            return tr("Asked on {scale}").format(scale=scale)
        case Key.ANALGESICS:
            return "\n".join(level.label for level in AnalgesicLevel)
        case _:
            return ""


def case_in_words(line: DueLine) -> str:
    """Levels and technique as plain text."""
    return "".join(piece.text for piece in _case_pieces(line)) or tr("No level")


def score_pieces(line: DueLine, ink: Ink = Ink.TEXT) -> Pieces:
    """The scores so far; an arrow only between scores that may be compared."""
    scores = words.given(line)
    between = words.ARROW if len(words.scales_in(scores)) < 2 else words.APART
    pieces: list[Piece] = []
    for told in words.scores_in_brief(scores):
        if pieces:
            pieces.append(Piece(between, Ink.MUTED))
        pieces.append(Piece(told, ink))
    return tuple(pieces) or (Piece("–", Ink.MUTED),)


def _due(line: DueLine, folded: Folded) -> Cell:
    visit, dates = line.next, line.dates
    if visit is None or dates is None:
        return Cell(())
    inks = {VisitState.OVERDUE: Ink.WARNING, VisitState.IN_WINDOW: Ink.TEXT}
    first = Piece(words.due_in_words(visit), inks.get(visit.state, Ink.MUTED))
    second = words.calls_in_words(line.calls)
    if Key.VISIT in folded:
        second = " · ".join(filter(None, (visit.time_point.label, second)))
    elif not second and Key.WINDOW in folded:
        second = words.window_in_words(visit, dates)
    return Cell((first,), (Piece(second, Ink.MUTED),) if second else ())


def _patient(line: DueLine, folded: Folded) -> Cell:
    has_code = bool(line.case.patient_code)
    first = Piece(words.patient_of(line), Ink.TEXT if has_code else Ink.MUTED)
    second: list[Piece] = []
    if Key.CASE in folded:
        second += [*_levels(line), *_flags(line, lead=" · ")]
    if Key.VISIT in folded:
        second += [Piece(" · ", Ink.MUTED), *score_pieces(line, Ink.MUTED)]
    if line.case.synthetic:
        lead, said = " · " if second else "", tr("synthetic")
        # Its first letter marks it in the list of cases, too.
        second.append(Piece(lead + said, Ink.MUTED, short=lead + said[:1].upper()))
    return Cell((first,), tuple(second))


def _case(line: DueLine, _folded: Folded) -> Cell:
    return Cell(tuple(_case_pieces(line)) or (Piece("–", Ink.MUTED),), tuple(_flags(line)))


def _case_pieces(line: DueLine) -> Iterator[Piece]:
    yield from _levels(line)
    techniques = line.case.techniques
    if techniques:
        lead = " · " if line.case.levels else ""
        yield Piece(
            lead + ", ".join(one.label for one in techniques),
            short=lead + ", ".join(one.short for one in techniques),
        )


def _levels(line: DueLine) -> Iterator[Piece]:
    if line.case.levels:
        yield Piece(", ".join(level.label for level in line.case.levels), bold=True)


def _flags(line: DueLine, lead: str = "") -> Iterator[Piece]:
    if line.flags:
        said = "; ".join(words.flag_in_words(flag) for flag in line.flags)
        brief = "; ".join(words.flag_in_brief(flag) for flag in line.flags)
        yield Piece(f"{lead}{said}", Ink.WARNING, short=f"{lead}{brief}", mark=f"{lead}{_FLAGGED}")


def _visit(line: DueLine, folded: Folded) -> Cell:
    if line.next is None:
        return Cell(())
    second = score_pieces(line, Ink.MUTED) if Key.SO_FAR in folded else ()
    return Cell((Piece(line.next.time_point.label),), second)


def _window(line: DueLine, _folded: Folded) -> Cell:
    if line.next is None or line.dates is None:
        return Cell(())
    return Cell((Piece(words.window_in_words(line.next, line.dates)),))


def _so_far(line: DueLine, _folded: Folded) -> Cell:
    return Cell(score_pieces(line))


_CELLS: dict[Key, Callable[[DueLine, Folded], Cell]] = {
    Key.DUE: _due,
    Key.PATIENT: _patient,
    Key.CASE: _case,
    Key.VISIT: _visit,
    Key.WINDOW: _window,
    Key.SO_FAR: _so_far,
}
