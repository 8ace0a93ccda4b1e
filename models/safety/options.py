# SPDX-License-Identifier: MIT
"""The words of the command ``safety``. Loads nothing else, so that the command line stays quick."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from models.speech import say

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.query import Filter


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    chart = parser.add_argument_group(say("CUSUM chart"))
    chart.add_argument(
        "--form",
        default="",
        metavar="FORM",
        help=say("observed_minus_expected, sprt, bernoulli (the default) or lc_cusum"),
    )
    chart.add_argument(
        "--failure",
        default="",
        metavar="WHAT",
        help=say(
            "symptomatic_leak (the default), canal_leak, leak_on_fluoroscopy, "
            "technical_failure or little_relief, which is less than 30 %% at 1 month"
        ),
    )
    chart.add_argument(
        "--unit",
        default="",
        metavar="UNIT",
        help=say("procedure (the default) or level, for leaks"),
    )
    chart.add_argument(
        "--operator", default="", metavar="NAME", help=say("of everybody by default")
    )
    for name, meaning in (
        ("p0", say("acceptable failure rate, such as 0.02")),
        ("p1", say("unacceptable failure rate, such as 0.05")),
        ("alpha", say("probability of a false alarm, 0.1 by default")),
        ("beta", say("probability of a false all-clear, 0.1 by default; SPRT only")),
    ):
        chart.add_argument(f"--{name}", type=float, metavar="P", help=meaning)


def safety_answer(logbook: Logbook, options: argparse.Namespace, asked: Filter) -> str:
    """What the command prints.

    Raises:
        LogbookError: an option is none that is known, or a number cannot be.
    """
    from models.safety.numbers import SafetyQuestion, safety_numbers
    from models.safety.watch import Watch

    watch = Watch.read(
        options.failure,
        options.unit,
        options.operator,
        options.form,
        (options.p0, options.p1),
        (options.alpha, options.beta),
    )
    with logbook.session():
        numbers = safety_numbers(logbook, SafetyQuestion(asked, watch))
    if options.json:
        from models.safety.report_json import safety_json

        return json.dumps(safety_json(numbers), indent=2)
    from models.safety.report_text import safety_text

    return safety_text(numbers)
