# SPDX-License-Identifier: MIT
"""The window. Knows ``models``; ``models`` never knows it."""

from ui.foreknown import tell_pyside
from ui.quick_enums import make_enums_quickly
from ui.signatures import compile_signatures_later

compile_signatures_later()
make_enums_quickly()
tell_pyside()
