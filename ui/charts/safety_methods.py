# SPDX-License-Identifier: MIT
"""The methods sentences of the figures about safety. Plain text, no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.safety.cusum import Form
from models.speech import lowered, say
from ui.charts.kinds import SafetyFigure
from ui.charts.methods import software
from ui.charts.safety_sentences import cases_in_words

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers


def methods(kind: SafetyFigure, numbers: SafetyNumbers) -> str:
    """How the numbers of a figure were worked out."""
    said = [_METHODS[kind](numbers)]
    if words := cases_in_words(numbers.question.asked):
        said.append(say("Cases: {words}.", words=words))
    return " ".join([*said, software()])


def _leakage(_numbers: SafetyNumbers) -> str:
    return say(
        "Leakage was counted of levels, and of patients, in which it was assessed; "
        "what was not assessed counts for neither. Intervals of levels are by the "
        "ratio estimator over patients with Student's t (Cochran 1977), which allows "
        "for several levels in one patient; where all patients are alike, or there is "
        "one, by Wilson's method over patients. Those of patients are Wilson's."
    )


def _spine(_numbers: SafetyNumbers) -> str:
    return say(
        "Of each level, those with a leak were counted of those in which leakage was "
        "assessed. Intervals are Wilson's."
    )


def _cusum(numbers: SafetyNumbers) -> str:
    watched = numbers.watched
    form, chance = watched.watch.plan.form, watched.chart.chance
    said = []
    if form is Form.SPRT:
        said = [say("Limits follow from alpha and beta (Wald).")]
    elif chance is not None and chance.h is not None:
        said = [say("The limit is {method}.", method=chance.method)]
    summed = say(
        "Cumulative sum of failures ({form}; {source}), one observation per {unit}, of "
        "{whose}, in the order of dates. A failure was: {failure}; {rates_told}.",
        form=form.label,
        source=form.source,
        unit=lowered(watched.watch.unit.label),
        whose=watched.whose,
        failure=lowered(watched.watch.failure.label),
        rates_told=watched.rates_told(),
    )
    unknown = say("Observations whose outcome is not known were left out.")
    return " ".join([summed, *said, unknown])


def _fractures(_numbers: SafetyNumbers) -> str:
    return say(
        "Time ran from the first procedure of a patient to the first new fracture in a "
        "vertebra without cement, to the last contact, or to the death, each of which "
        "ended the follow-up; shares are by Kaplan and Meier (1958) with log-log "
        "intervals. Patients without a contact after the procedure were left out."
    )


_METHODS = {
    SafetyFigure.LEAKAGE: _leakage,
    SafetyFigure.SPINE: _spine,
    SafetyFigure.CUSUM: _cusum,
    SafetyFigure.FRACTURES: _fractures,
}
