# SPDX-License-Identifier: MIT
"""A questionnaire's percentage, typed as such or as its sum and the sections that were answered."""

from __future__ import annotations

from models.errors import InvalidValue
from models.fields.number import Number
from models.quick import pattern
from models.speech import say

_SUM = pattern(r"(\d{1,3})\s*/\s*(\d{1,2})")


class PercentOfSections(Number):
    """Percent of the sum that the answered sections could reach, e.g. the ODI.

    "31/9" is a sum of 31 over 9 answered sections: 100 x 31 / (5 x 9) = 68.9 %.

    Attributes:
        sections: sections of the questionnaire.
        most: the highest score of a section.
        fewest: with fewer answered there is no percentage.
    """

    def __init__(
        self, label: str, *, sections: int, most: int, fewest: int, **knows: object
    ) -> None:
        super().__init__(label, "%", hard=(0, 100), **knows)  # type: ignore[arg-type]
        self.sections, self.most, self.fewest = sections, most, fewest

    def parse(self, text: str) -> float | None:
        """Read a percentage, or a sum and the number of answered sections."""
        typed = _SUM.fullmatch(text.strip())
        if typed is None:
            return super().parse(text)
        total, answered = int(typed[1]), int(typed[2])
        if not self.fewest <= answered <= self.sections:
            said = say(
                "{label}: {answered} sections answered, needed {fewest} to {sections}.",
                label=self.label,
                answered=answered,
                fewest=self.fewest,
                sections=self.sections,
            )
            raise InvalidValue(self.name, said)
        highest = self.most * answered
        if total > highest:
            said = say(
                "{label}: {answered} sections make {highest} at most, not {total}.",
                label=self.label,
                answered=answered,
                highest=highest,
                total=total,
            )
            raise InvalidValue(self.name, said)
        return round(100 * total / highest, self.decimals)
