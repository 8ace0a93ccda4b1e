# SPDX-License-Identifier: MIT
"""Published rates from a file: what comes with the program, and what a clinic may have written."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.literature import COLUMNS, PublishedRate, UnreadableRates, read_rates, shipped_rates
from models.literature.rate import rate_of
from models.literature.reading import MOST_RATES
from models.vocabulary import CountUnit, LeakDetection, Measure, Technique

HEAD = "source,measure,numerator,denominator,unit\n"


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "own.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_the_shipped_file_holds_the_table_of_the_case_series() -> None:
    table = [rate for rate in shipped_rates() if "Table 1" in rate.source]
    told = {
        (rate.source.split(",")[0], rate.measure, rate.numerator, rate.denominator)
        for rate in table
    }
    assert told == {
        ("Hadjipavlou 2007", Measure.RELIEF, None, 6),
        ("Acosta 2006 and 2008", Measure.RELIEF, 3, 4),
        ("Cohen 2004", Measure.ANALGESICS_NOT_LESS, 7, 31),
        ("Cohen 2004", Measure.ROOT_PAIN, 5, 148),
        ("Zapalowicz 2008", Measure.RELIEF, None, 1),
        ("Fuwa 2006", Measure.RELIEF, None, 1),
        ("Atalay 2006", Measure.RELIEF, None, 1),
        ("Feydy 1996", Measure.RELIEF, None, 2),
    }


def test_rates_that_the_case_series_only_quotes_have_no_counts() -> None:
    quoted = {
        (rate.reported, rate.techniques): rate.counts
        for rate in shipped_rates()
        if "ref. 34" in rate.source
    }
    assert quoted == {
        ("up to 65 %", (Technique.VERTEBROPLASTY,)): None,
        ("less than 10 %", (Technique.BALLOON_KYPHOPLASTY,)): None,
    }


def test_leaks_on_ct_are_told_by_level() -> None:
    found = [
        (rate.techniques, rate.counts, rate.unit)
        for rate in shipped_rates()
        if rate.measure is Measure.LEAKAGE
        and rate.detection is LeakDetection.CT
        and rate.counts is not None
    ]
    assert found == [
        ((Technique.BALLOON_KYPHOPLASTY,), (157, 214), CountUnit.LEVEL),
        ((Technique.VERTEBROPLASTY,), (164, 201), CountUnit.LEVEL),
    ]


def test_no_shipped_rate_stands_twice() -> None:
    assert len(set(shipped_rates())) == len(shipped_rates())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_of_a_spreadsheet_is_read(tmp_path: Path, separator: str, mark: str) -> None:
    head, row = (
        "Source,Measure,Numerator,Denominator,Unit,Technique",
        "Own 2025,leak,1,20,levels,BKP",
    )
    text = f"{mark}{head}\r\n{row}\r\n\r\n".replace(",", separator)
    (rate,) = read_rates(written(tmp_path, text))
    assert rate == PublishedRate(
        "Own 2025",
        Measure.LEAKAGE,
        numerator=1,
        denominator=20,
        unit=CountUnit.LEVEL,
        techniques=(Technique.BALLOON_KYPHOPLASTY,),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "own.csv has no column source."),
        ("source,numerator\nA,1\n", "own.csv has no column measure."),
        (HEAD, "own.csv holds no rates."),
        ("source,measure,color\n", "own.csv: the column color is not known."),
        ("source,measure,source\n", "own.csv has the column source twice."),
        (
            HEAD + "A,leak,three,4,level\n",
            "own.csv: line 2, numerator: “three” is no whole number.",
        ),
        (HEAD + "A,leak,1.5,4,level\n", "own.csv: line 2, numerator: “1.5” is no whole number."),
        (HEAD + "A,leak,5,4,level\n", "own.csv: line 2, numerator: 5 of 4 is more than all."),
        (HEAD + "A,leak,1,4,bananas\n", "own.csv: line 2, unit: “bananas” is not known."),
        (HEAD + ",leak,1,4,level\n", "own.csv: line 2, source: it is empty."),
        (HEAD + "A,leak,1,4,level,more\n", "own.csv: line 2, it has more cells"),
        (HEAD + '"A,leak,1,4,level\n', "own.csv, line 2: it is no CSV"),
        (b"source,measure\nM\xfcller,leak\n", "own.csv, line 2: it is not UTF-8."),
        (b"source,measure\nA\x00,leak\n", "own.csv is no text."),
        ("source,measure\n" + "A" * 3_000 + ",leak\n", "own.csv: line 2, source: it has more than"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    with pytest.raises(UnreadableRates) as caught:
        read_rates(written(tmp_path, text))
    assert caught.value.message.startswith(said)
    assert caught.value.cure


def test_every_row_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRates) as caught:
        read_rates(
            written(tmp_path, HEAD + "A,leak,x,4,level\n" + "B,leak,1,4,level\n,leak,1,1,\n")
        )
    assert caught.value.message.splitlines() == [
        "own.csv: line 2, numerator: “x” is no whole number.",
        "line 4, source: it is empty.",
    ]


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    with file.open("wb") as opened:
        opened.truncate(1 << 30)
    with pytest.raises(UnreadableRates, match="larger than 4 MB"):
        read_rates(file)


def test_a_file_with_far_too_many_rates_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    rows = "".join(f"Source {number},leakage\n" for number in range(MOST_RATES + 1))
    file.write_text(f"source,measure\n{rows}", encoding="utf-8")
    with pytest.raises(UnreadableRates, match=r"own\.csv holds more than 2,000 rates"):
        read_rates(file)
    file.write_text(file.read_text().rpartition("Source")[0], encoding="utf-8")
    assert len(read_rates(file)) == MOST_RATES


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRates, match="cannot be read"):
        read_rates(tmp_path)


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12)
NUMBERS = st.none() | st.integers(0, 5_000)


@st.composite
def rates(draw: st.DrawFn) -> PublishedRate:
    denominator = draw(NUMBERS)
    numerator = draw(NUMBERS)
    if numerator is not None and denominator:
        numerator = min(numerator, denominator)
    return PublishedRate(
        source=draw(WORDS.filter(bool)),
        measure=draw(st.sampled_from(Measure)),
        year=draw(st.none() | st.integers(1900, 2100)),
        indication=draw(WORDS),
        techniques=tuple(draw(st.lists(st.sampled_from(Technique), unique=True, max_size=3))),
        numerator=numerator,
        denominator=denominator,
        unit=draw(st.none() | st.sampled_from(CountUnit)),
        detection=draw(st.none() | st.sampled_from(LeakDetection)),
        time_point=draw(WORDS),
        reported=draw(WORDS),
        remark=draw(WORDS),
    )


@given(rates())
def test_the_cells_of_a_rate_tell_it_again(rate: PublishedRate) -> None:
    assert tuple(rate.cells()) == COLUMNS
    assert rate_of(rate.cells()) == rate


@given(st.lists(rates(), min_size=1, max_size=5))
def test_a_file_of_rates_reads_back(
    tmp_path_factory: pytest.TempPathFactory, some: list[PublishedRate]
) -> None:
    file = tmp_path_factory.mktemp("rates") / "rates.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS)
        writer.writeheader()
        writer.writerows(rate.cells() for rate in some)
    assert read_rates(file) == some
