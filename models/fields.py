# SPDX-License-Identifier: MIT
"""peewee fields that know what they hold: label, unit, ranges, terms, and how to read typed text.

Everything that shows, checks, exports or explains a field asks the field; nothing repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, TypeVar

import peewee

from models.errors import InvalidValue
from models.numbers import Range, read_number, show_number
from models.partial_date import PartialDate
from models.vocabulary.base import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence


V = TypeVar("V")

_BINARY_NOISE = 1e-9
"""0.1 + 0.2 is not 0.3; such a difference is no exactness that anybody entered."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class When:
    """A field applies only where another field of the same row holds one of ``terms``."""

    field: str
    terms: tuple[Vocabulary, ...]

    def holds(self, row: object) -> bool:
        """Whether the condition is met in ``row``."""
        value = getattr(row, self.field)
        held = value if isinstance(value, tuple) else (value,)
        return any(term in held for term in self.terms)


def when(field: str, *terms: Vocabulary) -> When:
    """Short for ``When(field, terms)``."""
    return When(field, terms)


class Part(StrEnum):
    """Which part of a reported number a column holds."""

    LOW = "low"
    HIGH = "high"
    WORDS = "words"


class ClinicalField(peewee.Field):
    """What every field of the record knows about itself.

    Attributes:
        label: what people read beside the box.
        unit: UCUM-like unit text such as "mL", or "".
        core: True if a case is not complete without it (where ``applies`` holds).
        applies: the condition under which the field means anything, or None for always.
        identifier: True if it can identify a person; such fields are left out of exports.
        part: LOW, HIGH or WORDS where the column belongs to a reported number, else None.
        stem: name of the reported number that the column belongs to, or "".
    """

    def __init__(
        self,
        label: str,
        unit: str = "",
        *,
        help: str = "",
        core: bool = False,
        applies: When | None = None,
        identifier: bool = False,
        part: Part | None = None,
        stem: str = "",
        index: bool = False,
        unique: bool = False,
    ) -> None:
        super().__init__(null=True, help_text=help, verbose_name=label, index=index, unique=unique)
        self.label = label
        self.unit = unit
        self.core = core
        self.applies = applies
        self.identifier = identifier
        self.part = part
        self.stem = stem

    @property
    def help(self) -> str:
        """What is recorded, why and by whose definition, in one or two sentences."""
        return self.help_text or ""

    def applies_to(self, row: object) -> bool:
        """Whether the field means anything in ``row``."""
        return self.applies is None or self.applies.holds(row)

    def parse(self, text: str) -> object:
        """The value that typed ``text`` means; None for empty text.

        Raises:
            InvalidValue: in words that can stand beside the box.
        """
        return self._accept(text.strip() or None)

    def show(self, value: object) -> str:
        """``value`` as people read it, without the unit; "" for None."""
        return "" if value is None else str(value)

    def refusal(self, value: object) -> str:
        """Why ``value`` is impossible, as a sentence; "" when it is not."""
        return ""

    def surprise(self, value: object, region: str = "") -> str:
        """Why ``value`` is unusual, as a sentence; "" when it is not. ``region`` as in Level."""
        return ""

    def _accept(self, value: V) -> V:
        if why := self.refusal(value):
            raise InvalidValue(self.name, why)
        return value

    def _find(self, vocabulary: type[Vocabulary], text: str) -> Vocabulary:
        term = vocabulary.meant_by(text)
        if term is None:
            known = ", ".join(term.label for term in vocabulary)
            raise InvalidValue(
                self.name, f"{self.label} does not know {text.strip()}.", f"Known are: {known}."
            )
        return term


class Words(ClinicalField, peewee.TextField):
    """Free text. ``long`` asks for several lines."""

    def __init__(self, label: str, *, long: bool = False, **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.long = long

    def db_value(self, value: str | None) -> str | None:
        """Empty text is stored as missing, so that there is one way of being empty."""
        return value or None

    def refusal(self, value: object) -> str:
        """Characters that no file can hold: NUL, and halves of a UTF-16 pair."""
        if isinstance(value, str) and _UNSTORABLE.search(value):
            return f"{self.label} holds a character that cannot be stored."
        return ""


class Number(ClinicalField):
    """A measured number, kept to ``decimals`` places.

    Attributes:
        hard: limits outside which a value is impossible and refused.
        usual: limits outside which a value is kept and marked.
        usual_by_region: usual limits that depend on the region of the spine.
    """

    field_type = "NUMERIC"

    def __init__(
        self,
        label: str,
        unit: str = "",
        *,
        hard: tuple[float | None, float | None] = (None, None),
        usual: tuple[float | None, float | None] = (None, None),
        usual_by_region: Mapping[str, tuple[float, float]] | None = None,
        decimals: int = 1,
        **knows: object,
    ) -> None:
        super().__init__(label, unit, **knows)  # type: ignore[arg-type]
        self.hard = Range(*hard)
        self.usual = Range(*usual)
        self.usual_by_region = {k: Range(*v) for k, v in (usual_by_region or {}).items()}
        self.decimals = decimals

    def db_value(self, value: float | None) -> float | int | None:
        """Rounded to the places that are kept, as a whole number where it is one."""
        if value is None:
            return None
        kept = round(float(value), self.decimals)
        return int(kept) if kept.is_integer() else kept

    def python_value(self, value: float | None) -> float | None:
        """A float, whichever way the engine hands numbers out."""
        return None if value is None else float(value)

    def parse(self, text: str) -> float | None:
        """Read a number with decimal point or comma; a unit behind it is allowed."""
        try:
            value = read_number(text, self.unit)
        except ValueError as error:
            raise InvalidValue(self.name, f"{self.label}: {error}") from error
        return self._accept(value)

    def show(self, value: object) -> str:
        """Without needless zeros."""
        return show_number(value, self.decimals) if isinstance(value, int | float) else ""

    def refusal(self, value: object) -> str:
        """Outside the hard limits, or more exact than is kept."""
        if not isinstance(value, int | float):
            return ""
        if value not in self.hard:
            return f"{self.label} {self.show(value)} is not possible: {self._limits(self.hard)}."
        if abs(value - round(value, self.decimals)) > _BINARY_NOISE:
            places = "one decimal place" if self.decimals == 1 else f"{self.decimals} places"
            return f"{self.label} is kept to {places}, {value:.10g} has more."
        return ""

    def surprise(self, value: object, region: str = "") -> str:
        """Outside the usual limits of the region."""
        usual = self.usual_by_region.get(region, self.usual)
        if value is None or value in usual:
            return ""
        where = f" in the {region} spine" if region in self.usual_by_region else ""
        return f"{self.label} {self.show(value)} is unusual{where}: {self._limits(usual)}."

    def _limits(self, limits: Range) -> str:
        return f"expected {limits}{' ' + self.unit if self.unit else ''}"


class Count(Number):
    """A whole number."""

    field_type = "INTEGER"

    def __init__(self, label: str, unit: str = "", **knows: object) -> None:
        super().__init__(label, unit, decimals=0, **knows)  # type: ignore[arg-type]

    def python_value(self, value: float | None) -> int | None:
        """An int."""
        return None if value is None else int(value)

    def refusal(self, value: object) -> str:
        """Not whole, or outside the hard limits."""
        if isinstance(value, float) and not value.is_integer():
            return f"{self.label} is a whole number, {value:g} is not."
        return super().refusal(value)

    def parse(self, text: str) -> int | None:
        """Read a whole number."""
        value = super().parse(text)
        return None if value is None else int(value)


class TermField(ClinicalField, peewee.TextField):
    """One term of a vocabulary."""

    def __init__(self, label: str, vocabulary: type[Vocabulary], **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.vocabulary = vocabulary

    def db_value(self, value: str | None) -> str | None:
        """The code, refused if the vocabulary has none such."""
        return None if value is None else str(self.vocabulary(value))

    def python_value(self, value: str | None) -> Vocabulary | None:
        """The term."""
        return None if value is None else self.vocabulary(value)

    def parse(self, text: str) -> Vocabulary | None:
        """Read a code, label or synonym."""
        if not text.strip():
            return None
        return self._find(self.vocabulary, text)

    def show(self, value: object) -> str:
        """The label."""
        return value.label if isinstance(value, Vocabulary) else ""


class TermsField(ClinicalField, peewee.TextField):
    """Several terms of a vocabulary, stored as codes joined by "|" in the vocabulary's order.

    An empty choice is stored as missing: "none of these" has to be a term of its own.
    """

    separator: ClassVar[str] = "|"

    def __init__(self, label: str, vocabulary: type[Vocabulary], **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.vocabulary = vocabulary
        self.default = ()

    def db_value(self, value: Sequence[str] | None) -> str | None:
        """Codes in the vocabulary's order, joined."""
        if not value:
            return None
        terms = sorted({self.vocabulary(code) for code in value}, key=lambda term: term.rank)
        return self.separator.join(terms)

    def python_value(self, value: str | None) -> tuple[Vocabulary, ...]:
        """The terms, in order; () for none."""
        if not value:
            return ()
        return tuple(self.vocabulary(code) for code in value.split(self.separator))

    def parse(self, text: str) -> tuple[Vocabulary, ...]:
        """Read terms parted by "|", ";" or ",", in any order and each as often as one likes."""
        found: set[Vocabulary] = set()
        for part in re.split(r"[|;]", text):
            pieces = [piece for piece in part.split(",") if piece.strip()]
            while pieces:
                length = self._longest_label(pieces)
                found.add(self._find(self.vocabulary, ",".join(pieces[:length])))
                pieces = pieces[length:]
        return tuple(sorted(found, key=lambda term: term.rank))

    def show(self, value: object) -> str:
        """The labels, parted by commas."""
        terms = value if isinstance(value, tuple) else ()
        return ", ".join(term.label for term in terms if isinstance(term, Vocabulary))

    def _longest_label(self, pieces: list[str]) -> int:
        """How many of the pieces make one term, because a label may have commas of its own."""
        lengths = range(len(pieces), 1, -1)
        known = (n for n in lengths if self.vocabulary.meant_by(",".join(pieces[:n])))
        return next(known, 1)


class Day(ClinicalField, peewee.TextField):
    """A date, possibly known only to the month or year. ``future`` allows days to come."""

    def __init__(self, label: str, *, future: bool = False, **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.future = future

    def db_value(self, value: str | None) -> str | None:
        """ISO text of its own precision."""
        return None if not value else str(PartialDate.parse(value))

    def python_value(self, value: str | None) -> PartialDate | None:
        """A PartialDate."""
        return None if value is None else PartialDate(value)

    def parse(self, text: str) -> PartialDate | None:
        """Read a date as typed."""
        if not text.strip():
            return None
        try:
            value = PartialDate.parse(text)
        except ValueError as error:
            raise InvalidValue(self.name, f"{self.label}: {error}") from error
        return self._accept(value)

    def refusal(self, value: object) -> str:
        """A day to come, where none is allowed."""
        if not isinstance(value, PartialDate) or self.future or value.earliest <= date.today():
            return ""
        return f"{self.label} {value} lies in the future."


class Stamp(peewee.TextField):
    """A moment in UTC, as ISO 8601 text to the millisecond with a trailing Z."""

    def db_value(self, value: datetime | str | None) -> str | None:
        """The text form; naive datetimes are a bug and refused."""
        if value is None or isinstance(value, str):
            return value
        if value.utcoffset() is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def reported(
    stem: str,
    label: str,
    unit: str = "",
    *,
    words_help: str = "",
    **number: object,
) -> tuple[Number, Number, Words]:
    """The three columns of a number that may be exact, a range, or only words.

    An exact value has low and high equal. Words never become a number.
    """
    low = Number(label, unit, part=Part.LOW, stem=stem, **number)  # type: ignore[arg-type]
    high = Number(f"{label}, upper end", unit, part=Part.HIGH, stem=stem, **number)  # type: ignore[arg-type]
    words = Words(f"{label}, as reported", part=Part.WORDS, stem=stem, help=words_help)
    return low, high, words
