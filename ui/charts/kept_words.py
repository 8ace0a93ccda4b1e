# SPDX-License-Identifier: MIT
"""What is said of height at a follow-up. Plain text, no Qt, nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.charts import sentences

if TYPE_CHECKING:
    from models.analysis.association import ClusteredMean
    from models.analysis.kept_heights import KeptHeights
    from ui.charts.gain_words import FoundGains

LEGEND = (
    "Blue circle: gain at the procedure. Vermillion diamond: what of it is kept at the latest "
    "follow-up, of the same levels. Bars: 95 % CI, which allows for several levels in one patient."
)


def kept_caption(found: FoundGains) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    kept = found.kept
    said = [
        "Height gained at the procedure and kept at the latest follow-up, both against the height "
        "before.",
        *sentences.cases(found.whole.question),
        *measured(kept),
    ]
    for wall in kept.walls:
        name = wall.wall.value.capitalize()
        if wall.gained.n:
            gained, left = (mean_ci(one) for one in (wall.gained, wall.kept))
            said.append(f"{name}: gained {gained} mm, kept {left} mm, n {wall.gained.n:,}.")
        if wall.lost.n:
            of = f"{wall.n_lost:,} of {wall.lost.n:,} levels are lower"
            said.append(f"{name}, lost since: {mean_ci(wall.lost)} mm; {of}.")
    said += sentences.synthetic(found.whole.n_synthetic, found.whole.n_cases)
    return " ".join(said)


def mean_ci(one: ClusteredMean) -> str:
    """As in "+2.4 (95 % CI +2.1 to +2.7)"."""
    if one.mean is None:
        return sentences.NONE
    return f"{sentences.change(one.mean)} ({sentences.interval(one.ci95, signed=True)})"


def measured(kept: KeptHeights) -> list[str]:
    """How many were measured again, when, and why the others were not."""
    if not kept.n_after:
        return ["No height after the procedure yet."]
    said = f"{kept.n_measured:,} of {kept.n_after:,} levels with a height after the procedure "
    said += f"were measured again, of {kept.n_patients:,} patients"
    if kept.days.median is not None:
        quartiles = f"{kept.days.q1:.0f} to {kept.days.q3:.0f}"
        said += f", after a median of {kept.days.median:.0f} days (quartiles {quartiles})"
    missing = ", ".join(
        f"{n:,} {why}"
        for n, why in (
            (kept.n_none, "never measured again"),
            (kept.n_undated, "measured on no day known to lie after it"),
        )
        if n
    )
    return [f"{said}.", *([f"Missing: {missing}."] if missing else []), *unlike(kept)]


def unlike(kept: KeptHeights) -> list[str]:
    """What was measured in another way than after the procedure."""
    said = []
    if kept.n_otherwise:
        said.append(
            f"{kept.n_otherwise:,} measured on other images than after the procedure: posture "
            "alone changes the height."
        )
    if kept.n_other_method:
        said.append(
            f"{kept.n_other_method:,} kyphotic angles between other endplates are left out."
        )
    return said
