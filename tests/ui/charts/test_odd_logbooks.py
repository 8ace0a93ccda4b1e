# SPDX-License-Identifier: MIT
"""Logbooks with nothing, next to nothing or only the unusual: everything is drawn and said.

No figure, report or document fails, none claims a test or an interval that is not there, and each
says what is the case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest

from models.analysis.report_json import outcomes_json
from models.analysis.report_text import outcomes_text
from models.bulk import save_many
from models.case import Case
from models.logbook import Logbook
from models.reports.kinds import ReportKind
from models.reports.wanted import Wanted, make_report
from models.safety.cusum import Form, Plan
from models.safety.numbers import SafetyNumbers, asked_anew, safety_numbers
from models.safety.report_json import safety_json
from models.safety.report_text import safety_text
from models.safety.watch import Failure, Watch
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.models.reports.reading_aloud import AT, all_of
from tests.pictures.figures import figures_of
from ui.charts.kinds import FigureKind, SafetyFigure
from ui.charts.press import Press
from ui.charts.safety_data import rows_of
from ui.charts.safety_methods import methods
from ui.charts.safety_sentences import caption
from ui.charts.telling import TELLINGS
from ui.palette import LIGHT

ON, LATER = "2024-03-04", "2024-04-04"
NOT_A_NUMBER = re.compile(r"\b(nan|inf)\b")
MALFORMED = re.compile(r"[^\n]  | \.|: \.|;;|, \.|\(\)")
TESTED = re.compile(r"\bp [=<] ")
OF_NOTHING = re.compile(r"\b0 of 0\b|\bof 0 (patients|cases|measured)")


def bare(code: str) -> Case:
    """A case of which nothing is known but that there was one."""
    return a_case(code, on=None, before=None, after=None, cement_ml=None, leakage=None, operator="")


def many(**values: object) -> Callable[[], list[Case]]:
    """Eight cases that are alike."""
    values = {"on": ON, "after_on": LATER, **values}
    return lambda: [a_case(f"P-{n}", **values) for n in range(8)]  # type: ignore[arg-type]


LOGBOOKS: dict[str, Callable[[], list[Case]]] = {
    "empty": list,
    "one case": lambda: [a_case("P-1", on=ON, after_on=LATER)],
    "two cases": lambda: [a_case(f"P-{n}", on=ON, after=n, after_on=LATER) for n in (1, 2)],
    "all equal": many(),
    "no change": many(after=8),
    "no pain before": many(before=0, after=0),
    "all missing": lambda: [bare(f"P-{n}") for n in range(6)],
    "all ranges": many(before=(7, 8), after=(0, 1)),
    "all words": many(before="bad", after="resolved"),
}


@pytest.fixture(scope="module", params=LOGBOOKS)
def logbook(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    made = new_logbook(tmp_path_factory.mktemp("odd") / f"{request.param}.kypholog")
    save_many(made, LOGBOOKS[request.param]())
    yield made
    made.close()


def tells_no_test(said: str) -> None:
    assert said
    assert not NOT_A_NUMBER.search(said), said
    assert not MALFORMED.search(said), said
    # A share of nothing is told in words.
    assert not OF_NOTHING.search(said), said
    # Too few pairs are not tested, and changes that are all the same neither.
    assert not TESTED.search(said), said


def test_every_figure_of_outcomes_is_drawn_and_told(logbook: Logbook) -> None:
    press = Press()
    seen = set()
    for kind, found in figures_of(logbook):
        press.pictures(found, {kind: (420, 360)}, LIGHT, 1.0, 1.0)
        telling = TELLINGS[kind]
        for said in (telling.heading(found), telling.caption(found), telling.methods(found)):
            tells_no_test(said)
        head, *rows = [tuple(row) for row in telling.rows(found)]
        assert {len(row) for row in rows} <= {len(head)}
        seen.add(kind)
    assert seen == set(FigureKind)


def test_every_figure_of_safety_is_drawn_and_told(logbook: Logbook) -> None:
    for place, numbers in enumerate(charts_of(logbook)):
        # Only the chart of failures differs between them.
        drawn = SafetyFigure if not place else (SafetyFigure.CUSUM,)
        Press().pictures(numbers, dict.fromkeys(drawn, (420, 360)), LIGHT, 1.0, 1.0)
        for figure in drawn:
            tells_no_test(caption(figure, numbers))
            tells_no_test(methods(figure, numbers))
            head, *rows = [tuple(row) for row in rows_of(figure, numbers)]
            assert {len(row) for row in rows} <= {len(head)}


def charts_of(logbook: Logbook) -> Iterator[SafetyNumbers]:
    failure = Failure.SYMPTOMATIC_LEAK
    with logbook.session():
        numbers = safety_numbers(logbook)
        yield numbers
        yield asked_anew(logbook, numbers, watch=Watch(Failure.LITTLE_RELIEF), sought=None)
        for form in Form:
            watch = Watch(failure, plan=Plan(form, *failure.usual_rates))
            yield asked_anew(logbook, numbers, watch=watch, sought=None)


OF_OUTCOMES = {
    *("n_cases", "n_pairs", "n_missing", "mean_before", "mean_after", "mean_change", "sd_change"),
    *("ci95", "t", "df", "p_t", "wilcoxon", "hodges_lehmann", "responders"),
}
OF_LEAKAGE = {"per_level", "per_patient", "by_location", "by_detection"}
OF_CUSUM = {"form", "p0", "p1", "alpha", "beta", "limits", "path", "signals"}
OF_RATE = {"k", "n", "rate", "ci95"}


def test_the_documents_have_the_names_that_scripts_rely_on(logbook: Logbook) -> None:
    outcomes = json.loads(json.dumps(outcomes_json(logbook, by="technique"), allow_nan=False))
    assert set(outcomes) >= {*OF_OUTCOMES, "groups"}
    assert set(outcomes["wilcoxon"]) >= {"statistic", "p", "method"}
    assert set(outcomes["responders"]) == {"ge2", "ge30pct", "ge50pct", "acceptable"}
    assert all(set(one) >= OF_RATE for one in outcomes["responders"].values())
    assert sum(outcomes["missing"].values()) == outcomes["n_missing"]
    assert outcomes["n_pairs"] + outcomes["n_missing"] == outcomes["n_cases"]
    assert all(set(one) >= OF_OUTCOMES for one in outcomes["groups"].values())
    with logbook.session():
        safety = json.loads(json.dumps(safety_json(safety_numbers(logbook)), allow_nan=False))
    assert set(safety) >= {"leakage", "adverse_events", "cusum"}
    assert set(safety["leakage"]) >= OF_LEAKAGE
    for rate in ("per_level", "per_patient"):
        assert set(safety["leakage"][rate]) >= {*OF_RATE, "method"}
    assert set(safety["cusum"]) >= OF_CUSUM
    assert outcomes_text(logbook, "baseline", "latest", None)
    with logbook.session():
        assert safety_text(safety_numbers(logbook))


@pytest.mark.parametrize("kind", [kind for kind in ReportKind if kind.takes_filter])
def test_every_report_is_made_and_claims_nothing(logbook: Logbook, kind: ReportKind) -> None:
    tells_no_test(all_of(make_report(logbook, Wanted(kind, year=2024), AT)))
