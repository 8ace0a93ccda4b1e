# SPDX-License-Identifier: MIT
"""The pain of one case as cells of the flat export: which score stands in which column, and why.

A time point's column holds the score that is ``chosen`` for it, as in every analysis. Follow-ups
whose day after the procedure is not known to the day stand under ``undated``, whatever time point
was stated, and of the scores there and under ``later`` the last one counts. The reason for a score
that nobody could ask has no day at all; it stands under the time point for which it was due.

All pain columns of a case are on one scale: that of the first score in the order of the columns,
which is the baseline where there is one, and the latest where there are several. Scores on another
scale stand in no column; how many there are is in ``pain_other_scale``. Two verbal scales with
different tops are different scales, and a score whose scale was not stated fits only others of
that kind.

An exact score stands in the pain column and leaves low and high empty; a range leaves the pain
column empty and fills low and high. Words never become a number: the last words said at a time
point stand in its words column, and an outcome chosen from the list in its outcome column.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.exchange.columns import Cell, Column, Holds
from models.exchange.csv_text import joined
from models.schema import Assessment
from models.speech import lowered, say
from models.vocabulary import PainScale, TimePoint

_FIELDS = {field.name: field for field in Assessment.clinical_fields()}

PLANNED = tuple(term for term in TimePoint if term not in (TimePoint.LATER, TimePoint.UNDATED))
"""Time points whose pain column has a name that scripts rely on."""

UNPLANNED = (TimePoint.LATER, TimePoint.UNDATED)

_FULL_DATE = len("2026-03-14")


STORED = (
    "time_point",
    "assessed_on",
    "chosen",
    "pain_scale",
    "pain_scale_max",
    "pain_low",
    "pain_high",
    "pain_words",
    "global_outcome",
    "missing_reason",
)
"""The fields of an assessment that are read here, in their order."""


_Scale = tuple[Cell, Cell]
"""What tells a scale from others: verbal scales differ by their top."""


_Score = tuple[_Scale, Cell, Cell, Cell]
"""Scale, low, high and day."""

Said = tuple[Cell, ...]
"""The fields ``STORED`` of an assessment; of those that are no number "" is the same as None."""


def names() -> tuple[str, ...]:
    """The columns in the order of ``cells``."""
    return ("pain_scale", *_NAMES_RELIED_ON, *_FURTHER_NAMES)


def columns() -> list[Column]:
    """What each column holds, by the field of the assessment that it is worked out of."""
    told = [
        Column(
            "pain_scale", _FIELDS["pain_scale"], say("The scale of all pain columns of the case.")
        ),
        _like("pain_scale_max", "pain_scale_max", say("Top of the scale, where it is not fixed.")),
    ]
    for term in TimePoint:
        when = say("Pain, {term}", term=lowered(term.label))
        name = f"pain_{term}"
        told += [
            _like(
                name, "pain_low", say("{when}: exact score, on the scale in pain_scale.", when=when)
            ),
            _like(
                f"{name}_low",
                "pain_low",
                say("{when}: lower end, where a range was reported.", when=when),
            ),
            _like(
                f"{name}_high",
                "pain_high",
                say("{when}: upper end, where a range was reported.", when=when),
            ),
            _like(f"{name}_words", "pain_words", say("{when}: as reported in words.", when=when)),
            _like(f"{name}_on", "assessed_on", say("{when}: date of the score.", when=when)),
            _like(
                f"{name}_missing",
                "missing_reason",
                say("{when}: why there is no score.", when=when),
            ),
            _like(
                f"outcome_{term}",
                "global_outcome",
                say("{when}: outcome in words, a term.", when=when),
            ),
        ]
    counts = {
        "pain_score_count": say("Number of pain scores in the record of the case."),
        "pain_other_scale": say("Of these, on another scale; they stand in no pain column."),
    }
    return [*told, *(Column(name, None, of, made_of=Holds.COUNT) for name, of in counts.items())]


def _like(name: str, field: str, told: str) -> Column:
    return Column(name, None, told, like=_FIELDS[field])


def cells(said: Sequence[Said], performed_on: Cell) -> list[Cell]:
    """The cells of one case.

    ``said`` has the fields ``STORED`` of its assessments, in the order of date and entry.
    """
    row: list[Cell] = [None] * _WIDTH
    for place, value in _placed(said, performed_on).items():
        row[place] = value
    return row


def text(said: Sequence[Said], performed_on: Cell) -> str:
    """The same as text of CSV."""
    row = [""] * _WIDTH
    for place, value in _placed(said, performed_on).items():
        if value is not None:
            row[place] = value if type(value) is str else str(value)
    return joined(row)


def _placed(said: Sequence[Said], performed_on: Cell) -> dict[int, Cell]:
    """What stands in the row, by its place."""
    row: dict[int, Cell] = {}
    standing: dict[Cell, dict[_Scale, _Score]] = {}
    scales: list[_Scale] = []
    dated = _is_a_day(performed_on)
    for stated, day, chosen, scale, top, low, high, words, outcome, missing in said:
        point = stated
        is_a_day = type(day) is str and len(day) == _FULL_DATE
        if not (dated and is_a_day and stated) and stated != _BASELINE:
            point = _UNDATED
        at = _COMPANIONS[point]
        if words:
            row[at + _WORDS] = words
        if outcome:
            row[at + _OUTCOME] = outcome
        if low is None:
            due = at if day else _COMPANIONS[stated or _UNDATED]
            row[due + _MISSING] = missing or row.get(due + _MISSING) or None
            continue
        own_scale = (scale or None, top if scale == _VERBAL else None)
        scales.append(own_scale)
        if chosen or point in _LAST_COUNTS:
            # Anew at the end, where the one that counts is looked for.
            at_point = standing.get(point)
            if at_point is None:
                at_point = standing[point] = {}
            elif own_scale in at_point:
                del at_point[own_scale]
            at_point[own_scale] = (own_scale, low, high, day or None)
    _put_scores(row, standing, scales)
    return row


def _put_scores(
    row: dict[int, Cell], standing: dict[Cell, dict[_Scale, _Score]], scales: list[_Scale]
) -> None:
    row[_SCORE_COUNT] = len(scales)
    if not standing:
        return
    first = _BASELINE if _BASELINE in standing else min(standing, key=_SCORES.__getitem__)
    own_scale = _leading(first, list(standing[first].values()))[0]
    row[0], row[_SCALE_MAX] = own_scale
    row[_OTHER_SCALE] = len(scales) - scales.count(own_scale)
    for point, by_scale in standing.items():
        if own_scale not in by_scale:
            continue
        _, low, high, day = by_scale[own_scale]
        at = _COMPANIONS[point]
        if low == high:
            row[_SCORES[point]] = low
        else:
            row[at], row[at + 1] = low, high
        row[at + _ON], row[at + _MISSING] = day, None


def _leading(point: Cell, scores: list[_Score]) -> _Score:
    """The score that names the scale: the latest, and of the same day the first entered."""
    if point in _LAST_COUNTS:
        return scores[-1]
    return max(scores, key=lambda score: str(score[-1] or "")) if len(scores) > 1 else scores[0]


def _is_a_day(date: Cell) -> bool:
    return isinstance(date, str) and len(date) == _FULL_DATE


_PARTS = ("low", "high", "words", "on", "missing")
_WORDS, _ON, _MISSING = (_PARTS.index(part) for part in ("words", "on", "missing"))
_OUTCOME = len(_PARTS)

_NAMES_RELIED_ON = tuple(f"pain_{term}" for term in PLANNED)
_OWN_NAMES = ("pain_scale_max", "pain_score_count", "pain_other_scale")


def _further_names() -> tuple[str, ...]:
    told: list[str] = []
    for term in TimePoint:
        told += [f"pain_{term}"] if term in UNPLANNED else []
        told += [f"pain_{term}_{part}" for part in _PARTS]
        told.append(f"outcome_{term}")
    return (*told, *_OWN_NAMES)


_FURTHER_NAMES = _further_names()
_PLACES = {name: place for place, name in enumerate(names())}
_WIDTH = len(_PLACES)
_SCORES: dict[Cell, int] = {term.value: _PLACES[f"pain_{term}"] for term in TimePoint}
_COMPANIONS: dict[Cell, int] = {term.value: _PLACES[f"pain_{term}_low"] for term in TimePoint}
_SCALE_MAX, _SCORE_COUNT, _OTHER_SCALE = (_PLACES[name] for name in _OWN_NAMES)
# Plain text compares faster than a term does.
_BASELINE, _UNDATED = TimePoint.BASELINE.value, TimePoint.UNDATED.value
_LAST_COUNTS = frozenset(term.value for term in UNPLANNED)
_VERBAL = PainScale.VERBAL.value
