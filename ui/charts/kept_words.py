# SPDX-License-Identifier: MIT
"""What is said of height at a follow-up. Plain text, no Qt, nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import begun, numerals, say
from ui.charts import number_words, sentences

if TYPE_CHECKING:
    from models.analysis.association import ClusteredMean
    from models.analysis.kept_heights import KeptHeights
    from ui.charts.gain_words import FoundGains

LEGEND = say(
    "Blue circle: gain at the procedure. Vermillion diamond: what of it is kept at the "
    "latest follow-up, of the same levels. Bars: 95 % CI, which allows for several "
    "levels in one patient."
)


def kept_caption(found: FoundGains) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    kept = found.kept
    said = [
        say(
            "Height gained at the procedure and kept at the latest follow-up, both against "
            "the height before."
        ),
        *sentences.cases(found.whole.question),
        *measured(kept),
    ]
    for wall in kept.walls:
        name = begun(wall.wall.shown)
        if wall.gained.n:
            gained, left = (mean_ci(one) for one in (wall.gained, wall.kept))
            said.append(
                say(
                    "{name}: gained {gained} mm, kept {left} mm, n {n:,}.",
                    name=name,
                    gained=gained,
                    left=left,
                    n=wall.gained.n,
                )
            )
        if wall.lost.n:
            of = say("{n_lost:,} of {n:,} levels are lower", n_lost=wall.n_lost, n=wall.lost.n)
            said.append(
                say(
                    "{name}, lost since: {mean_ci} mm; {of}.",
                    name=name,
                    mean_ci=mean_ci(wall.lost),
                    of=of,
                )
            )
    said += sentences.synthetic(found.whole.n_synthetic, found.whole.n_cases)
    return " ".join(said)


def mean_ci(one: ClusteredMean) -> str:
    """As in "+2.4 (95 % CI +2.1 to +2.7)"."""
    if one.mean is None:
        return number_words.NONE
    return f"{number_words.change(one.mean)} ({number_words.interval(one.ci95, signed=True)})"


def measured(kept: KeptHeights) -> list[str]:
    """How many were measured again, when, and why the others were not."""
    if not kept.n_after:
        return [say("No height after the procedure yet.")]
    said = say(
        "{n_measured:,} of {n_after:,} levels with a height after the procedure ",
        n_measured=kept.n_measured,
        n_after=kept.n_after,
    )
    said += say("were measured again, of {n_patients:,} patients", n_patients=kept.n_patients)
    if kept.days.median is not None:
        quartiles = say("{q1:.0f} to {q3:.0f}", q1=kept.days.q1, q3=kept.days.q3)
        said += say(
            ", after a median of {median:.0f} days (quartiles {quartiles})",
            median=kept.days.median,
            quartiles=quartiles,
        )
    missing = ", ".join(
        numerals("{n:,} {why}", n=n, why=why)
        for n, why in (
            (kept.n_none, say("never measured again")),
            (kept.n_undated, say("measured on no day known to lie after it")),
        )
        if n
    )
    return [
        f"{said}.",
        *([say("Missing: {missing}.", missing=missing)] if missing else []),
        *unlike(kept),
    ]


def unlike(kept: KeptHeights) -> list[str]:
    """What was measured in another way than after the procedure."""
    said = []
    if kept.n_otherwise:
        said.append(
            say(
                "{n_otherwise:,} measured on other images than after the procedure: "
                "posture alone changes the height.",
                n_otherwise=kept.n_otherwise,
            )
        )
    if kept.n_other_method:
        said.append(
            say(
                "{n_other_method:,} kyphotic angles between other endplates are left out.",
                n_other_method=kept.n_other_method,
            )
        )
    return said
