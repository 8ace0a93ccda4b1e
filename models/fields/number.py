# SPDX-License-Identifier: MIT
"""Numbers: measured, counted, or reported as a range or in words."""

from __future__ import annotations

from collections.abc import Mapping

from models.errors import InvalidValue
from models.fields.base import ClinicalField, Part
from models.fields.words import Words
from models.numbers import Range, other_reading, read_number, show_number
from models.quick import pattern
from models.speech import say, say_n
from models.typed import plain, quoted
from models.vocabulary.anatomy import REGIONS
from models.vocabulary.base import Vocabulary

_DIGITS_OF_A_THOUSAND = 3

_DIGITS_TOLD = 6

_WITH_UNIT = pattern(r"(.*[\d.,])\s*([^\W\d].*)")

_HIGH_TOLD = say("Upper end of a range; for one number the same as the lower end.")

_BINARY_NOISE = 1e-9
"""0.1 + 0.2 is not 0.3; such a difference is no exactness that anybody entered."""


class Number(ClinicalField):
    """A measured number, kept to ``decimals`` places.

    Attributes:
        hard: limits outside which a value is impossible and refused.
        usual: limits outside which a value is kept and marked.
        usual_by_region: usual limits that depend on the region of the spine.
        unit_in: name of the field that holds the unit, where that is a field of its own.
        limits_told: the hard limits in words, for a sentence, where they depend on another field.
        elsewhere: other units in which the number may be shown, each with the factor that makes
            it ours. Nothing is converted unseen; the sentences say what to enter.
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
        unit_in: str = "",
        limits_told: str = "",
        elsewhere: Mapping[str, float] | None = None,
        decimals: int = 1,
        **knows: object,
    ) -> None:
        super().__init__(label, unit, **knows)  # type: ignore[arg-type]
        self.hard = Range(*hard)
        self.usual = Range(*usual)
        self.usual_by_region = {k: Range(*v) for k, v in (usual_by_region or {}).items()}
        self.unit_in = unit_in
        self.limits_told = say(limits_told)
        self.elsewhere = elsewhere or {}
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
            value = read_number(text, self.unit, whole=self.decimals == 0)
        except ValueError as error:
            sentence = self._in_another_unit(text) or str(error)
            raise InvalidValue(self.name, f"{self.label}: {sentence}") from error
        if value is not None and self.decimals < _DIGITS_OF_A_THOUSAND:
            self.refuse_two_readings(text, value)
        return self._accept(value)

    def refuse_two_readings(self, text: str, value: float) -> None:
        """Refuse what was read as ``value``, and could as well have a sign between thousands.

        Raises:
            InvalidValue: both are possible, as in "1.200".
        """
        other = other_reading(text)
        if other is None or other not in self.hard:
            return
        both = say("{show} or {show2}", show=self.show(value), show2=self.show(other))
        message = say(
            "{label}: {text} could be {both}. Write it without the sign.",
            label=self.label,
            text=quoted(text),
            both=both,
        )
        raise InvalidValue(self.name, message)

    def unit_behind(self, text: str) -> tuple[str, Vocabulary | None]:
        """What was typed of the number alone, and the unit behind it, as in "3 years".

        All of it and None where the unit is no field of its own, or nothing behind is one.
        """
        found = _WITH_UNIT.fullmatch(plain(text)) if self.unit_in else None
        if found is None:
            return text, None
        unit = self.model._meta.fields[self.unit_in].vocabulary.meant_by(found[2])
        return (text, None) if unit is None else (found[1], unit)

    def show(self, value: object) -> str:
        """Without needless zeros."""
        return show_number(value, self.decimals) if isinstance(value, int | float) else ""

    def refusal(self, value: object) -> str:
        """Outside the hard limits, or more exact than is kept."""
        if not isinstance(value, int | float):
            return ""
        if value not in self.hard:
            limits = self.limits_told or self._limits(self.hard)
            given = quoted(show_number(value, _DIGITS_TOLD))
            return say(
                "{label} {given} is not possible: {limits}.{hint}",
                label=self.label,
                given=given,
                limits=limits,
                hint=self._hint(value),
            )
        if abs(value - round(value, self.decimals)) > _BINARY_NOISE:
            places = say_n("one decimal place", "{n} places", self.decimals)
            return say(
                "{label} is kept to {places}, {value:.10g} has more.",
                label=self.label,
                places=places,
                value=value,
            )
        return ""

    def surprise(self, value: object, region: str = "") -> str:
        """Outside the usual limits of the region."""
        usual = self.usual_by_region.get(region, self.usual)
        if not isinstance(value, int | float) or value in usual:
            return ""
        told = {
            "label": self.label,
            "value": self.show(value),
            "limits": self._limits(usual),
            "hint": self._hint(value),
        }
        if region in self.usual_by_region:
            return say(
                "{label} {value} is unusual in the {region} spine: {limits}.{hint}",
                region=REGIONS[region],
                **told,
            )
        return say("{label} {value} is unusual: {limits}.{hint}", **told)

    def _hint(self, value: float) -> str:
        """What to enter if the number was read in another unit, where that would be usual."""
        for unit, factor in self.elsewhere.items():
            ours = value * factor
            if ours in self.usual and ours in self.hard:
                return say(
                    " If it was read in {unit}, enter {show} {unit2}.",
                    unit=unit,
                    show=self.show(ours),
                    unit2=self.unit,
                )
        return ""

    def _in_another_unit(self, text: str) -> str:
        for unit, factor in self.elsewhere.items():
            if not plain(text).casefold().endswith(unit.casefold()):
                continue
            try:
                value = read_number(text, unit)
            except ValueError:
                continue
            if value is not None:
                ours = f"{self.show(value * factor)} {self.unit}"
                return say("{text} is in another unit. Enter {ours}.", text=quoted(text), ours=ours)
        return ""

    def _limits(self, limits: Range) -> str:
        return say("expected {limits}", limits=f"{limits} {self.shown_unit}".strip())


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
            return say(
                "{label} is a whole number, {value:g} is not.", label=self.label, value=value
            )
        return super().refusal(value)

    def parse(self, text: str) -> int | None:
        """Read a whole number."""
        value = super().parse(text)
        return None if value is None else int(value)


def reported(
    stem: str,
    label: str,
    unit: str = "",
    *,
    help: str,
    words_help: str,
    **number: object,
) -> tuple[Number, Number, Words]:
    """The three columns of a number that may be exact, a range, or only words.

    An exact value has low and high equal. Words never become a number.
    """
    low = Number(label, unit, part=Part.LOW, stem=stem, help=help, **number)  # type: ignore[arg-type]
    end = say("{label}, upper end", label=label)
    high = Number(end, unit, part=Part.HIGH, stem=stem, help=_HIGH_TOLD, **number)  # type: ignore[arg-type]
    words = Words(say("{label} in words", label=label), part=Part.WORDS, stem=stem, help=words_help)
    high.label = say("{label}, upper end", label=low.label)
    words.label = say("{label} in words", label=low.label)
    return low, high, words
