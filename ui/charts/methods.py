# SPDX-License-Identifier: MIT
"""The methods sentences of figures: how the numbers in them were worked out. Plain text."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from models import VERSION
from models.analysis.instruments import Center, Instrument
from models.speech import say
from ui.charts import number_words, sentences

if TYPE_CHECKING:
    from models.analysis.cement import CementRelief
    from models.analysis.followed import Followed
    from models.analysis.outcome import PairedOutcome
    from models.analysis.question import Question
    from models.analysis.shifts import Medication
    from ui.charts.gain_words import FoundGains


def of_pairs(outcome: PairedOutcome) -> str:
    """How pairs were made, tested and counted."""
    numbers = outcome.numbers
    said = [
        say(
            "{outcome} {from_to} was paired by case, on {on_scale} only; ranges, words and "
            "scores without a date entered no average.",
            outcome=outcome.name,
            from_to=sentences.from_to(outcome.question),
            on_scale=sentences.on_scale(outcome),
        ),
        *_which_counts(outcome),
        *_whose(outcome.question),
    ]
    if outcome.center is Center.MEDIAN:
        said.append(say("Medians are given with intervals from order statistics."))
    said.append(say("The mean change is given with a 95 % confidence interval by Student's t."))
    if numbers.why_untested:
        said.append(numbers.why_untested)
    if numbers.test.p is not None:
        said.append(
            say(
                "The change was tested by Wilcoxon's signed-rank test, two-sided ({test_method}).",
                test_method=sentences.test_method(numbers.test),
            )
        )
    if numbers.shift.ci95 is not None:
        low, high = numbers.shift.ci95
        shift = number_words.change(numbers.shift.estimate, outcome.instrument.decimals)
        limits = (number_words.change(end, outcome.instrument.decimals) for end in (low, high))
        estimate = {
            "shift": shift,
            "limits": say(" to ").join(limits),
            "method": numbers.shift.method,
        }
        said.append(
            say(
                "The Hodges-Lehmann estimate, equal pairs included, is {shift} (95 % CI {limits}, "
                "{method}).",
                **estimate,
            )
            if numbers.test.n_zero
            else say(
                "The Hodges-Lehmann estimate is {shift} (95 % CI {limits}, {method}).", **estimate
            )
        )
    if numbers.responders:
        told = "; ".join(f"{one.label} ({one.source})" for one in numbers.responders)
        said.append(say("Criteria of response: {told}; shares with Wilson intervals.", told=told))
    return " ".join([*said, software()])


def of_course(outcome: PairedOutcome) -> str:
    """How the course was worked out."""
    middle = say("Medians with intervals from order statistics")
    if outcome.center is Center.MEAN:
        middle = say("Means with 95 % confidence intervals by Student's t")
    said = [
        say(
            "{middle} are shown at each time point, of all cases with an exact and dated "
            "score on {on_scale} then; of several scores in one window the nearest to the "
            "planned day counts. Cases differ between time points, so that the course is "
            "no paired change.",
            middle=middle,
            on_scale=sentences.on_scale(outcome),
        ),
        *_whose(outcome.question),
    ]
    return " ".join([*said, software()])


def of_shifts(found: Medication) -> str:
    """How levels of medication and mobility were paired and counted."""
    said = [
        say(
            "Levels before and after were paired by case and counted, not averaged; shares "
            "are given with Wilson intervals and were not tested."
        ),
        *_whose(found.analgesics.question),
    ]
    return " ".join([*said, software()])


def of_gains(found: FoundGains) -> str:
    """How height gains were worked out."""
    said = [
        say(
            "Heights were measured at the anterior, middle and posterior wall; the gain is "
            "given in mm, in percent of the height before, of the lost height and of the "
            "reference height, which is the mean of the adjacent levels (formulas as in "
            "McKiernan, Spine 2003). Where a formula is not defined the level was left out "
            "of it. Intervals of means are by the ratio estimator with patients as "
            "clusters. Reported gains without heights were kept apart."
        ),
        *_whose(found.whole.question),
    ]
    return " ".join([*said, software()])


def of_kept(found: FoundGains) -> str:
    """How heights at follow-up were compared."""
    said = [
        say(
            "Gain (after less before), what is kept of it (follow-up less before) and loss "
            "(after less follow-up) are given in mm for the latest measurement of each "
            "level on a day after the procedure; no earlier value is carried forward. "
            "Intervals of means are by the ratio estimator with patients as clusters. "
            "Levels that were not measured again were left out."
        ),
        *_whose(found.whole.question),
    ]
    return " ".join([*said, software()])


def of_cement(found: CementRelief) -> str:
    """How volume and relief were set against each other."""
    said = [
        say(
            "Cement volumes were summed over the levels of a case and set against the "
            "relief of pain by Spearman's rank correlation, its interval by Fisher's z "
            "with the variance of Bonett and Wright (2000); cases with an unknown volume "
            "at any level were left out."
        ),
        *_whose(found.question),
    ]
    return " ".join([*said, software()])


def of_followed(found: Followed) -> str:
    """How those followed were compared with those lost."""
    said = [
        say(
            "Cases whose visit was over and whose patient had not died before were parted "
            "into those with an answer and those lost; what was known before is compared "
            "by standardized differences (Austin 2009). Bounds of the responder rates take "
            "all cases without a pair as not responding, or all as responding."
        ),
        *filter(None, found.at_random.methods_in_words),
        *_whose(found.question),
    ]
    return " ".join([*said, software()])


def _which_counts(outcome: PairedOutcome) -> list[str]:
    """Which of several scores after the procedure was taken, where the latest was asked for."""
    if outcome.question.to is not None or outcome.instrument is not Instrument.PAIN:
        return []
    rule = say("The latest follow-up is the last number with a date; a later answer in words only")
    n = outcome.n_later_words
    how_many = f" ({sentences.pairs(n)})" if n else ""
    return [
        say(
            "{rule}{how_many} does not replace it, a later range leaves the case without a pair.",
            rule=rule,
            how_many=how_many,
        )
    ]


def _whose(question: Question) -> list[str]:
    return sentences.cases(question)


def software() -> str:
    """What worked it out, with the versions."""
    return f"Kypholog {VERSION}, scipy {version('scipy')}, numpy {version('numpy')}."
