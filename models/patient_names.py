# SPDX-License-Identifier: MIT
"""An index of names and record numbers in memory, made only where the clinic stores them.

It forgives diacritics, case, the order of given and family name, and a slip in a word: every word
is known by itself and by what is left when one letter of it is missing, so two words that differ by
one slip share an entry. The audit tells which patients changed since it was last brought up to
date, whoever changed them.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from models.audit import Subject
from models.engines.engine import Engine

_SHORTEST_PREFIX = 3
_SHORTEST_FORGIVEN = 4
_MOST_WORDS_OF_A_PREFIX = 60
_ALIKE = 0.72
_ALL = "SELECT patient_id, full_name, record_number FROM patient_identity"
_LAST = "SELECT COALESCE(MAX(number), 0) FROM audit_entry"
_CHANGED = "SELECT DISTINCT subject_id FROM audit_entry WHERE number > ? AND subject = ?"
_WORDS = re.compile(r"\w+")
_SPELT_OUT = re.compile(r"([aou])e")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "œ": "oe"})


def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a name without case and diacritics, in the order of the alphabet."""
    plain = name.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    # Mueller is how Müller is written where there is no ü.
    return tuple(sorted(_WORDS.findall(_SPELT_OUT.sub(r"\1", plain))))


def is_same_number(stored: str, typed: str) -> bool:
    """Whether two record numbers are the same, without separators and leading zeros."""
    return bool(stored and typed) and _bare(stored) == _bare(typed)


def likeness(stored: str, typed: str) -> float:
    """1 for the same name in any spelling and order, 0 for another one, else between."""
    one, other = words_of_name(stored), words_of_name(typed)
    if not one or not other:
        return 0
    if one == other:
        return 1
    if all(any(_begins_or_slips(word, own) for own in one) for word in other):
        return 0.9
    match = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False)
    if len(other) == 1 or match.quick_ratio() < _ALIKE:
        return 0
    ratio = match.ratio()
    return ratio if ratio >= _ALIKE else 0


class NameIndex:
    """Who may be meant by a name or record number; the record says whether they are.

    Made once, in a worker; safe between threads. What was true of a patient once stays in, so a
    candidate has to be compared with what is stored.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_word: dict[str, list[str]] = {}
        self._by_rest: dict[str, tuple[str, ...]] = {}
        self._by_number: dict[str, tuple[str, ...]] = {}
        self._in_order: list[str] | None = None
        self._as_of = -1

    def refresh(self, database: Engine) -> None:
        """Take up what was changed since the last time; everything the first time."""
        with self._lock:
            (last,) = database.execute_sql(_LAST).fetchone()
            if self._as_of < 0:
                self._take(database.execute_sql(_ALL))
            elif last != self._as_of:
                found = database.execute_sql(_CHANGED, (self._as_of, Subject.PATIENT.value))
                for (patient_id,) in list(found):
                    self._take(database.execute_sql(f"{_ALL} WHERE patient_id = ?", (patient_id,)))
            self._as_of = last

    def candidates(self, name: str, record_number: str, most: int) -> set[str]:
        """Patients who share words of the name, exactly or nearly, or the record number."""
        with self._lock:
            found = set(self._by_number.get(_bare(record_number), ())) if record_number else set()
            votes: Counter[str] = Counter()
            for word in words_of_name(name):
                votes.update(self._by_word.get(word, ()))
                votes.update(set(self._sharing(word)))
            return found | {patient_id for patient_id, _ in votes.most_common(most)}

    def _take(self, stored: Iterable[tuple[str, str | None, str | None]]) -> None:
        for patient_id, name, number in stored:
            for word in words_of_name(name or ""):
                if word not in self._by_word:
                    self._in_order = None
                    self._by_word[word] = []
                    for rest in _rests(word):
                        self._by_rest[rest] = (*self._by_rest.get(rest, ()), word)
                self._by_word[word].append(patient_id)
            if number:
                bare = _bare(number)
                self._by_number[bare] = (*self._by_number.get(bare, ()), patient_id)

    def _sharing(self, word: str) -> Iterator[str]:
        nearly = {near for rest in _rests(word) for near in self._by_rest.get(rest, ())}
        for near in {word, *nearly, *self._beginning(word)}:
            yield from self._by_word.get(near, ())

    def _beginning(self, start: str) -> list[str]:
        """Words that are still being typed."""
        if len(start) < _SHORTEST_PREFIX:
            return []
        if self._in_order is None:
            self._in_order = sorted(self._by_word)
        first = bisect_left(self._in_order, start)
        near = self._in_order[first : first + _MOST_WORDS_OF_A_PREFIX]
        return [word for word in near if word.startswith(start)]


def _rests(word: str) -> Iterator[str]:
    """The word, and what is left of it without one of its letters."""
    yield word
    if len(word) >= _SHORTEST_FORGIVEN:
        yield from {word[:place] + word[place + 1 :] for place in range(len(word))}


def _begins_or_slips(typed: str, own: str) -> bool:
    if own == typed or (len(typed) >= _SHORTEST_PREFIX and own.startswith(typed)):
        return True
    if min(len(typed), len(own)) < _SHORTEST_FORGIVEN:
        return False
    return not set(_rests(typed)).isdisjoint(_rests(own))


def _bare(number: str) -> str:
    return re.sub(r"[\W_]+", "", number.casefold()).lstrip("0")
