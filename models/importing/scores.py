# SPDX-License-Identifier: MIT
"""What headings of pain scores say: the time point, the scale, and which pain was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from models.importing.mapping import ColumnUse
from models.importing.spelled import plain_name
from models.importing.visits.times import is_span, opened, point_meant, says_before, when_told
from models.vocabulary import PainContext, PainScale, PainSite, TimePoint

_TOP = 10.0
_TOP_IN_MM, _NO_SCORE = 100.0, 99.0
_SHARE_ABOVE_TOP = 0.25
"""Of the scores of a table in millimeters far more are above 10; fewer are errors of typing."""

_MOST_LOW = 2
"""So many different scores of 10 mm at most are errors of typing before the procedure; more are of
another scale, which has no more than eleven whole numbers, however many patients there are."""

_TO_100 = re.compile(r"[(\[][^)\]]*(?:\bmm\b|\b100\b)[^)\]]*[)\]]", re.IGNORECASE)
"""Brackets of a heading that tell a scale from 0 to 100: "(mm)", "(0-100)"."""

_SCORE = r"vas|eva|nrs|nprs|vrs|pain|schmerz|schmerzen|douleur|dolor|dolore|dor|pijn"
_PAIN = re.compile(rf"^(?:pain )?({_SCORE})(?:(?<=nrs) 11)?(?: score| pain)?(?: (mm|cm|100|10))?\b")
"""NRS-11 is the numeric scale with its eleven numbers from 0 to 10."""
_PAIN_BEHIND = re.compile(rf"^(.+) ({_SCORE})(?: score| pain)?(?: (mm|cm|100|10))?$")
"""Also where the time comes first: "Preop VAS", "3 month pain score"."""

_PAIN_BETWEEN = re.compile(
    rf"^(post|postop|post op|fu|follow up|nach|apres|despues|dopo) ({_SCORE})(?:(?<=nrs) 11)?"
    r"(?: score| pain)?(?: (mm|cm|100|10))? (.+)$"
)
"""Also where the words around it tell the time together: "Post VAS 3 mo"."""

_WORDS_OF: dict[PainContext | PainSite, str] = {
    PainContext.REST: "rest ruhe reposo repos riposo rust repouso",
    PainContext.ACTIVITY: "movement motion activity activities belastung bewegung movimiento "
    "esfuerzo mouvement effort movimento attivita walking standing gehen beweging belasting",
    PainContext.WORST: "worst maximum peor pire peggiore",
    PainContext.AVERAGE: "average durchschnitt promedio",
    PainContext.NOW: "current now aktuell actual actuel attuale",
    PainSite.BACK: "back lumbar rucken espalda lombaire schiena rug lbp",
    PainSite.LEG: "leg legs bein beine pierna jambe gamba been",
    PainSite.NECK: "neck nacken cuello collo nek",
}
_MEANS = {word: term for term, words in _WORDS_OF.items() for word in words.split()}
_SAYS_NO_TIME = frozenset(
    (
        *_MEANS,
        *("vas", "nrs", "eva", "score", "pain", "value", "total", "level", "low", "scale"),
        *("schmerz", "schmerzen", "wert", "dolor", "valor", "douleur", "dolore", "valeur"),
        *("intensity", "intensitat", "skala", "mm", "cm", "%"),
        *("at", "on", "in", "with", "during", "bei", "unter", "en", "au", "a", "al"),
    )
)
"""What may stand behind the name of a score without telling when it was asked."""

_BRACKETS = re.compile(r"[(\[\])]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PARTS = {
    "low": "low",
    "min": "low",
    "high": "high",
    "max": "high",
    "text": "words",
    "words": "words",
    "date": "on",
    "on": "on",
    "missing": "missing",
}
_SCALES = {
    "vas": PainScale.VAS_10,
    "eva": PainScale.VAS_10,
    "nrs": PainScale.NRS,
    "nprs": PainScale.NRS,
    "vrs": PainScale.VERBAL,
}
_MONTHS_AHEAD = re.compile(r"m (\d+)")
_MONTHS_OF_VISITS = frozenset({3, 6, 12, 24})


def pain_column(name: str) -> tuple[str, str]:
    """Target and pain scale that a heading such as "VAS 3 mo" or "pain_1m_low" names; "" for none.

    "VAS" alone names the scale from 0 to 10; what its cells hold may tell otherwise.
    """
    name = opened(name)
    plain = plain_name(name)
    part = ""
    if found := _PAIN.match(plain):
        score, width, rest = found[1], found[2], plain[found.end() :].strip()
        words = rest.split(" ")
        if words[-1] in _PARTS:
            part, rest = f".{_PARTS[words[-1]]}", " ".join(words[:-1])
    elif found := _PAIN_BEHIND.match(plain):
        rest, score, width = found[1], found[2], found[3]
    elif found := _PAIN_BETWEEN.match(plain):
        rest, score, width = f"post {found[4]}", found[2], found[3]
    else:
        return "", ""
    point = point_beside(name, rest, are_months=score == "eva")
    if point is None:
        return "", ""
    return f"pain.{point}{part}", "" if part else _scale_named(name, score, width)


def point_beside(name: str, rest: str, *, are_months: bool = False) -> TimePoint | None:
    """The time point that a heading tells in ``rest``, beside what it names; None for none.

    ``are_months`` says that "M1" is a month for sure, as where "mois" or "meses" begin so.
    """
    if (before := says_before(name)) is not False:
        return TimePoint.BASELINE if before else None
    if (point := point_meant(rest)) is not None:
        return point
    months = _MONTHS_AHEAD.fullmatch(rest)
    if months and not are_months and int(months[1]) not in _MONTHS_OF_VISITS:
        # "M1" may be the first of some measurements.
        return None
    when = when_told(rest)
    return when.point if when is not None and when.is_plain else None


def score_named(name: str) -> str | None:
    """The pain scale, or "", of a heading that names scores and no time, such as "VAS (0-10)"."""
    name = opened(name)
    plain = plain_name(name)
    found = _PAIN.match(plain)
    if found is None or not {*plain[found.end() :].split()} <= _SAYS_NO_TIME:
        return None
    return _scale_named(name, found[1], found[2])


@cache
def which_pain(heading: str) -> tuple[PainContext | None, PainSite | None]:
    """Which pain, and where, a heading such as "VAS at rest" or "NRS leg" asks for."""
    words = plain_name(_BRACKETS.sub(" ", heading)).split()
    found = [_MEANS[word] for word in words if word in _MEANS]
    contexts = [one for one in found if isinstance(one, PainContext)]
    sites = [one for one in found if isinstance(one, PainSite)]
    return next(iter(contexts), None), next(iter(sites), None)


def is_lesser_pain(heading: str) -> tuple[bool, bool]:
    """Orders scores side by side: that of the back, or just of pain, stands for the visit."""
    context, site = which_pain(heading)
    return site not in (None, PainSite.BACK), context is not None


@cache
def range_named(heading: str) -> str:
    """The range of the scale that a heading names for sure: "NRS" "0-10", "VAS mm" "0-100"; ""."""
    words = plain_name(_BRACKETS.sub(" ", heading))
    if re.search(r"\b(?:mm|100)\b", words):
        return "0-100"
    return "0-10" if re.search(r"\b(?:nrs|nprs|cm|0 10)\b", words) else ""


def _scale_named(name: str, score: str, width: str | None) -> str:
    scale = _SCALES.get(score)
    if scale is None:
        words = plain_name(_BRACKETS.sub(" ", name)).split()
        scale = next((_SCALES[word] for word in words if word in _SCALES), None)
    is_in_mm = width in ("mm", "100") or _TO_100.search(name) is not None
    if scale is PainScale.VAS_10 and is_in_mm:
        scale = PainScale.VAS_100
    return scale.value if scale else ""


def time_without_point(name: str) -> str:
    """When a heading such as "VAS 6 wk" says a score was asked, where no time point is then; "".

    Such a column is not read by itself: what stands for another time point would be a claim that
    the file does not make.
    """
    plain = plain_name(opened(name))
    found = _PAIN.match(plain)
    if found is None or found[1] in ("pain", "dor", "dolor", "dolore"):
        said = plain[found.end() :].strip() if found else ""
        return said if is_span(said) and point_meant(said) is None else ""
    is_read = pain_column(name)[0] or score_named(name) is not None
    return "" if is_read else plain[found.end() :].strip()


def scaled(
    uses: tuple[ColumnUse, ...], sample: dict[str, list[str]], asked_before: Sequence[str]
) -> tuple[ColumnUse, ...]:
    """VAS in millimeters, where more than a few of the scores of the table are above 10.

    Before the procedure hardly anybody marks less than 10 mm: where several did, the table mixes
    two scales, and none is said. ``sample`` holds each cell of a column once, ``asked_before`` the
    scores of then in columns of all visits.
    """
    of_scale = (PainScale.VAS_10, PainScale.VAS_100)
    scored = [use for use in uses if use.scale in of_scale]
    cells = _numbers(cell for use in scored for cell in sample[use.column])
    above = sum(cell > _TOP for cell in cells)
    if not above or above < _SHARE_ABOVE_TOP * len(cells):
        return uses
    before = _numbers(asked_before)
    before += _numbers(
        cell
        for use in scored
        if use.target == f"pain.{TimePoint.BASELINE}"
        for cell in sample[use.column]
    )
    low = {cell for cell in before if cell <= _TOP}
    is_mixed = len(low) > _MOST_LOW or (low and len(low) >= _SHARE_ABOVE_TOP * len({*before}))
    scale = "" if is_mixed else PainScale.VAS_100.value
    return tuple(
        replace(use, scale=scale) if use.scale == PainScale.VAS_10 else use for use in uses
    )


def _numbers(cells: Iterable[str]) -> list[float]:
    """The scores of cells; 99 and 999 stand more often for none than for the worst pain but one."""
    found = (float(cell.replace(",", ".")) for cell in cells if _NUMBER.fullmatch(cell))
    return [score for score in found if score != _NO_SCORE and score <= _TOP_IN_MM]
