# SPDX-License-Identifier: MIT
"""What is said of height gains. Plain text, no Qt, nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.heights import Formula, Undefined, Wall
from ui.charts import sentences

if TYPE_CHECKING:
    from models.analysis.gains import Angle, Gain, HeightGains, ReportedGains
    from models.analysis.kept_heights import KeptHeights


@dataclass(frozen=True, slots=True)
class FoundGains:
    """The gains of all cases, of each group under its label, and what is kept of them later."""

    whole: HeightGains
    groups: tuple[tuple[str, HeightGains], ...]
    kept: KeptHeights


LEGEND = (
    "Band: quartiles. Blue line: median. Dot and black line: mean with 95 % CI, which allows for "
    "several levels in one patient."
)


def gains_caption(found: FoundGains) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    gains = found.whole
    said = [
        "Height gain, after minus before, at three heights; percent of the height before, of the "
        "height that was lost, and of the reference, which is the mean of the neighbors.",
        *sentences.cases(gains.question),
        f"{levels(gains.n_measured)} of {gains.n_levels:,} measured."
        if gains.n_levels
        else "No level was treated.",
    ]
    for wall in Wall:
        gain = gains.gain(wall, Formula.GAIN)
        if gain.values.n:
            said.append(f"{wall.value.capitalize()}: {mean_sd(gain)} mm, n {gain.values.n:,}.")
    said += [reported(gains.reported)] if is_any(gains.reported) else []
    said += sentences.synthetic(gains.n_synthetic, gains.n_cases)
    return " ".join(said)


def levels(n: int) -> str:
    """As in "1 level" and "7 levels"."""
    return f"{n:,} level" if n == 1 else f"{n:,} levels"


def mean_sd(one: Gain | Angle) -> str:
    """As in "+2.4 (SD 1.8, 95 % CI +2.1 to +2.7)"."""
    values = one.values
    if values.mean is None:
        return sentences.NONE
    parts = [f"SD {sentences.fixed(values.sd)}"] if values.sd is not None else []
    parts.append(sentences.interval(values.ci95, signed=True))
    return f"{sentences.change(values.mean)} ({', '.join(parts)})"


def is_any(found: ReportedGains) -> bool:
    """Whether any gain was only reported."""
    return bool(found.exact.n or found.n_range or found.n_words)


def reported(found: ReportedGains) -> str:
    """Gains without heights, apart from the measured ones."""
    parts = []
    if found.exact.n:
        parts.append(
            f"{found.exact.n:,} as a number (mean {sentences.change(found.exact.mean)} mm)"
        )
    if found.n_range:
        span = f"{sentences.number(found.lowest)} to {sentences.number(found.highest)} mm"
        parts.append(f"{found.n_range:,} as a range ({span} in all)")
    if found.n_words:
        parts.append(f"{found.n_words:,} in words")
    if not parts:
        return "No gain was only reported."
    return f"Reported without heights and kept apart: {', '.join(parts)}."


def undefined(gains: HeightGains) -> list[str]:
    """Where a formula has no result, and why, as "% of lost height: ... (anterior 3, middle 2)"."""
    told: dict[tuple[Formula, Undefined], list[str]] = {}
    for gain in gains.gains:
        for why, n in gain.undefined:
            told.setdefault((gain.formula, why), []).append(f"{gain.wall.value} {n:,}")
    said = []
    for (formula, why), walls in told.items():
        of = "mm" if formula is Formula.GAIN else f"% {formula.label.removeprefix('Gain ')}"
        said.append(f"Not defined, {of} ({', '.join(walls)}): {_begun_small(why.value)}")
    return said


def _begun_small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def measured_on(gains: HeightGains) -> str:
    """On what it was measured; posture alone changes the height."""
    if not gains.measured_on:
        return ""
    told = ", ".join(f"{label or 'not stated'} {n:,}" for label, n in gains.measured_on)
    return f"Measured on: {told}. Posture alone changes the height."
