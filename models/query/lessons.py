# SPDX-License-Identifier: MIT
"""The language by examples, for the help beside the search box. Fields are told by ``FIELDS``."""

from __future__ import annotations

from dataclasses import dataclass

from models.speech import say


@dataclass(frozen=True, slots=True)
class Lesson:
    """One rule of the language: queries that show it, and the rule in a sentence or two."""

    examples: tuple[str, ...]
    rule: str


LESSONS = (
    Lesson(
        ("kypho smith", '"dr smith"'),
        say("Every word begins a word of the case: patient, level, technique, operator, notes."),
    ),
    Lesson(
        ("level:T12", "technique:kyphoplasty leak:yes"),
        say(
            "A field, a colon and a value. All conditions have to hold, each for any row "
            "of the case: level:T12 leak:yes does not say that it was T12 that leaked."
        ),
    ),
    Lesson(
        ("diagnosis:hemangioma", "dx:VH", "technique:vertebro"),
        say("A value is its name, a synonym, or the beginning of either, in capitals or not."),
    ),
    Lesson(("level:T11,T12",), say("A comma stands for or.")),
    Lesson(("level:T10-L2", "age:60..75", "sir:>=3"), say("From one to the other, ends included.")),
    Lesson(
        ("pain:>=7", "cement:<4,5", "change:<=-2"),
        say("Numbers are compared by >=, <=, > and <, with a decimal point or comma."),
    ),
    Lesson(
        ("pain:<=1",),
        say(
            "A score that is a range has to meet the condition as a whole: 0-1 is at most "
            "1, and not at most 0. Words such as resolved meet no number. A number is "
            "compared with scales of 0 to 10; for the VAS of 0 to 100 mm ask pain_mm."
        ),
    ),
    Lesson(
        ("date:2026", "date:2026-03", "date:2025-06..2026-02", "date:>=2026-03-01"),
        say(
            "A year, a month, a day, or from one to another. A date that is known only in "
            "part has to lie within as a whole."
        ),
    ),
    Lesson(
        ("date:today", "date:last 30d", "date:8w"), say("Days, weeks, months or years up to today.")
    ),
    Lesson(
        ("op:smith", "lot:=A1234"), say("A text contains what stands there; behind = it is all.")
    ),
    Lesson(
        ("-complete", "-leak:yes", "NOT level:T12"),
        say("A minus or NOT negates. A case without a value meets every negated condition."),
    ),
    Lesson(
        ("missing:pain", "has:image_kind"), say("What the case does not say, and what it says.")
    ),
    Lesson(
        ("leak:none", "leak:unanswered"),
        say("None was answered so at every level; not answered is not the same."),
    ),
)
"""The rules in the order in which one learns them."""
