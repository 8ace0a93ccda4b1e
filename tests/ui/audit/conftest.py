# SPDX-License-Identifier: MIT
"""The program of the histories: a case P-12 that was entered by anna, and changed once."""

from tests.ui.history.conftest import Program, program

__all__ = ["Program", "program"]
