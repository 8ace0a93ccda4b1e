# SPDX-License-Identifier: MIT
"""What differs between two states of a patient or case, in words, and who said each of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.document import Document, model_of
from models.fields import ClinicalField, Words
from models.history.places import place_of
from models.history.wording import Cell, label_of, one_line, text_at
from models.logbook import Logbook
from models.other_logbook.lines import Line, Shown
from models.other_logbook.states import Saying, sayings
from models.other_logbook.threeway import Difference, Side, Spot
from models.speech import say

REMOVED = say("removed")
WHOLE_ROW = say("Whole entry")
_NO_WORD = frozenset({("position",), ("procedure",), ("added_at",)})


def shown_of(line: Line, differences: tuple[Difference, ...]) -> Iterator[Shown]:
    """Those that change something of ours, in the order of the record; who said it is not told."""
    for one in differences:
        if one.changed_by is not Side.MINE and one.spot.unit not in _NO_WORD:
            yield _shown(line, one)


def text_of(spot: Spot, document: Document, bases: Sequence[Document] = ()) -> str:
    """What a state says there, in words; "" for nothing."""
    row = document.get(spot.table, {}).get(spot.row_id)
    if row is None:
        was_there = any(spot.row_id in base.get(spot.table, {}) for base in bases)
        return REMOVED if was_there else ""
    return one_line(text_at(spot.table, row, spot.unit, document))


def place_and_label(spot: Spot, document: Document) -> tuple[str, str]:
    """Where in the case a spot is, and what it is called; ``document`` has its row."""
    key = spot.table, spot.row_id
    label = label_of(Cell(*key, spot.unit)) if spot.unit else WHOLE_ROW
    return place_of(key, document), label


def with_sayings(
    line: Line, shown: tuple[Shown, ...], mine: Logbook, theirs: Logbook
) -> tuple[Shown, ...]:
    """The same with who gave each side its value, and when."""
    keys = {one.spot: _keys(one.spot) for one in shown}
    every = [key for own in keys.values() for key in own]
    own = sayings(mine.database, line.subject, line.subject_id, every)
    other = sayings(theirs.database, line.subject, line.their_id, every)
    if line.subject_id != line.their_id:
        # Their rows of the patient have ids of their own.
        renamed = [
            (table, line.their_id if row_id == line.subject_id else row_id, column)
            for table, row_id, column in every
        ]
        told = sayings(theirs.database, line.subject, line.their_id, renamed)
        other = {key: told[name] for key, name in zip(every, renamed, strict=True) if name in told}
    return tuple(
        Shown(
            one.spot,
            one.place,
            one.label,
            one.mine,
            one.theirs,
            one.changed_by,
            one.is_identifier,
            _latest(own, keys[one.spot]),
            _latest(other, keys[one.spot]),
        )
        for one in shown
    )


def _shown(line: Line, difference: Difference) -> Shown:
    spot = difference.spot
    has = line.mine if spot.row_id in line.mine.get(spot.table, {}) else line.theirs
    return Shown(
        spot,
        *place_and_label(spot, has),
        text_of(spot, line.mine, line.bases),
        text_of(spot, line.theirs, line.bases),
        difference.changed_by,
        _is_identifier(spot),
    )


def _is_identifier(spot: Spot) -> bool:
    """Also free text, which may name a person whatever its field is for; a code does not."""
    fields = model_of(spot.table)._meta.fields
    names = spot.unit or tuple(fields)
    return any(
        isinstance(field := fields[name], ClinicalField)
        and (field.identifier or (isinstance(field, Words) and field.long))
        for name in names
    )


def _keys(spot: Spot) -> list[tuple[str, str, str]]:
    names = (*spot.unit, "missing", "explained") if spot.unit else ("",)
    return [(spot.table, spot.row_id, name) for name in names]


def _latest(
    said: dict[tuple[str, str, str], Saying], keys: list[tuple[str, str, str]]
) -> Saying | None:
    # Why it is missing counts only where nothing was ever said of the value itself.
    own = [said[key] for key in keys if key in said and key[2] not in ("missing", "explained")]
    rest = [said[key] for key in keys if key in said]
    return max(own or rest, key=lambda saying: saying.at, default=None)
