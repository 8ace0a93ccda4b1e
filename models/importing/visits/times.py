# SPDX-License-Identifier: MIT
"""When a visit was, as tables of strangers say it: a word, a span, or a number of months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from models.importing.spelled import plain_name
from models.vocabulary import TimePoint

_POINTS = {
    said: point
    for point, names in {
        TimePoint.BASELINE: "pre|preop|pre op|pre procedure|baseline|before|basal|"
        # As a German, French or Spanish clinic says it; accents are gone by then.
        "pra|prae|praop|pra op|praeop|prae op|praoperativ|vor|vor op|vorher|avant|antes|prima|"
        "initial|inicial|voor|voor op|przed|pre operatorio|antes da cirurgia|onces|oncesi",
        TimePoint.UNDATED: "post|postop|post op|after|follow up|fu|"
        "postoperative|post operative|postoperatoria|postoperatorio|postoperatoire|"
        "nach|nach op|nachher|postoperativ|apres|despues|dopo|verlauf|kontrolle|nachkontrolle|"
        "po|pos|pos op|pos operatorio|depois|sonras|sonrasi",
        TimePoint.H24: "1 day|day 1|tag 1|j 1",
    }.items()
    for said in names.split("|")
}
_UNITS = {
    1 / 24: r"h|hrs?|hours?|std|stunden?|heures?|horas?",
    1: r"d|days?|t|tage?n?|jours?|dias?|giorn[oi]",
    7: r"w|wks?|weeks?|wo|wochen?|semaines?|semanas?|settiman[ae]|weken|tyg",
    30: r"m|mo|mos|mths?|months?|mon|monate?n?|mois|mes|meses|mesi|mese|maanden?|mies|ay",
    360: r"y|yrs?|years?|j|jahre?n?|ans?|anos?|ann[oi]|jaar|lat",
}
_SPAN = re.compile(
    r"^(?:(?:at|after|post|postop|follow up|fu|nach|apres|tras|a los|na|po|pos) )?(\d{1,5}) ?"
    rf"(?:{'|'.join(f'({words})' for words in _UNITS.values())})$"
)
_POINT_OF_DAYS = {
    days: point
    for point, spans in {
        TimePoint.H24: (1,),
        TimePoint.W1: (7,),
        # Also so many whole weeks: 4, 12 or 13, 26, 52, 104.
        TimePoint.M1: (30, 28),
        TimePoint.M3: (90, 84, 91),
        TimePoint.M6: (180, 182),
        TimePoint.M12: (360, 364, 365),
        TimePoint.M24: (720, 728, 730),
    }.items()
    for days in spans
}

_FILLERS = frozenset(
    (
        *("at", "after", "since", "the", "of", "op", "post", "postop", "postoperative", "surgery"),
        *("operation", "procedure", "treatment", "follow", "up", "fu", "followup", "visit"),
        *("control", "review", "later", "out", "time", "point", "event", "assessment"),
        *("nach", "seit", "der", "dem", "postoperativ", "verlauf", "kontrolle", "nachkontrolle"),
        *("eingriff", "termin", "visite", "zeitpunkt", "untersuchung", "besuch", "nachsorge"),
        *("a", "los", "las", "la", "el", "al", "de", "del", "tras", "despues", "cirugia"),
        *("postoperatorio", "seguimiento", "visita", "revision", "intervencion", "tiempo"),
        *("apres", "suivi", "controle", "consultation", "post", "delai", "temps", "postoperatoire"),
        *("dopo", "intervento", "controllo", "tempo", "dopo", "l"),
    )
)
"""Words that say nothing of when."""

_NUMBERS = {
    word: number
    for number, words in {
        1: "one an ein eine einem einer un une una uno",
        2: "two zwei deux dos due",
        3: "three drei trois tres tre",
        4: "four vier quatre cuatro quattro",
        6: "six sechs seis sei",
        12: "twelve zwolf douze doce dodici",
    }.items()
    for word in words.split()
}
_LAST = frozenset(
    (
        *("last", "last follow up", "last fu", "final", "final follow up", "latest", "last visit"),
        *("latest follow up", "final visit", "letzte kontrolle", "letzter verlauf"),
        *("letzte nachkontrolle", "ultimo control", "ultima revision", "dernier suivi"),
        *("derniere consultation", "ultimo controllo", "follow up", "fu", "verlauf", "kontrolle"),
        *("nachkontrolle", "last visit", "letzte untersuchung", "ultimo seguimiento"),
    )
)
"""Visits at any time after the procedure."""

_RIGHT_AFTER = frozenset(
    (
        *("discharge", "at discharge", "immediate", "immediate post op", "immediate postop"),
        *("immediately post op", "entlassung", "sortie", "bei entlassung", "entlassungstag"),
        *("alta", "al alta", "a la sortie", "dimissione", "alla dimissione", "post operativ"),
        *("postoperatorio", "postoperatoire", "post procedure", "post operative"),
        *("postoperative", "post treatment", "post surgery", "immediately postop"),
        *("immediately postoperative", "immediate postoperative", "direkt postop"),
        *("unmittelbar postop", "unmittelbar postoperativ", "postoperatoria", "postop inmediato"),
        *("postoperatorio inmediato", "postoperatoria inmediata"),
    )
)
"""Visits soon after the procedure whose day nobody says."""

_BEFORE = frozenset(
    (
        *("preoperative", "pre operative", "preoperativ", "preoperatorio", "preoperatoire"),
        *("pre treatment", "pretreatment", "pre surgery", "preprocedure", "before procedure"),
        *("before surgery", "before treatment", "pre intervention", "preintervention"),
        *("screening", "enrollment", "enrolment", "inclusion", "aufnahme", "bei aufnahme"),
        *("prae operativ", "praoperativ", "ausgangswert", "basislinie", "vor eingriff"),
        *("vor dem eingriff", "preoperatoria", "antes de la cirugia", "antes de cirugia"),
        *("preop visit", "ingreso", "avant intervention", "avant l intervention", "admission"),
        *("basale", "preoperatoria", "linea de base", "linea basal", "situation initiale"),
    )
)
_HALF_YEAR, _QUARTER = (
    re.compile(
        rf"(?<![\d/.,-])(?:1[/\u2044]{part}|{sign}|{word})\s*(?:jahr(?:es)?|years?|yr|a[n\u00f1]o|an)\b",
        re.IGNORECASE,
    )
    for part, sign, word in ((2, "\u00bd", "halbes|half a|medio"), (4, "\u00bc", "quarter"))
)
_ARM = re.compile(r" arm \d+$")
_NUMBER_AHEAD = re.compile(r"(\d{1,5}) ?([a-z]+)")
_UNIT_AHEAD = re.compile(r"([a-z]+) ?(\d{1,5})")
_J_ALONE = re.compile(r"\d+ j")
_MINUS = ("-", "\u2212")
_FEW = r"j|d|t|m|w|s|days?|tage?|jours?|dias?|d\u00edas?|months?|monate?|mois|weeks?|wochen?"
_BEFORE_BY_SIGN = re.compile(rf"(?:^|[^\w-])(?:{_FEW})?(?:j|\s)[-\u2212]\d+(?!\w)", re.IGNORECASE)
_JOINED_BY_SIGN = re.compile(rf"(?:^|[^\w-])(?:{_FEW})[-\u2212]\d+(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"([+\-\u2212]?)\s*(\d{1,5})(?:[.,](\d{1,9}))?")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 360}
_UNIT_OF_DAYS: dict[float, str] = {days: unit for unit, days in _DAYS.items()}
_LAST_DAY = 36_500


@dataclass(frozen=True, slots=True)
class When:
    """When a visit was.

    Attributes:
        point: the time point that is named; None where none has that name.
        days: days after the procedure, where a span or number says so; None where nothing does.
        words: as it stands in the file.
        is_late: it may be long after the procedure, as a last visit is.
    """

    point: TimePoint | None
    days: int | None
    words: str
    is_late: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the time point says all that the words do."""
        return self.point is not None and self.point is not TimePoint.UNDATED


def point_meant(said: str) -> TimePoint | None:
    """The time point that words in plain spelling name, such as "pre op" or "3 mo"; or None."""
    if said in _POINTS:
        return _POINTS[said]
    if found := _SPAN.match(said):
        unit = next(days for days, said in zip(_UNITS, found.groups()[1:], strict=True) if said)
        days = round(int(found[1]) * unit)
        return _POINT_OF_DAYS.get(days)
    return TimePoint.meant_by(said)


def point_of(cell: str) -> TimePoint | None:
    """The time point that a cell names; None for none, and where a sign leaves it open."""
    if (before := says_before(cell)) is not False:
        return TimePoint.BASELINE if before else None
    return point_meant(plain_name(cell))


def is_span(said: str) -> bool:
    """Whether words in plain spelling are a span of time, such as "6 wk"."""
    return _SPAN.match(said) is not None


def opened(heading: str) -> str:
    """A heading without the brackets around a time: "VAS (pre)" is "VAS pre"."""

    def bare(found: re.Match[str]) -> str:
        said = plain_name(found[1])
        is_time = said and (point_meant(said) or is_span(said) or when_told(found[1]))
        return f" {found[1]} " if is_time else found[0]

    return _in_months(_BRACKETS.sub(bare, heading))


def _in_months(text: str) -> str:
    """The same with half and a quarter of a year as months."""
    return _QUARTER.sub("3 months", _HALF_YEAR.sub("6 months", text))


def says_before(text: str) -> bool | None:
    """Whether a sign before a number makes it one of before the procedure, as in "EVA J-1".

    None where it may just join the number to its word, as in "Day-1" and "D-30".
    """
    if _BEFORE_BY_SIGN.search(text):
        return True
    return None if _JOINED_BY_SIGN.search(text) else False


def when_told(text: str) -> When | None:
    """When a cell such as "pre", "3 mo", "M12", "nach 6 Wochen" or "discharge" says; or None."""
    plain, words = _plain(text), text.strip()
    if (before := says_before(words)) is None:
        return None
    if before and not words.startswith(_MINUS):
        return When(TimePoint.BASELINE, None, words)
    if words.startswith(_MINUS):
        is_told = is_span(plain) or _days_of(plain) is not None
        return When(TimePoint.BASELINE, None, words) if is_told else None
    if _J_ALONE.fullmatch(plain):
        return None
    if plain in _BEFORE:
        return When(TimePoint.BASELINE, None, words)
    if plain in _LAST or plain in _RIGHT_AFTER:
        return When(TimePoint.UNDATED, None, words, is_late=plain in _LAST)
    point = point_meant(plain)
    if point is not None:
        return When(point, None, words)
    days = _days_of(plain)
    return None if days is None else _after(round(days), words)


def when_counted(text: str, unit: str) -> When | None:
    """When a cell of a column that counts days, weeks, months or years says; or None.

    Words of time stand in such columns too. 0 months, weeks or years are before the procedure; of
    day 0 nobody knows whether it was asked in its morning or its evening.
    """
    words = text.strip()
    found = _NUMBER.fullmatch(words)
    if found is None:
        return when_told(text)
    number = float(f"{found[2]}.{found[3] or 0}")
    if found[1] in _MINUS and number:
        return When(TimePoint.BASELINE, None, words)
    if not number:
        return None if unit == "days" else When(TimePoint.BASELINE, None, words)
    days = round(number * _DAYS[unit])
    return _after(days, f"{number:g} {unit}")


def unit_counted(heading: str) -> str:
    """In what a heading such as "FU (months)" or "Wochen nach OP" counts; "" for no such heading.

    All its other words have to be those of visits.
    """
    bracketed = _BRACKETS.findall(heading)
    words = plain_name(heading).split()
    # "T" is as often a T-score as days, and "M" a man.
    if not bracketed and all(len(word) < 2 for word in words):
        return ""
    words += [word for said in bracketed for word in plain_name(said).split()]
    found = {_UNIT_OF_DAYS.get(_days_in(word) or 0, "") for word in words if word not in _FILLERS}
    return found.pop() if len(found) == 1 else ""


def _after(days: int, words: str) -> When | None:
    """The visit so many days after the procedure; None where nobody lives to see it."""
    return When(_POINT_OF_DAYS.get(days), days, words) if days <= _LAST_DAY else None


@lru_cache(512)
def _plain(text: str) -> str:
    return _ARM.sub("", plain_name(_in_months(text)))


def _days_of(plain: str) -> float | None:
    """The days of a span such as "follow up month 6" or "j 30"; None for other words.

    "7 j" is none: it is days in French, and years in German.
    """
    kept = [word for word in plain.split() if word not in _FILLERS]
    # The last word is the unit: "an" is one in English, and a year in French.
    ahead = [f"{_NUMBERS[word]}" if word in _NUMBERS else word for word in kept[:-1]]
    text = " ".join([*ahead, *kept[-1:]])
    if found := _NUMBER_AHEAD.fullmatch(text):
        number, days = int(found[1]), _days_in(found[2])
        days = None if found[2] == "j" else days
    elif found := _UNIT_AHEAD.fullmatch(text):
        # "T 1" is the first of some times, and not a day.
        number, days = int(found[2]), {"j": 1.0, "t": None}.get(found[1], _days_in(found[1]))
    else:
        return None
    return None if days is None or not number else number * days


@cache
def _days_in(word: str) -> float | None:
    """Days of a unit that is called so: of "mo" 30; None for no unit."""
    return next((days for days, said in _UNITS.items() if re.fullmatch(said, word)), None)
