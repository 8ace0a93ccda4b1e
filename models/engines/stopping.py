# SPDX-License-Identifier: MIT
"""How a statement ends before its answer is there."""


class Interrupted(Exception):
    """A statement was stopped, because nobody wants its answer any more."""
