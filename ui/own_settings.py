# SPDX-License-Identifier: MIT
"""What is set for this computer, whatever logbook is open: the words of dialog and help."""

from __future__ import annotations

from dataclasses import dataclass

from models.speech import say


@dataclass(frozen=True, slots=True)
class OwnSetting:
    """One setting.

    Attributes:
        name: by which the help knows it.
        label: a few words.
        help: what it does, in full sentences.
        default: what holds until somebody changes it, in words.
        also: other words by which somebody looks for it, with blanks between them.
    """

    name: str
    label: str
    help: str
    default: str
    also: str


MODE = OwnSetting(
    "mode",
    say("Light or dark"),
    say("The colors of the window. Paper and exported figures are always light."),
    say("as the system"),
    say("theme mode night appearance bright black contrast"),
)

SIZE = OwnSetting(
    "size",
    say("Size of text"),
    say("Everything grows with it. Ctrl+Plus and Ctrl+Minus change it, too."),
    "100\N{NO-BREAK SPACE}%",
    say("font letters zoom scale larger smaller bigger legible accessibility"),
)

LANGUAGE = OwnSetting(
    "language",
    say("Language"),
    say("Takes effect when Kypholog is started again. Exports are the same in every language."),
    say("as the system"),
    " ".join((say("translation locale region"), "English Deutsch German Español Spanish")),
)

OWN_SETTINGS = (MODE, SIZE, LANGUAGE)
"""In the order in which the dialog shows them."""
