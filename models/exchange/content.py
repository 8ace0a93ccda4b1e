# SPDX-License-Identifier: MIT
"""What a writer is given: the sheets, and what can be said about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.exchange.deidentify import Rules
from models.exchange.dialects import MACHINE, Dialect
from models.exchange.pictures import Pictures
from models.exchange.shapes import Shape
from models.exchange.sheet import Sheet
from models.speech import say, say_n


@dataclass(frozen=True, slots=True)
class Content:
    """What one export holds.

    Attributes:
        title: what the data are, for people.
        shape: how cases became rows.
        rules: what was taken out.
        sheets: the tables, those that others point to first.
        cases: how many there are.
        synthetic: how many of them were generated.
        signed: how many of them were signed off, where the file tells of it.
        whole: whether it has all columns, and not chosen ones.
        made_at: when, with its time zone.
        dialect: how CSV is written, where the format leaves a choice.
        of_images: what it has of the images of these cases, in a sentence.
        pictures: their contents, where they are to be in it.
        row: what a row is, where the format makes others of those of the shape.
    """

    title: str
    shape: Shape
    rules: Rules
    sheets: tuple[Sheet, ...]
    cases: int
    synthetic: int
    made_at: datetime
    dialect: Dialect = MACHINE
    of_images: str = ""
    pictures: Pictures | None = None
    row: str = ""
    signed: int = 0
    whole: bool = True

    @property
    def told(self) -> str:
        """What the data are, in sentences."""
        made = ""
        if self.synthetic:
            made = (
                say_n(
                    " It is synthetic: no patient stands behind it.",
                    " All of them are synthetic: no patient stands behind them.",
                    self.cases,
                )
                if self.synthetic == self.cases
                else say_n(
                    " {n:,} of them is synthetic.",
                    " {n:,} of them are synthetic.",
                    self.synthetic,
                )
            )
        cases = say("1 case") if self.cases == 1 else say("{cases:,} cases", cases=self.cases)
        rows = say("{cases} as {row}.", cases=cases, row=self.row or self.shape.row)
        signed = say(" Signed off: {signed:,}.", signed=self.signed) if self.signed else ""
        return f"{rows}{made}{signed} {self.rules.told(whole=self.whole)} {self.of_images}".rstrip()

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)
