# SPDX-License-Identifier: MIT
"""Synthetic cases, one after the other, in the order of the patients' first procedures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from models.case import Case
from models.partial_date import PartialDate
from models.sample.afterwards import note_afterwards, note_extra_vertebrae
from models.sample.course import follow
from models.sample.dice import Dice
from models.sample.events import happen
from models.sample.levels import treat_levels
from models.sample.person import describe_condition, describe_pain, make_patient
from models.sample.plausible import KINDS, Kind
from models.sample.questionnaires import note_questionnaires
from models.sample.rows import new_case
from models.sample.session import describe_session
from models.schema import Patient
from models.vocabulary import Level, MissingReason

REFERENCE_DAY = date(2025, 12, 31)
"""The last day that the synthetic clinic knows of. It is fixed, so that the same command makes
the same logbook on any day."""

CODE_PREFIX = "SYN"
"""How every patient code of a synthetic case begins."""

BLOCK_SIZE = 250
"""Cases that are made, checked and written together."""

_YEARS = 6
_FORGOTTEN = ("operator", "technical_success", "any_adjunct", "analgesic_before")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of consecutive cases that can be made without those before it.

    Attributes:
        first: number of its first case, from 0.
        size: how many cases it has.
        count: how many cases there are in all.
        seed: what all draws start from.
        today: the last day that the clinic knows of.
    """

    first: int
    size: int
    count: int
    seed: int
    today: date = REFERENCE_DAY


def make_cases(count: int, seed: int, today: date = REFERENCE_DAY) -> Iterator[Case]:
    """``count`` cases, the same for the same count, seed and day, down to their ids.

    Some patients come a second time; their two cases share one ``Patient``.
    """
    for block in blocks_of(count, seed, today):
        yield from make_block(block)


def blocks_of(count: int, seed: int, today: date = REFERENCE_DAY) -> Iterator[Block]:
    """The blocks that make up ``count`` cases."""
    for first in range(0, count, BLOCK_SIZE):
        yield Block(first, min(BLOCK_SIZE, count - first), count, seed, today)


def make_block(block: Block) -> Iterator[Case]:
    """The cases of one block, in the order of the patients' first procedures."""
    dice, aside, asking = (
        Dice(f"{block.seed} {block.first}{name}") for name in ("", " aside", " questionnaires")
    )
    days = 365 * _YEARS
    start = block.today - timedelta(days=days)
    made = 0
    while made < block.size:
        number = block.first + made
        day = start + timedelta(days=days * number // block.count)
        code = f"{CODE_PREFIX}-{block.seed}-{number + 1:05d}"
        patients_cases = _cases_of_patient(dice, code, day, block.today)
        for place, case in enumerate(islice(patients_cases, block.size - made)):
            aside.set_day(case.procedure.performed_on.exact)
            if not place:
                note_extra_vertebrae(aside, case.patient)
            note_afterwards(aside, case, block.today)
            note_questionnaires(asking, case)
            yield case
            made += 1


def _cases_of_patient(dice: Dice, code: str, day: date, today: date) -> Iterator[Case]:
    kind = dice.pick(KINDS)
    dice.set_day(day)
    patient, age = make_patient(dice, kind, code, day, today)
    case = _case(dice, patient, kind, day, age, set(), today)
    yield case
    again = day + timedelta(days=dice.whole(30, 540))
    followed_until = patient.died_on.exact if patient.died_on else today
    treated = {row.level for row in case.levels}
    is_left = not treated.issuperset(kind.first_level.things)
    if is_left and again < followed_until and dice.chance(kind.again):
        dice.set_day(again)
        yield _case(dice, patient, kind, again, age + (again - day).days // 365, treated, today)


def _case(
    dice: Dice,
    patient: Patient,
    kind: Kind,
    day: date,
    age: int,
    not_again: set[Level],
    today: date,
) -> Case:
    case = new_case(dice, patient, performed_on=PartialDate.from_date(day))
    describe_condition(dice, case, kind, age)
    describe_pain(dice, case, kind)
    treat_levels(dice, case, kind, not_again)
    describe_session(dice, case, today)
    died = patient.died_on.exact if patient.died_on else today
    happen(dice, case, min(died, today))
    follow(dice, case, kind, today)
    _forget(dice, case)
    return case


def _forget(dice: Dice, case: Case) -> None:
    """Leave a core field empty in some cases, with or without saying why."""
    for name in _FORGOTTEN:
        if dice.chance(0.03):
            setattr(case.procedure, name, None)
            if dice.chance(0.5):
                case.procedure.missing[name] = MissingReason.NOT_RECORDED
