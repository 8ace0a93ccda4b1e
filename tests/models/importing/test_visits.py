# SPDX-License-Identifier: MIT
"""Tables with a row for each visit become cases with an assessment for each."""

from __future__ import annotations

from models.importing.lines import Verdict
from models.importing.preview import Preview
from models.logbook import Logbook
from tests.models.importing.conftest import Look
from tests.models.importing.told import levels, saved, told, visits


def refused(shown: Preview) -> list[str]:
    return [str(one) for line in shown.refused for one in line.problems]


def test_english_words_of_time(logbook: Logbook, look: Look) -> None:
    shown = look(
        "Patient ID,Procedure date,Sex,Level,Cement (mL),Visit,VAS,ODI\n"
        "P1,2024-03-04,f,T12,4.5,pre,8,62\n"
        "P1,2024-03-04,f,T12,4.5,discharge,4,\n"
        "P1,2024-03-04,f,T12,4.5,3 mo,2,20\n"
        "P2,2024-03-05,m,L1,5,baseline,7,55\n"
        "P2,2024-03-05,m,L1,5,12 months,1,10\n"
    )
    assert [line.verdict for line in shown.lines] == [Verdict.NEW, Verdict.NEW]
    first, second = saved(logbook, shown)
    assert visits(first) == [("baseline", "", 8), ("3m", "", 2), ("undated", "", 4)]
    assert [row.odi_pct for row in first.assessments] == [62, 20, None]
    assert first.assessments[2].note == "Visit: discharge"
    assert {str(row.pain_scale) for row in first.assessments} == {"vas_0_10"}
    assert levels(first) == [("T12", 4.5)]
    assert visits(second) == [("baseline", "", 7), ("12m", "", 1)]


def test_german_with_the_patient_named_once_and_a_footnote(logbook: Logbook, look: Look) -> None:
    shown = look(
        "Pat.-Nr.;OP-Datum;Geschlecht;Wirbel;Zement (ml);Zeitpunkt;Schmerz (NRS)\n"
        "A-1;03.05.2023;w;BWK 12;4,5;prä;8\n"
        ";;;;;6 Wochen;3\n"
        ";;;;;12 Monate;2\n"
        "A-2;10.05.2023;m;LWK 1;5;prä;9\n"
        ";;;;;nach 3 Monaten;4\n"
        "* NRS von 0 bis 10, telefonisch erfragt;;;;;;\n"
    )
    assert refused(shown) == [
        "Row 7: The row holds * NRS von 0 bis 10, telefonisch erfragt alone, and so nothing of a "
        "case. Add the date or a level if it is one."
    ]
    assert "3 rows name no patient and belong to the one above them." in shown.seen.recognized
    first, second = saved(logbook, shown)
    assert visits(first) == [("baseline", "", 8), ("1m", "", 3), ("12m", "", 2)]
    assert first.assessments[1].note == "Zeitpunkt: 6 Wochen"
    assert str(first.assessments[0].pain_scale) == "nrs_0_10"
    assert visits(second) == [("baseline", "", 9), ("3m", "", 4)]
    assert "day 42 counts for 1 month" in "".join(told(shown))


def test_spanish_in_any_order(logbook: Logbook, look: Look) -> None:
    shown = look(
        "Paciente;Fecha de cirugía;Sexo;Nivel;Momento;EVA\n"
        "1;02/01/2024;mujer;D12;1 año;2\n"
        "2;25/01/2024;hombre;L3;basal;9\n"
        "1;02/01/2024;mujer;D12;preoperatorio;8\n"
        "2;25/01/2024;hombre;L3;a los 6 meses;3\n"
        "1;02/01/2024;mujer;D12;al alta;4\n"
    )
    first, second = saved(logbook, shown)
    assert visits(first) == [("baseline", "", 8), ("12m", "", 2), ("undated", "", 4)]
    assert visits(second) == [("baseline", "", 9), ("6m", "", 3)]
    assert levels(first) == [("T12", None)]


def test_french_with_the_day_of_each_visit(logbook: Logbook, look: Look) -> None:
    shown = look(
        "N° patient;Date d'intervention;Niveau;Date de visite;EVA douleur\n"
        "12;15/03/2023;L2;14/03/2023;7\n"
        "12;15/03/2023;L2;16/03/2023;4\n"
        "12;15/03/2023;L2;20/06/2023;2\n"
    )
    (case,) = saved(logbook, shown)
    assert visits(case) == [
        ("baseline", "2023-03-14", 7),
        ("24h", "2023-03-16", 4),
        ("3m", "2023-06-20", 2),
    ]


def test_months_by_number(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id,surgery date,level,FU months,ODI\n"
        "A,2024-01-02,T12,0,60\nA,2024-01-02,T12,3,30\nA,2024-01-02,T12,18,20\n"
        "B,2024-01-09,L1,0,58\nB,2024-01-09,L1,60,22\n"
    )
    first, second = saved(logbook, shown)
    assert [(str(row.time_point), row.odi_pct) for row in first.assessments] == [
        ("baseline", 60),
        ("3m", 30),
        ("12m", 20),
    ]
    assert first.assessments[2].note == "FU months: 18"
    assert str(second.assessments[1].time_point) == "later"


def test_a_second_procedure_of_a_patient_has_visits_of_its_own(
    logbook: Logbook, look: Look
) -> None:
    shown = look(
        "id,procedure date,level,visit,VAS\n"
        "A,2022-01-10,T12,pre,8\nA,,,3 mo,3\n"
        "A,2023-06-01,L1,pre,9\nA,,,3 mo,2\n"
        "B,2023-07-01,L2,pre,6\n"
        "A,,,12 mo,1\n"
    )
    assert refused(shown) == [
        "Row 7, column procedure date: The row names no day of the procedure, and its patient has "
        "several in this file. Write the day of its procedure into it."
    ]
    first, second, _ = saved(logbook, shown)
    assert (levels(first), visits(first)) == (
        [("T12", None)],
        [("baseline", "", 8), ("3m", "", 3)],
    )
    assert (levels(second), visits(second)) == (
        [("L1", None)],
        [("baseline", "", 9), ("3m", "", 2)],
    )


def test_a_row_of_another_day_that_names_no_patient_is_not_of_the_one_above(
    logbook: Logbook, look: Look
) -> None:
    shown = look(
        "id,procedure date,level,visit,NRS\n"
        "A,2024-03-04,T12,pre,8/10\n,2024-05-06,L1,pre,7\nA,2024-03-04,T12,3 mo,2/10\n"
    )
    cases = {str(case.procedure.performed_on): case for case in saved(logbook, shown)}
    first, other = cases["2024-03-04"], cases["2024-05-06"]
    assert (levels(first), visits(first)) == (
        [("T12", None)],
        [("baseline", "", 8), ("3m", "", 2)],
    )
    assert (levels(other), other.patient.patient_code) == ([("L1", None)], None)
    assert {row.pain_scale_max for row in first.assessments} == {None}


def test_what_stands_on_every_row_has_to_agree(look: Look) -> None:
    shown = look(
        "id,procedure date,sex,level,cement,visit,VAS\n"
        "A,2024-01-02,f,T12,4,pre,8\nA,2024-01-02,m,T12,4,3 mo,2\n"
        "B,2024-01-03,f,T12,4,pre,8\nB,2024-01-03,f,T12,5,3 mo,2\n"
        "C,2024-01-04,f,T12,4,pre,8\nC,2024-01-04,f,L1,4,3 mo,2\n"
    )
    assert refused(shown) == [
        "Row 3, column sex: m is not what row 2 of the same case says.",
        "Row 5, column cement: 5 is not what row 4 of the same case says.",
        "Row 7, column level: L1 is not what row 6 of the same case says.",
    ]


def test_two_levels_that_stand_with_every_visit_are_two_levels(
    logbook: Logbook, look: Look
) -> None:
    shown = look(
        "id,procedure date,level,cement,visit,VAS\n"
        "A,2024-01-02,T12,4,pre,8\nA,2024-01-02,L1,5,pre,8\n"
        "A,2024-01-02,T12,4,3 mo,2\nA,2024-01-02,L1,5,3 mo,2\n"
        'B,2024-01-03,"T12, L1",,pre,8\nB,2024-01-03,"T12, L1",,3 mo,2\n'
    )
    first, second = saved(logbook, shown)
    assert levels(first) == [("T12", 4), ("L1", 5)]
    assert visits(first) == [("baseline", "", 8), ("3m", "", 2)]
    assert levels(second) == [("T12", None), ("L1", None)]
    assert told(shown) == ["Row 6, column level: Read as 2 levels, T12 and L1."]


def test_a_visit_without_value_and_one_that_comes_twice(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id,procedure date,level,visit,visit date,VAS\n"
        "A,2024-01-02,T12,pre,,8\nA,2024-01-02,T12,3 mo,,\nA,2024-01-02,T12,6 mo,,3\n"
        "A,2024-01-02,T12,6 mo,,3\n"
        "B,2024-01-02,T12,pre,,8\nB,2024-01-02,T12,6 mo,,3\nB,2024-01-02,T12,6 mo,,4\n"
        "C,2024-01-02,T12,pre,,8\nC,2024-01-02,T12,3 mo,2024-04-02,\n"
    )
    assert told(shown) == [
        "Row 3, column visit: The visit has no value: nothing is entered for it.",
        "Row 8, column VAS: 4 is not what row 7 of the same visit says.",
    ]
    first, second = saved(logbook, shown)
    assert visits(first) == [("baseline", "", 8), ("6m", "", 3)]
    assert visits(second) == [("baseline", "", 8), ("3m", "2024-04-02", None)]


def test_days_that_contradict_what_the_visit_is_called(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id,procedure date,level,visit,visit date,VAS\n"
        "A,2024-03-02,T12,pre,2024-03-01,8\nA,2024-03-02,T12,3 mo,2024-02-01,3\n"
        "B,2024-03-02,T12,pre,2024-04-01,8\nB,2024-03-02,T12,3 mo,2024-06-01,3\n"
        "C,2024-03-02,T12,pre,2024-03-02,8\nC,2024-03-02,T12,3 mo,2024-09-10,3\n"
        "D,2024-03-02,T12,pre,2024-03-01,8\nD,2024-03-02,T12,control,2024-03-09,3\n"
    )
    assert refused(shown) == [
        "Row 3, column visit date: 3 mo has the date 2024-02-01, which lies before the procedure. "
        "Mend one of them.",
        "Row 4, column visit date: pre has the date 2024-04-01, which lies after the procedure. "
        "Mend one of them.",
        "Row 9, column visit: control does not tell when the visit was. Say which time point it "
        "means, or write a span such as 3 mo.",
    ]
    assert "Row 7, column visit: By its date, day 192, it counts for 6 months." in told(shown)
    (case,) = saved(logbook, shown)
    assert visits(case) == [("baseline", "2024-03-02", 8), ("6m", "2024-09-10", 3)]


def test_what_cannot_be_placed_is_refused(look: Look) -> None:
    shown = look(
        "id,procedure date,level,visit,visit date,VAS\n"
        "A,2024-03-02,T12,pre,,8\nA,2024-03-02,T12,,,3\n"
        "B,2024-03,T12,pre,,8\nB,2024-03,T12,,2024-06-01,3\n"
        "C,2024-03-02,T12,pre,,8\nC,2024-03-02,T12,3 mo,,2\n"
    )
    assert refused(shown) == [
        "Row 3, column VAS: The row does not tell when this was. Write the visit or its day into "
        "it.",
        "Row 5, column visit date: The day of the procedure or of the visit is not known to the "
        "day, so nobody can tell which visit this is. Write the days, or the visit, into the row.",
    ]


def test_two_pain_scales_in_one_column_are_not_mixed(logbook: Logbook, look: Look) -> None:
    mixed = (
        "id,procedure date,level,visit,VAS\n"
        "A,2024-01-02,T12,pre,80\nA,2024-01-02,T12,3 mo,30\n"
        "B,2024-01-02,T12,pre,8\nB,2024-01-02,T12,3 mo,3\n"
        "C,2024-01-02,T12,pre,7\nC,2024-01-02,T12,3 mo,25\n"
    )
    shown = look(mixed)
    (use,) = (use for use in shown.mapping.columns if use.column == "VAS")
    assert (use.target, use.scale) == ("visit.pain", "")
    in_mm = look(mixed.replace("pre,8\n", "pre,82\n").replace("pre,7\n", "pre,74\n"))
    (use,) = (use for use in in_mm.mapping.columns if use.column == "VAS")
    assert use.scale == "vas_0_100"
    said = look(
        "id,procedure date,level,visit,pain,scale\n"
        "A,2024-01-02,T12,pre,80,VAS 0-100\nA,2024-01-02,T12,3 mo,3,VAS 0-10\n"
    )
    (case,) = saved(logbook, said)
    assert [(row.pain_low, str(row.pain_scale)) for row in case.assessments] == [
        (80, "vas_0_100"),
        (3, "vas_0_10"),
    ]


def test_a_score_above_its_scale_is_told_at_its_cell(look: Look) -> None:
    shown = look(
        "id,procedure date,level,visit,VAS\n"
        "A,2024-01-02,T12,pre,8\nA,2024-01-02,T12,3 mo,30\nA,2024-01-02,T12,6 mo,3\n"
        "B,2024-01-02,T12,pre,7\nB,2024-01-02,T12,3 mo,5\nB,2024-01-02,T12,6 mo,4\n"
    )
    (said,) = refused(shown)
    assert said.startswith("Row 3, column VAS: ")


def test_heights_go_where_they_belong(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id,procedure date,level,visit,visit date,Anterior height (mm),Cobb angle\n"
        "A,2024-01-02,T12,pre,2024-01-01,15,20\nA,2024-01-02,T12,post,2024-01-03,20,12\n"
        "A,2024-01-02,T12,12 mo,2025-01-05,18,14\n"
        "B,2024-01-02,T12,pre,,15,20\nB,2024-01-02,T12,12 mo,,18,14\n"
    )
    (said,) = refused(shown)
    assert said.startswith(
        "Row 6, column Anterior height (mm): A height at the visit 12 months needs its date"
    )
    (case,) = saved(logbook, shown)
    (level,) = case.levels
    assert (level.anterior_before_mm, level.anterior_after_mm) == (15, 20)
    assert (level.kyphosis_before_deg, level.kyphosis_after_deg) == (20, 12)
    (later,) = case.later_measures
    assert (str(later.measured_on), later.anterior_mm, later.kyphosis_deg) == ("2025-01-05", 18, 14)


def test_a_height_at_the_last_visit_is_none_right_after_the_procedure(
    logbook: Logbook, look: Look
) -> None:
    shown = look(
        "id,procedure date,level,visit,visit date,Anterior height (mm)\n"
        "A,2024-01-02,T12,pre,2024-01-01,15\nA,2024-01-02,T12,last follow-up,2025-09-03,17\n"
        "B,2024-01-02,T12,pre,,15\nB,2024-01-02,T12,last follow-up,,17\n"
    )
    (said,) = refused(shown)
    assert "needs its date" in said
    (case,) = saved(logbook, shown)
    assert (case.levels[0].anterior_before_mm, case.levels[0].anterior_after_mm) == (15, None)
    assert [row.anterior_mm for row in case.later_measures] == [17]


def test_columns_of_the_baseline_stand_beside_visits(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id,procedure date,level,VAS pre,visit,VAS\n"
        "A,2024-01-02,T12,8,1 mo,4\nA,2024-01-02,T12,8,3 mo,2\n"
        "B,2024-01-02,T12,8,pre,8\nB,2024-01-02,T12,8,3 mo,2\n"
        "C,2024-01-02,T12,8,pre,7\nC,2024-01-02,T12,8,3 mo,2\n"
    )
    assert refused(shown) == [
        "Row 6, column VAS: 7 is not what another column says of the same visit."
    ]
    first, second = saved(logbook, shown)
    assert visits(first) == [("baseline", "", 8), ("1m", "", 4), ("3m", "", 2)]
    assert visits(second) == [("baseline", "", 8), ("3m", "", 2)]


def test_a_day_of_the_procedure_in_two_spellings_is_one(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id;OP-Datum;Wirbel;Zeitpunkt;VAS\n"
        "A;3.5.2023;T12;pr\u00e4;8\nA;03.05.2023;T12;3 Mo;2\nA;2023-05-03;T12;6 Mo;1\n"
    )
    (case,) = saved(logbook, shown)
    assert [row.pain_low for row in case.assessments] == [8, 2, 1]
