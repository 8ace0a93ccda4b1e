# SPDX-License-Identifier: MIT
"""What is said of height gains. Plain text, no Qt, nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.heights import Formula, Undefined, Wall
from models.speech import begun, begun_small, numerals, say
from ui.charts import number_words, sentences

if TYPE_CHECKING:
    from models.analysis.gains import Angle, Gain, HeightGains, ReportedGains
    from models.analysis.kept_heights import KeptHeights


@dataclass(frozen=True, slots=True)
class FoundGains:
    """The gains of all cases, of each group under its label, and what is kept of them later."""

    whole: HeightGains
    groups: tuple[tuple[str, HeightGains], ...]
    kept: KeptHeights


LEGEND = say(
    "Band: quartiles. Blue line: median. Dot and black line: mean with 95 % CI, which "
    "allows for several levels in one patient."
)


def gains_caption(found: FoundGains) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    gains = found.whole
    said = [
        say(
            "Height gain, after minus before, at three heights; percent of the height "
            "before, of the height that was lost, and of the reference, which is the mean "
            "of the neighbors."
        ),
        *sentences.cases(gains.question),
        say(
            "{levels} of {n_levels:,} measured.",
            levels=levels(gains.n_measured),
            n_levels=gains.n_levels,
        )
        if gains.n_levels
        else say("No level was treated."),
    ]
    for wall in Wall:
        gain = gains.gain(wall, Formula.GAIN)
        if gain.values.n:
            said.append(
                say(
                    "{capitalize}: {mean_sd} mm, n {n:,}.",
                    capitalize=begun(wall.shown),
                    mean_sd=mean_sd(gain),
                    n=gain.values.n,
                )
            )
    said += [reported(gains.reported)] if is_any(gains.reported) else []
    said += sentences.synthetic(gains.n_synthetic, gains.n_cases)
    return " ".join(said)


def levels(n: int) -> str:
    """As in "1 level" and "7 levels"."""
    return say("{n:,} level", n=n) if n == 1 else say("{n:,} levels", n=n)


def mean_sd(one: Gain | Angle) -> str:
    """As in "+2.4 (SD 1.8, 95 % CI +2.1 to +2.7)"."""
    values = one.values
    if values.mean is None:
        return number_words.NONE
    parts = (
        [say("SD {fixed}", fixed=number_words.fixed(values.sd))] if values.sd is not None else []
    )
    parts.append(number_words.interval(values.ci95, signed=True))
    return f"{number_words.change(values.mean)} ({', '.join(parts)})"


def is_any(found: ReportedGains) -> bool:
    """Whether any gain was only reported."""
    return bool(found.exact.n or found.n_range or found.n_words)


def reported(found: ReportedGains) -> str:
    """Gains without heights, apart from the measured ones."""
    parts = []
    if found.exact.n:
        parts.append(
            say(
                "{n:,} as a number (mean {change} mm)",
                n=found.exact.n,
                change=number_words.change(found.exact.mean),
            )
        )
    if found.n_range:
        span = say(
            "{number} to {number2} mm",
            number=number_words.number(found.lowest),
            number2=number_words.number(found.highest),
        )
        parts.append(
            say("{n_range:,} as a range ({span} in all)", n_range=found.n_range, span=span)
        )
    if found.n_words:
        parts.append(say("{n_words:,} in words", n_words=found.n_words))
    if not parts:
        return say("No gain was only reported.")
    return say("Reported without heights and kept apart: {parts}.", parts=", ".join(parts))


def undefined(gains: HeightGains) -> list[str]:
    """Where a formula has no result, and why, as "% of lost height: ... (anterior 3, middle 2)"."""
    told: dict[tuple[Formula, Undefined], list[str]] = {}
    for gain in gains.gains:
        for why, n in gain.undefined:
            told.setdefault((gain.formula, why), []).append(
                numerals("{wall} {n:,}", wall=gain.wall.shown, n=n)
            )
    said = []
    for (formula, why), walls in told.items():
        of = "mm" if formula is Formula.GAIN else f"% {formula.of}"
        said.append(
            say(
                "Not defined, {of} ({walls}): {begun_small}",
                of=of,
                walls=", ".join(walls),
                begun_small=begun_small(why.shown),
            )
        )
    return said


def measured_on(gains: HeightGains) -> str:
    """On what it was measured; posture alone changes the height."""
    if not gains.measured_on:
        return ""
    told = ", ".join(
        numerals("{label} {n:,}", label=label or say("not stated"), n=n)
        for label, n in gains.measured_on
    )
    return say("Measured on: {told}. Posture alone changes the height.", told=told)
