# SPDX-License-Identifier: MIT
"""Filters as people read them, and in the one spelling in which they are stored."""

from __future__ import annotations

import pytest

from models.query import parse, text_of, words_of


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("level:T12 leak:yes pain:>=7 -complete",
         "Level T12, leakage present, pain before at least 7, not complete"),
        ("level:T10-L2,C1", "Level C1 or T10 to L2"),
        ("-level:T11,T12", "Not level T11 or T12"),
        ("of:OF1 asa:2", "OF class OF1 edema only, ASA class II mild systemic disease"),
        ("yeom:b", "Yeom type B via basivertebral vein"),
        ("neuro_scale:frankel", "Neurological scale Frankel"),
        ('event:"Brown-Séquard syndrome"', "Adverse event Brown-Séquard syndrome"),
        ("cement_type:pmma", "Cement type PMMA, viscosity not stated"),
        ("cement:>8", "Cement of the case more than 8 mL"),
        ("latest:<=3 change:<-2", "Latest pain at most 3, change of pain less than -2"),
        ("age:60..75", "Age at procedure 60 to 75 years"),
        ("date:2026 -date:2026-03", "Date in 2026, not date in 2026-03"),
        ("date:2026-03-14", "Date 2026-03-14"),
        ("date:today", "Date today"),
        ("date:last 30d", "Date in the last 30 days"),
        ("date:1y", "Date in the last year"),
        ("date:<2026", "Date before 2026"),
        ("date:>=2026-03-01", "Date from 2026-03-01"),
        ("date:2025..today", "Date 2025 to today"),
        ("op:smith,jones", "Operator “smith” or “jones”"),
        ("lot:=A12", "Cement lot exactly “A12”"),
        ("has:pain -missing:kap", "With pain before, not without kerma-area product"),
        ("complete:no synthetic", "Not complete, synthetic"),
        ("images:yes", "Images yes"),
        ('smith -"new fracture"', "Word “smith”, not words “new fracture”"),
        ("followup:lost,due", "Follow-up due or lost to follow-up"),
    ],
)  # fmt: skip
def test_words(typed: str, said: str) -> None:
    assert words_of(parse(typed)) == said


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("LEAK:Yes", "leak:present"),
        ("level:T10,T11,T12", "level:T10-T12"),
        ("level:T10,T11,L1", "level:T10,T11,L1"),
        ("leak:none,yes,not_assessed", "leak:none,present,not_assessed"),
        ("NOT op:smith", "-operator:smith"),
        ("age:60..", "age:>=60"),
        ("date:last 2 weeks", "date:2w"),
        ('"complete" complete "or" "OR"', '"complete" complete or "OR"'),
        ("Dr. P-1 O'Neil 3/4", "Dr. P-1 O'Neil 3/4"),
        ('op:"5"" needle"', 'operator:"5"" needle"'),
    ],
)
def test_one_spelling(typed: str, text: str) -> None:
    assert text_of(parse(typed)) == text
