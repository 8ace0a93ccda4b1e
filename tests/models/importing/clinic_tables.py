# SPDX-License-Identifier: MIT
"""Tables as clinics keep them, drawn by hypothesis: plausible, with here and there an odd cell."""

from __future__ import annotations

from hypothesis import strategies as st

HEAD = (
    *("patient_code", "performed_on", "sex", "age_at_procedure", "operator", "guidance"),
    *("height_cm", "fluoro_time_s", "history", "cement_lot", "birth_date", "pain_onset_on"),
    *("pain_duration", "started_at", "ended_at", "discharged_on", "discharged_at"),
    *("Adverse event", "any_complication", "Prior treatment"),
    *("Ward", "level", "technique", "approach", "side", "cement_ml", "cement_left_ml", "leakage"),
    "leak_locations",
    *("diagnosis", "lesion_description"),
    *("anterior_before_mm", "anterior_after_mm", "middle_after_mm", "height_gain_low_mm"),
    *("height_gain_high_mm", "height_gain", "wedge_before_deg", "lesion_size_mm"),
    *("pain_scale", "pain_baseline", "pain_baseline_on", "pain_1w", "pain_1w_on", "pain_3m"),
    *("pain_3m_on", "pain_12m_words", "ODI 3m", "EQ-VAS pre", "Mobility 6 mo"),
)
NOTED = "Ward"
"""A column that has no place of its own."""

_OF_CASE = (
    ("2026-01-05", "2026-01-20", "2026-02", ""),
    ("female", "male", ""),
    ("71", "64", "", "140"),
    ("Dr. Ångström", 'Dr. "X" {1}', ""),
    ("fluoroscopy", "fluoroscopy|ct", ""),
    ("", "171", "163.5", "12"),
    ("", "240", "0", "95"),
    ("", "Fall, 20 %s", "{0} said L1"),
    ("", "LOT-7", "lot 8 é"),
    ("", "1954-05-01", "1961-12-31", "1954", "2026-01-10"),
    ("", "2025-12", "2026-01-06", "1950-01-01"),
    ("", "6 weeks", "3", "2 months"),
    ("", "09:30", "23:10"),
    ("", "10:15", "09:00"),
    ("", "2026-01-06", "2026-01-04", "2026-02-01", "2026-01"),
    ("", "08:00", "16:20"),
    ("", "none", "none", "infection"),
    ("", "", "no", "yes"),
    ("", "none", "brace"),
    ("3 West", "", "", "T12"),
)
_SEX, _BIRTH_DATE = 1, 9
_OF_LEVEL = (
    ("T11", "T12", "L1", "L2", ""),
    ("balloon_kyphoplasty", "vertebroplasty", ""),
    ("transpedicular", "parapedicular", "", "transoral", "bipedicular"),
    ("", "bilateral", "left"),
    ("4", "4.5", "0", "", "12.3"),
    ("", "", "", "2", "5"),
    ("none", "present", "not_assessed", ""),
    ("", "", "", "epidural", "disc_upper|epidural"),
    ("", "osteoporotic_fracture", "metastasis|osteoporotic_fracture"),
    ("", "", "Wedge, {0} old, 20 %s"),
    ("", "14.2", "15", "9.9"),
    ("18.6", "", "15", "14.2"),
    ("", "", "22.5", "61"),
    ("", "", "2", "4.5"),
    ("", "", "4.5", "2"),
    ("", "", "4.4", "0", "2-3"),
    ("", "-7.5", "0", "100%s"),
    ("", "", "0", "31"),
)
_OF_SCORES = (
    ("nrs_0_10", "vas_0_100", "vas_0_10", ""),
    ("8", "7.5", "3", "", "55"),
    ("", "2026-01-02", "2026-01-05", "2025-12"),
    ("4", "", "2.5", "0"),
    ("", "2026-01-12", "2026-01-27", "2026-03-30"),
    ("2", "1", "", "10"),
    ("", "2026-03-30", "2026-04-20", "2026-01-12", "2025-01-01"),
    ("", "", "better", "2026-03-30"),
    ("20", "", "31/9", "12.5", "0.2"),
    ("", "55", "70", "101"),
    ("", "", "1", "walker"),
)


@st.composite
def clinic_rows(draw: st.DrawFn) -> list[list[str]]:
    """Rows below ``HEAD``: cases of one to three levels, many of which say the same in part."""
    rows: list[list[str]] = []
    for number in range(draw(st.integers(1, 12))):
        code = draw(st.sampled_from((f"P-{number}", f"P-{number}", f"P-{number}", "P-0", "")))
        of_case, of_scores = _drawn(draw, _OF_CASE), _drawn(draw, _OF_SCORES)
        if code == "P-0":
            # Whoever comes again and tells more changes the patient, which saving again does not.
            of_case[_SEX] = of_case[_SEX] or "female"
            of_case[_BIRTH_DATE] = "1954-05-01"
        # Without a code every row is a case of its own.
        count = draw(st.integers(1, 3)) if code else 1
        levels = [_drawn(draw, _OF_LEVEL) for _ in range(count)]
        rows += [[code, *of_case, *level, *of_scores] for level in levels]
    return rows


def _drawn(draw: st.DrawFn, columns: tuple[tuple[str, ...], ...]) -> list[str]:
    """Cells, of which the first of a column comes most often."""
    return [
        cells[0] if draw(st.integers(0, 2)) else draw(st.sampled_from(cells)) for cells in columns
    ]
