# SPDX-License-Identifier: MIT
"""Lays what a file says of a case over what the logbook holds, and tells what that does.

An empty cell says nothing: it never takes away what the logbook holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from models.case import LISTS, OF_LEVELS, Case
from models.document import stored_fields
from models.fields import ClinicalField
from models.schema import Assessment, Image, PatientIdentity, Record, Row, TreatedLevel, rows_named
from models.speech import say

_SAID_OF_FIELDS = ("missing", "explained")
_LINKS = frozenset({"procedure", "treated_level", "patient", "position"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What the file changes in one place.

    ``old`` is what the logbook shows there, "" for nothing; a conflict is where it holds something
    else than the file. ``agreed``: the file starts from what the logbook holds, and what is
    different was changed in the file.
    """

    place: str
    old: str
    new: str
    agreed: bool = False

    @property
    def is_conflict(self) -> bool:
        """Whether something would be replaced."""
        return bool(self.old) and not self.agreed

    def __str__(self) -> str:
        if not self.old:
            return say("{place}: {new} is added.", place=self.place, new=self.new)
        if self.agreed:
            return say(
                "{place}: {old} becomes {new}.", place=self.place, old=self.old, new=self.new
            )
        return say(
            "{place}: the logbook has {old}, the file {new}.",
            place=self.place,
            old=self.old,
            new=self.new,
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    """What of a file starts from what the logbook holds now."""

    of_case: bool = False
    of_person: bool = False


NOT_AGREED = Agreed()


def lay_over(stored: Case, given: Case, agreed: Agreed = NOT_AGREED) -> list[Difference]:
    """Bring into ``stored`` what ``given`` says; what it does, in the order of the record.

    A row of a list is the one of the same id; else the one that says the same.
    """
    of_person = person_differences(stored, given)
    found = _fields(stored.procedure, given.procedure, "")
    for table, name in LISTS.items():
        if table in OF_LEVELS or table is TreatedLevel or not getattr(given, name):
            continue
        if table is Assessment:
            found += _scores(stored, given.assessments)
        elif table is Image:
            found += _images(stored, given.images)
        else:
            adder = getattr(stored, f"add_{table._meta.table_name}")
            found += _list(getattr(stored, name), getattr(given, name), adder, "")
    for level in given.levels:
        found += _level(stored, given, level)
    return [
        *(replace(one, agreed=agreed.of_person) for one in of_person),
        *(replace(one, agreed=agreed.of_case) for one in found),
    ]


def person_differences(stored: Case, given: Case) -> list[Difference]:
    """Bring into the person of ``stored`` what ``given`` says of it."""
    found = _fields(stored.patient, given.patient, "Patient, ")
    if given.identity is not None:
        if stored.identity is None:
            stored.identity = PatientIdentity(patient=stored.patient.id)
        found += _fields(stored.identity, given.identity, "Patient, ")
    return found


def _fields(old: Record, new: Record, place: str) -> list[Difference]:
    before, after = stored_fields(old), stored_fields(new)
    known: dict[str, ClinicalField] = {field.name: field for field in new.clinical_fields()}
    found: list[Difference] = []
    for name, field in known.items():
        if name not in after or before.get(name) == after[name]:
            continue
        was, now = getattr(old, name), getattr(new, name)
        shown, told = field.show(was) if name in before else "", field.show(now)
        if field.identifier:
            # What can identify a person stands in no preview.
            shown, told = say("another entry") if shown else "", say("its own")
        found.append(Difference(f"{place}{field.label}", shown, told))
        setattr(old, name, now)
        if name in old.missing:
            old.missing = {other: why for other, why in old.missing.items() if other != name}
    for kind in _SAID_OF_FIELDS:
        found += _said(old, new, kind, place, known)
    return found


def _said(
    old: Record, new: Record, kind: str, place: str, known: dict[str, ClinicalField]
) -> Iterator[Difference]:
    """What is said of fields; a reason why one is empty falls away where it is not any more."""
    before, after = dict(getattr(old, kind) or {}), dict(getattr(new, kind) or {})
    for name, words in after.items():
        if before.get(name) == words:
            continue
        if kind == "missing" and name in stored_fields(old):
            continue
        label = known[name].label if name in known else name
        yield Difference(f"{place}{label} ({kind})", str(before.get(name, "")), str(words))
        before[name] = words
    setattr(old, kind, before)


def _level(stored: Case, given: Case, level: TreatedLevel) -> list[Difference]:
    own = next((row for row in stored.levels if row.id == level.id), None) or next(
        (row for row in stored.levels if _is_same_level(row, level)), None
    )
    if own is None:
        own = stored.add_level(id=level.id)
        found = [Difference(say("Level"), "", str(level.level or say("of no name")))]
        _fields(own, level, "")
    else:
        place = f"{own.level or level.level or say('Level')}, "
        found = _fields(own, level, place)
    for table in OF_LEVELS:
        name = LISTS[table]
        wanted = [row for row in getattr(given, name) if row.__data__["treated_level"] == level.id]
        found += _moved(getattr(stored, name), wanted, stored.levels, own)
        held = [row for row in getattr(stored, name) if row.__data__["treated_level"] == own.id]
        if wanted:
            adder = partial(getattr(stored, f"add_{table._meta.table_name}"), own)
            found += _list(held, wanted, adder, f"{own.level}, ")
    return found


def _is_same_level(own: TreatedLevel, level: TreatedLevel) -> bool:
    """Whether two levels have the same name; or have none, and say the same."""
    if own.level is None and level.level is None:
        return _content(own) == _content(level)
    return bool(own.level == level.level)


def _list(
    held: Sequence[Row], wanted: Sequence[Row], add: Callable[..., Row], place: str
) -> list[Difference]:
    """Rows that the logbook holds are found by their ids, else by what they say.

    Others are added, none is removed.
    """
    found: list[Difference] = []
    if not wanted:
        return found
    rows = _rows_of(wanted[0])
    known = {str(row.id): row for row in held}
    for row in wanted:
        if (own := known.pop(str(row.id), None)) is not None:
            found += _fields(own, row, f"{place}{rows}, ")
    met = {str(row.id) for row in held} - known.keys()
    missing = _without([row for row in wanted if str(row.id) not in met], [*known.values()])
    if not missing:
        return found
    if held:
        shown = "; ".join(_shown(row) for row in held)
        found.append(Difference(f"{place}{rows}", shown, "; ".join(_shown(row) for row in missing)))
    else:
        found += [Difference(f"{place}{rows}", "", _shown(row)) for row in missing]
    for row in missing:
        _copy(row, add(id=row.id))
    return found


def _moved(
    held: Sequence[Row], wanted: Sequence[Row], levels: Sequence[TreatedLevel], to: TreatedLevel
) -> Iterator[Difference]:
    """Rows that hang on another level in the file than in the logbook."""
    names = {str(level.id): str(level.level or say("Level")) for level in levels}
    known = {str(row.id): row for row in held}
    for row in wanted:
        own = known.get(str(row.id))
        if own is not None and own.__data__["treated_level"] != to.id:
            was = names[str(own.__data__["treated_level"])]
            yield Difference(say("{rows_of}, level", rows_of=_rows_of(own)), was, names[str(to.id)])
            own.treated_level = to  # type: ignore[attr-defined]


def _rows_of(row: Row) -> str:
    """What the rows of its table are called."""
    return rows_named(str(row._meta.table_name))


def _scores(stored: Case, given: Sequence[Assessment]) -> list[Difference]:
    """An assessment meets the one of the same id.

    Without such a one it meets that of the same day, or where no day is known of the time point.
    """
    found: list[Difference] = []
    by_id = {str(row.id): row for row in stored.assessments}
    given_ids = {str(row.id) for row in given}
    held = [row for row in stored.assessments if str(row.id) not in given_ids]
    for row in given:
        same = by_id.get(str(row.id)) or next(
            (own for own in held if _content(own) == _content(row)), None
        )
        own = same or next((own for own in held if _is_of_one_moment(own, row)), None)
        place = f"{(row.time_point.label if row.time_point else say('Assessment'))}, "
        if own is None:
            own = stored.add_assessment(id=row.id)
            found.append(Difference(f"{place}assessment", "", _shown(row)))
            _copy(row, own)
        else:
            held = [other for other in held if other is not own]
            found += _fields(own, row, place)
    return found


def _images(stored: Case, given: Sequence[Image]) -> list[Difference]:
    """An image meets the one of the same id, else one that shows the same picture.

    Another is added to those that the case has, in whose place it never stands.
    """
    found: list[Difference] = []
    by_id = {str(row.id): row for row in stored.images}
    given_ids = {str(row.id) for row in given}
    free = [row for row in stored.images if str(row.id) not in given_ids]
    for row in given:
        same = [other for other in free if other.content_id == row.content_id]
        own = by_id.get(str(row.id)) or next(iter(same), None)
        if own is None:
            own = stored.add_image(row.content_id, id=row.id, added_at=row.added_at)
            found.append(Difference(say("Image"), "", _shown(row, say("a picture"))))
            _copy(row, own)
            continue
        free = [other for other in free if other is not own]
        found += _fields(own, row, "Image, ")
        if own.content_id != row.content_id:
            found.append(Difference(say("Image, picture"), say("another picture"), say("its own")))
            own.content = row.content_id  # type: ignore[assignment]
    return found


def _is_of_one_moment(own: Assessment, row: Assessment) -> bool:
    if own.assessed_on and row.assessed_on:
        return bool(own.assessed_on == row.assessed_on)
    if own.pain_scale and row.pain_scale and own.pain_scale != row.pain_scale:
        return False
    return bool(own.time_point == row.time_point)


def _without(wanted: Sequence[Row], held: Sequence[Row]) -> list[Row]:
    free, left = [_content(row) for row in held], []
    for row in wanted:
        content = _content(row)
        if content in free:
            free.remove(content)
        else:
            left.append(row)
    return left


def _content(row: Row) -> str:
    fields = stored_fields(row)
    return json.dumps(
        {name: value for name, value in fields.items() if name not in _LINKS}, sort_keys=True
    )


def _shown(row: Row, nothing: str = say("nothing said")) -> str:
    told = (
        field.show(getattr(row, field.name))
        for field in row.clinical_fields()
        if field.name in stored_fields(row)
    )
    return ", ".join(told) or nothing


def _copy(row: Row, to: Row) -> None:
    for field in row.clinical_fields():
        setattr(to, field.name, getattr(row, field.name))
    for kind in _SAID_OF_FIELDS:
        setattr(to, kind, dict(getattr(row, kind) or {}))
