# SPDX-License-Identifier: MIT
"""What fields know: how typed text is read, what cannot be, and what is unusual."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import InvalidValue
from models.fields import ClinicalField, Count, Day, Number, Stamp, TermsField, Words, when
from models.schema import (
    RECORD_TABLES,
    Assessment,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    TreatedLevel,
)
from models.vocabulary import Diagnosis, DurationUnit, Guidance, PainCharacter, Technique
from tests.models.any_case import values_of

FIELDS = {
    f"{table._meta.table_name}.{field.name}": field
    for table in RECORD_TABLES
    for field in table.clinical_fields()
}
PARSED_AS_SHOWN = sorted(name for name, field in FIELDS.items() if not isinstance(field, Words))


def field(table: type[Record], name: str) -> ClinicalField:
    found: ClinicalField = table._meta.fields[name]
    return found


cement = field(TreatedLevel, "cement_ml")


@given(st.data(), st.sampled_from(sorted(FIELDS)))
def test_every_value_comes_back_from_the_database_as_it_was(data: st.DataObject, name: str) -> None:
    value = data.draw(values_of(FIELDS[name]))
    assert FIELDS[name].python_value(FIELDS[name].db_value(value)) == value


@given(st.data(), st.sampled_from(PARSED_AS_SHOWN))
def test_every_value_reads_back_as_it_is_shown(data: st.DataObject, name: str) -> None:
    value = data.draw(values_of(FIELDS[name]))
    assert FIELDS[name].parse(FIELDS[name].show(value)) == value


@given(st.data(), st.sampled_from(sorted(FIELDS)))
def test_no_value_that_fits_is_refused(data: st.DataObject, name: str) -> None:
    assert FIELDS[name].refusal(data.draw(values_of(FIELDS[name]))) == ""


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_nothing_typed_is_nothing_entered(name: str) -> None:
    known = FIELDS[name]
    assert known.parse("  ") in (None, ())
    assert known.db_value(None) is None
    assert known.show(None) == ""
    assert known.refusal(None) == ""
    assert known.surprise(None) == ""


@given(st.text(), st.sampled_from(sorted(FIELDS)))
def test_typed_text_is_read_or_refused_and_never_crashes(typed: str, name: str) -> None:
    try:
        value = FIELDS[name].parse(typed)
    except InvalidValue as error:
        told = error.field, error.message.endswith("."), FIELDS[name].label in error.message
    else:
        told = name.partition(".")[2], FIELDS[name].refusal(value) == "", True
    assert told == (name.partition(".")[2], True, True)


def test_trap_2_a_decimal_comma_is_a_decimal_point() -> None:
    assert cement.parse("4,5") == cement.parse("4.5") == cement.parse("4,5 mL") == 4.5


@pytest.mark.parametrize("typed", ["31", "0", "-1", "30,1"])
def test_an_impossible_number_is_refused_with_its_limits_and_unit(typed: str) -> None:
    with pytest.raises(InvalidValue, match=r"0\.1 to 30 mL") as refused:
        cement.parse(typed)
    assert refused.value.field == "cement_ml"


def test_trap_13_eighteen_ml_are_kept_with_a_warning() -> None:
    assert cement.parse("18") == 18
    assert "unusual in the lumbar spine" in cement.surprise(18.0, "lumbar")


@pytest.mark.parametrize(
    ("amount", "region", "unusual"),
    [
        (3.5, "cervical", True),
        (3.5, "thoracic", False),
        (9.0, "thoracic", True),
        (9.0, "lumbar", False),
        (1.2, "sacral", True),
    ],
)
def test_what_is_usual_depends_on_the_region(amount: float, region: str, unusual: bool) -> None:
    assert bool(cement.surprise(amount, region)) is unusual


def test_trap_14_a_dose_pasted_with_the_unit_of_the_console_is_refused() -> None:
    dose = field(Procedure, "kap_gycm2")
    assert dose.parse("13.639 Gy.cm2") == 13.639
    for pasted in ("13639 mGy.cm2", "13639"):
        with pytest.raises(InvalidValue, match="Kerma-area product"):
            dose.parse(pasted)


def test_a_number_more_exact_than_is_kept_is_refused_and_not_rounded_unseen() -> None:
    with pytest.raises(InvalidValue, match="one decimal place"):
        cement.parse("4.55")
    assert cement.refusal(4.55)
    assert field(Procedure, "kap_gycm2").parse("13.6394") == 13.6394


def test_the_noise_of_binary_fractions_is_not_taken_for_exactness() -> None:
    assert cement.refusal(0.1 + 0.2) == ""
    assert cement.db_value(0.1 + 0.2) == 0.3


def test_a_count_is_whole() -> None:
    minutes = field(Procedure, "minutes")
    assert isinstance(minutes, Count)
    value = minutes.parse("45 min")
    assert value == 45
    assert isinstance(value, int)
    with pytest.raises(InvalidValue, match="whole number"):
        minutes.parse("45.5")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_measure_at_all_is_refused(value: float) -> None:
    assert cement.refusal(value)
    assert field(Procedure, "minutes").refusal(value)


def test_a_whole_number_is_stored_as_one() -> None:
    assert repr(cement.db_value(10.0)) == "10"
    assert repr(cement.db_value(4.5)) == "4.5"


@pytest.mark.parametrize("typed", ["bkp", "BKP", "Balloon kyphoplasty", "balloon_kyphoplasty"])
def test_a_term_is_read_from_code_label_or_synonym(typed: str) -> None:
    assert field(TreatedLevel, "technique").parse(typed) is Technique.BALLOON_KYPHOPLASTY


def test_an_unknown_term_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InvalidValue, match="Known are: Left, Right, Bilateral, Midline"):
        field(TreatedLevel, "side").parse("up")


@pytest.mark.parametrize("typed", ["OVCF, VH", "VH|OVCF", "vh; ovcf", "VH, OVCF, VH"])
def test_several_terms_are_read_once_each_and_in_their_order(typed: str) -> None:
    read = field(TreatedLevel, "diagnosis").parse(typed)
    assert read == (Diagnosis.HEMANGIOMA, Diagnosis.OSTEOPOROTIC_FRACTURE)


def test_a_label_with_a_comma_in_it_is_one_term() -> None:
    guidance = field(Procedure, "guidance")
    assert guidance.parse("Fluoroscopy, biplane") == (Guidance.FLUOROSCOPY_BIPLANE,)
    both = (Guidance.FLUOROSCOPY, Guidance.FLUOROSCOPY_BIPLANE)
    assert guidance.parse("Fluoroscopy, Fluoroscopy, biplane") == both
    assert field(Procedure, "pain_character").parse("Axial, Mechanical, worse with movement") == (
        PainCharacter.AXIAL,
        PainCharacter.MECHANICAL,
    )


def test_several_terms_are_stored_in_the_order_of_the_vocabulary() -> None:
    diagnosis = field(TreatedLevel, "diagnosis")
    assert isinstance(diagnosis, TermsField)
    chosen = (Diagnosis.FRACTURE_UNSPECIFIED, Diagnosis.HEMANGIOMA)
    assert diagnosis.db_value(chosen) == "hemangioma|fracture_unspecified"
    assert diagnosis.db_value(()) is None


def test_a_day_to_come_is_refused_except_where_it_may_come() -> None:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    with pytest.raises(InvalidValue, match="in the future"):
        field(Procedure, "performed_on").parse(tomorrow)
    expiry = field(Procedure, "cement_expiry")
    assert isinstance(expiry, Day)
    assert expiry.parse(tomorrow) == tomorrow


def test_today_and_the_current_month_and_year_are_no_future() -> None:
    today = date.today().isoformat()
    for length in (4, 7, 10):
        assert field(Procedure, "performed_on").parse(today[:length]) == today[:length]


@pytest.mark.parametrize("typed", ["31.02.2026", "2026-13", "01/02/2026", "soon"])
def test_a_date_that_is_none_is_refused_with_the_name_of_the_field(typed: str) -> None:
    with pytest.raises(InvalidValue, match=f"^Died on: {typed}"):
        field(Patient, "died_on").parse(typed)


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_text_that_no_file_can_hold_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="cannot be stored"):
        field(Procedure, "operator").parse(text)


@pytest.mark.parametrize("text", ["Müller", "=1+2", "a\r\nb", "\U0001f9b4", "שלום", '"', "|"])
def test_any_other_text_is_kept_as_it_is(text: str) -> None:
    operator = field(Procedure, "operator")
    assert operator.db_value(operator.parse(text)) == text


def test_empty_text_is_stored_as_missing() -> None:
    assert field(PatientIdentity, "full_name").db_value("") is None


def test_a_field_applies_only_where_its_condition_holds() -> None:
    level = TreatedLevel(diagnosis=(Diagnosis.METASTASIS,))
    enneking = field(TreatedLevel, "enneking")
    assert not enneking.applies_to(level)
    level.diagnosis = (Diagnosis.METASTASIS, Diagnosis.HEMANGIOMA)
    assert enneking.applies_to(level)
    assert field(TreatedLevel, "level").applies_to(level)


def test_a_condition_holds_for_any_of_its_terms() -> None:
    condition = when("technique", Technique.VERTEBROPLASTY, Technique.SACROPLASTY)
    assert condition.holds(TreatedLevel(technique=Technique.SACROPLASTY))
    assert not condition.holds(TreatedLevel())


def test_a_moment_is_stored_in_utc() -> None:
    two_hours_east = timezone(timedelta(hours=2))
    stamp = Stamp().db_value(datetime(2026, 3, 4, 12, 30, tzinfo=two_hours_east))
    assert stamp == "2026-03-04T10:30:00.000Z"
    assert Stamp().db_value(datetime(2026, 3, 4, tzinfo=UTC)) == "2026-03-04T00:00:00.000Z"


def test_a_moment_without_its_time_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Stamp().db_value(datetime(2026, 3, 4))


def test_a_reported_number_knows_its_parts() -> None:
    parts = [
        (known.stem, known.part)
        for known in Assessment.clinical_fields()
        if isinstance(known, Number | Words) and known.stem
    ]
    assert parts == [("pain", "low"), ("pain", "high"), ("pain", "words")]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("8:05", "08:05"), ("0805", "08:05"), ("17.30", "17:30"), ("8h05", "08:05"), ("8", "08:00")],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, stored: str) -> None:
    assert field(Procedure, "started_at").parse(typed) == stored


@pytest.mark.parametrize("typed", ["24:00", "8:60", "noon", "8:5", "12:30:00", "1e1"])
def test_what_is_no_time_of_day_is_refused_in_words(typed: str) -> None:
    with pytest.raises(InvalidValue, match="no time of day"):
        field(Procedure, "started_at").parse(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", "08:00"),
        ("0805", "08:05"),
        ("5:30 pm", "17:30"),
        ("12 am", "00:00"),
        ("12 PM", "12:00"),
    ],
)
def test_a_time_of_day_is_read_by_both_clocks(typed: str, meant: str) -> None:
    assert field(Procedure, "started_at").parse(typed) == meant


@pytest.mark.parametrize("typed", ["24:00", "8:5", "13 pm", "0 am", "8:60", "noon"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue, match="is no time of day"):
        field(Procedure, "started_at").parse(typed)


@pytest.mark.parametrize(
    ("name", "typed", "cure"),
    [
        ("fluoro_time_s", "4.9 min", "Enter 294 s."),
        ("height_cm", "1.75 m", "Enter 175 cm."),
        ("height_cm", "1.75", "enter 175 cm."),
        ("weight_kg", "1000", "expected 2 to 400 kg."),
        ("kap_gycm2", "136390 uGy.m2", "Enter 1363.9 Gy.cm2."),
        ("age_at_procedure", "seventy", "Write a whole number in digits, such as 12."),
        ("age_at_procedure", "75 1/2", "Write a whole number in digits, such as 12."),
        ("conservative_weeks", "3 months", "Enter 13 weeks."),
        ("conservative_weeks", "10 d", "Enter 1.4 weeks."),
        ("fluoro_time_s", "1,200", "could be 1 or 1200. Write it without the sign."),
    ],
)
def test_what_to_write_instead_is_told_in_our_unit_and_nothing_is_taken(
    name: str, typed: str, cure: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        field(Procedure, name).parse(typed)
    assert refused.value.message.endswith(cure)


def test_three_places_are_no_thousands_where_thousands_cannot_be() -> None:
    assert cement.parse("4.500") == 4.5
    assert field(Assessment, "eq5d_index").parse("0,615") == 0.615


@pytest.mark.parametrize("name", PARSED_AS_SHOWN)
def test_a_page_that_was_pasted_is_quoted_by_its_beginning(name: str) -> None:
    for pasted in ("Lorem ipsum dolor\nsit amet " * 200, "2026-11-25" * 50):
        with pytest.raises(InvalidValue) as refused:
            FIELDS[name].parse(pasted)
        assert len(refused.value.message) < 200
        assert "\n" not in refused.value.message


def test_a_number_without_end_is_told_in_one_line() -> None:
    with pytest.raises(InvalidValue) as refused:
        cement.parse("9" * 300)
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("3 years", "3", DurationUnit.YEARS),
        ("6w", "6", DurationUnit.WEEKS),
        ("1,5 mo", "1,5", DurationUnit.MONTHS),
        ("3", "3", None),
        ("3 fortnights", "3 fortnights", None),
        ("years", "years", None),
    ],
)
def test_the_unit_is_told_apart_where_it_is_a_field_of_its_own(
    typed: str, number: str, unit: DurationUnit | None
) -> None:
    duration = field(Procedure, "pain_duration")
    assert isinstance(duration, Number)
    assert duration.unit_behind(typed) == (number, unit)
    assert isinstance(cement, Number)
    assert cement.unit_behind("3 years") == ("3 years", None)
