# SPDX-License-Identifier: MIT
"""What a merge would change of cases that were signed off is for somebody to decide.

A lock that both know is no obstacle: what was amended there is amended here. One that only we have
holds back what they changed, but not what came to be known later. A sign-off of theirs speaks for
what they have, so that it is held back where something else stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models import signoff
from models.document import Change, Document, Fields, compare
from models.other_logbook.choices import Choices
from models.other_logbook.lines import Line
from models.other_logbook.states import CASES
from models.other_logbook.threeway import Side, Spot
from models.signoff import SIGNED
from models.speech import say

WorkOut = Callable[[Document], Document]
"""Gives a state with all that follows from it worked out."""

_SAID = ("missing", "explained")
_AS_AMENDMENT = say("What is taken of theirs goes in as an amendment.")
_BY_UNLOCKING = say(
    "To take theirs, it is unlocked, or moved to where it is there; only an administrator may."
)


def hold_case(line: Line, work_out: WorkOut) -> None:
    """Hold back what has to be decided in a case because it was signed off here or there."""
    mine, theirs = (of.get(CASES, {}).get(line.subject_id, {}) for of in (line.mine, line.theirs))
    own, other = mine.get(SIGNED[0]), theirs.get(SIGNED[0])
    if own and own != other:
        taken = work_out(line.joined(Choices(take=Side.THEIRS)).document)
        _hold_theirs(line, mine, _touched(line.mine, taken, apart=bool(other)))
    if other and own != other:
        kept = work_out(line.joined(Choices(take=Side.MINE)).document)
        if _touched(line.theirs, kept, apart=True):
            line.held |= {Spot(CASES, line.subject_id, SIGNED)}
            line.locked = line.locked or _said_of_theirs(theirs)


def hold_person(line: Line, signed: Mapping[str, Fields], signed_there: Mapping[str, str]) -> None:
    """Hold back what they changed of a person of whom a case was signed off here and not there.

    Args:
        line: of the person.
        signed: the cases of the person that were signed off here, by their id.
        signed_there: when which of them were signed off there.
    """
    for case_id, row in signed.items():
        if row[SIGNED[0]] != signed_there.get(case_id):
            taken = line.joined(Choices(take=Side.THEIRS)).document
            _hold_theirs(line, row, _touched(line.mine, taken))
            return


def _hold_theirs(line: Line, signed: Fields, touched: list[Change]) -> None:
    if not touched:
        return
    spots = {
        one.spot
        for one in line.joined(Choices()).differences
        if any(_is_at(change, one.spot) for change in touched)
    }
    line.held |= spots
    cure = _BY_UNLOCKING if any(map(signoff.moves, touched)) else _AS_AMENDMENT
    line.locked = say(
        "It was signed off here by {signer}, and is locked. {cure}",
        signer=_signer(signed),
        cure=cure,
    )


def _touched(old: Document, new: Document, *, apart: bool = False) -> list[Change]:
    """What changes of what was signed; without the signature where that is looked at apart."""
    return [
        change
        for change in signoff.touched_by(compare(old, new), (old, new))
        if not (apart and change.table == CASES and change.field in SIGNED)
    ]


def _is_at(change: Change, spot: Spot) -> bool:
    if (change.table, change.row_id) != (spot.table, spot.row_id):
        return False
    return not spot.unit or change.field in (*spot.unit, *_SAID)


def _said_of_theirs(signed: Fields) -> str:
    return say(
        "It was signed off there by {signer}, who saw what stands there. Taken, the "
        "sign-off is for all that will stand here.",
        signer=_signer(signed),
    )


def _signer(signed: Fields) -> str:
    at, by = (signed.get(name) for name in SIGNED)
    return f"{by or 'somebody'}{signoff.on_day(str(at))}"
