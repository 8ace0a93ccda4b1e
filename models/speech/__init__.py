# SPDX-License-Identifier: MIT
"""What people read, in the language of the process: sentences, numbers and days.

The source is English, and what is stored, exported or compared stays as the source has it. A
language is chosen once, by :func:`begin`, before the rest of the program is imported: declared
labels are looked up as they are declared, so that English costs nothing and other languages next
to nothing.
"""

from models.speech.languages import ENGLISH, LANGUAGES, PSEUDO, Language
from models.speech.saying import (
    AlreadySpeaking,
    begin,
    begun,
    begun_small,
    both,
    in_quotes,
    language,
    lowered,
    numeral,
    numerals,
    say,
    say_in,
    say_n,
    shown_day,
    shown_moment,
    shown_number,
    spoken,
)

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "PSEUDO",
    "AlreadySpeaking",
    "Language",
    "begin",
    "begun",
    "begun_small",
    "both",
    "in_quotes",
    "language",
    "lowered",
    "numeral",
    "numerals",
    "say",
    "say_in",
    "say_n",
    "shown_day",
    "shown_moment",
    "shown_number",
    "spoken",
]
