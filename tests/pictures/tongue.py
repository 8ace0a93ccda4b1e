# SPDX-License-Identifier: MIT
"""The language that the pictures are drawn in. Imported before anything that declares words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from models import speech


def begin(arguments: Sequence[str]) -> list[str]:
    """Speak the language that is asked for, English unless it is another; the other arguments."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    codes = (*speech.LANGUAGES, speech.PSEUDO)
    parser.add_argument("--language", choices=codes, default=speech.ENGLISH)
    told, others = parser.parse_known_args(arguments)
    speech.begin(told.language)
    return others


WANTED = begin(sys.argv[1:])
"""What the command line asks for besides a language."""
