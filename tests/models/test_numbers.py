# SPDX-License-Identifier: MIT
"""Reading numbers as people type them, and writing them as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.numbers import (
    Range,
    Reported,
    other_reading,
    read_number,
    read_reported,
    show_number,
    show_reported,
    top_in_words,
)

DASHES = [
    "-",
    "\u2010",
    "\u2011",
    "\u2012",
    "\u2013",
    "\u2014",
    "\u2212",
    " - ",
    " to ",
    "..",
    " bis ",
    " a ",
]

tenths = st.integers(-9_999, 9_999).map(lambda n: n / 10)
upward = st.tuples(st.integers(0, 999), st.integers(1, 99)).map(lambda n: (n[0] / 10, sum(n) / 10))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.5", 1.5),
        ("1,5", 1.5),
        (" 6 ", 6.0),
        ("6 mL", 6.0),
        ("6mL", 6.0),
        ("6 ml", 6.0),
        (",5", 0.5),
        ("4.", 4.0),
        ("+2", 2.0),
        ("-3", -3.0),
        ("\u22123", -3.0),
        ("0", 0.0),
        ("", None),
        ("   ", None),
        ("mL", None),
    ],
)
def test_a_number_is_read_with_point_or_comma_and_with_its_unit(
    typed: str, meant: float | None
) -> None:
    assert read_number(typed, "mL") == meant


@pytest.mark.parametrize(
    "typed", ["six", "1,5,0", "1.000,5", "1e3", "nan", "inf", "--2", "0-1", "6 mm", "5 6"]
)
def test_what_is_no_number_is_refused_in_a_sentence_that_quotes_it(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a number") as refused:
        read_number(typed, "mL")
    assert typed in str(refused.value)


@given(tenths, st.sampled_from([".", ","]))
def test_every_number_reads_back_as_it_is_shown(value: float, sign: str) -> None:
    assert read_number(show_number(value).replace(".", sign)) == value


@given(upward, st.sampled_from(DASHES), st.sampled_from([".", ","]))
def test_a_range_is_read_with_any_dash(ends: tuple[float, float], dash: str, sign: str) -> None:
    low, high = (str(end).replace(".", sign) for end in ends)
    assert read_reported(f"{low}{dash}{high}") == Reported(*ends)


@given(upward)
def test_every_range_reads_back_as_it_is_shown(ends: tuple[float, float]) -> None:
    reported = Reported(*ends)
    assert read_reported(show_reported(reported)) == reported


def test_a_range_is_a_range_and_has_no_exact_value() -> None:
    reported = read_reported("0-1")
    assert reported.is_range
    assert reported.exact is None


def test_a_range_with_its_unit_is_read() -> None:
    assert read_reported("3 to 5 mm", "mm") == Reported(3, 5)


def test_one_number_is_exact() -> None:
    assert read_reported("7,5").exact == 7.5
    assert not read_reported("7,5").is_range


def test_a_range_that_runs_downwards_is_refused() -> None:
    with pytest.raises(ValueError, match="smaller number first"):
        read_reported("5-3")


@pytest.mark.parametrize("said", ["resolved", "totally resolved", "much better than 2 weeks ago"])
def test_words_stay_words(said: str) -> None:
    assert read_reported(f" {said} ") == Reported(words=said)


@given(st.text())
def test_text_is_either_refused_or_kept(typed: str) -> None:
    try:
        reported = read_reported(typed)
    except ValueError:
        return
    if reported.low is None:
        assert reported.words == typed.strip()
    else:
        assert reported.high is not None
        assert reported.low <= reported.high


@pytest.mark.parametrize(
    ("value", "shown"), [(6.0, "6"), (4.5, "4.5"), (-0.04, "0"), (-3.5, "\u22123.5"), (100, "100")]
)
def test_a_number_is_shown_without_needless_zeros(value: float, shown: str) -> None:
    assert show_number(value) == shown


def test_nothing_is_shown_as_nothing() -> None:
    assert show_reported(Reported()) == ""


def test_a_range_names_its_open_ends() -> None:
    assert str(Range(None, 6)) == "up to 6"
    assert str(Range(18, None)) == "from 18"
    assert 6 in Range(None, 6)
    assert not Range(None, 6).__contains__("6")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\uff14\uff0c\uff15", 4.5),
        ("\u0661\u0662", 12.0),
        ("6\u00a0mL", 6.0),
        ("6\u2009mL", 6.0),
        ("6 cc", 6.0),
        ("6cm3", 6.0),
    ],
)
def test_other_keyboards_blanks_and_names_of_the_unit_are_read(typed: str, meant: float) -> None:
    assert read_number(typed, "mL") == meant


@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ("6 mg", "It is recorded in mL."),
        (">8", "A limit is no number: write the number, or leave it open."),
        ("\u226590", "A limit is no number: write the number, or leave it open."),
        ("~6", "Write 6 alone."),
        ("4-5", "Write one number."),
        ("1.234,5", "Write it without signs or blanks between thousands, such as 1234.5."),
        ("1 200", "Write it without signs or blanks between thousands, such as 1234.5."),
        ("\u00bd", "Write it with a decimal point, such as 0.5."),
        ("1\u00bd", "Write it with a decimal point, such as 0.5."),
        ("1e5", "Write digits with a decimal point or comma, such as 1.5."),
    ],
)
def test_a_refusal_tells_what_to_write_instead(typed: str, cure: str) -> None:
    with pytest.raises(ValueError, match="is not a number") as refused:
        read_number(typed, "mL")
    assert str(refused.value) == f"{typed} is not a number. {cure}"


@pytest.mark.parametrize(
    ("typed", "low", "high"), [("8/10", 8, 8), ("0-1/10", 0, 1), ("45 / 100", 45, 45)]
)
def test_a_score_may_name_its_top_which_its_words_keep(typed: str, low: float, high: float) -> None:
    assert read_reported(typed) == Reported(low, high, typed)
    assert top_in_words(typed) == float(typed.partition("/")[2])


def test_a_measure_is_no_score_out_of_something() -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_reported("3/5", "mm")
    assert top_in_words("totally resolved") is None


@pytest.mark.parametrize("typed", ["1e5", "6 mg", ">8", "~6", "\u00bd", "4-", "5 6", "10!"])
def test_what_looks_like_a_number_and_is_none_does_not_become_words_unseen(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_reported(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1,200", 1200), ("1.200", 1200), ("0,500", None), ("1,20", None), ("12", None)],
)
def test_a_sign_before_three_digits_may_part_thousands(typed: str, meant: float | None) -> None:
    assert other_reading(typed) == meant
