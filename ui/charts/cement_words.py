# SPDX-License-Identifier: MIT
"""What is said of cement and relief. Plain text, no Qt, nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import say
from ui.charts import number_words, sentences

if TYPE_CHECKING:
    from models.analysis.cement import CementRelief

MOST_DOTS = 1_500
"""Cases that are drawn one by one; of more the density is drawn."""


def correlation_in_words(found: CementRelief) -> str:
    """As in "Spearman rho −0.12 (95 % CI −0.30 to 0.07), n 64"; why there is none."""
    rank = found.correlation
    if rank.rho is None:
        return say("No correlation is worked out, n {n:,}", n=found.n)
    limits = number_words.interval(rank.ci95, 2)
    return say(
        "Spearman rho {fixed} ({limits}), n {n:,}",
        fixed=number_words.fixed(rank.rho, 2),
        limits=limits,
        n=found.n,
    )


def cement_legend(found: CementRelief) -> str:
    """What a dot or a cell is."""
    if found.n > MOST_DOTS:
        return say("Stronger color: more cases. Above 0: less pain after than before.")
    return say("One dot a case; larger: several at the same place. Above 0: less pain than before.")


def cement_caption(found: CementRelief) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    scale = found.scale.label if found.scale else say("no scale stated")
    said = [
        say(
            "Cement volume of the case, all levels together, against relief of pain "
            "{from_to}, {scale}.",
            from_to=sentences.from_to(found.question),
            scale=scale,
        ),
        *sentences.cases(found.question),
        f"{correlation_in_words(found)}.",
        *left_out(found),
        *sentences.synthetic(found.n_synthetic, found.n_cases),
    ]
    return " ".join(said)


def left_out(found: CementRelief) -> list[str]:
    """Cases that have no place in the figure, and why."""
    said = []
    if missing := sum(n for _, n in found.missing):
        reasons = sentences.missing(found.missing)
        said.append(
            say(
                "{missing:,} without a pair of scores: {reasons}.", missing=missing, reasons=reasons
            )
        )
    if found.n_no_volume:
        said.append(
            say("{n_no_volume:,} without a volume at every level.", n_no_volume=found.n_no_volume)
        )
    return said
