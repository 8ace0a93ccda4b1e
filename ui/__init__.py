# SPDX-License-Identifier: MIT
"""The window. Knows ``models``; ``models`` never knows it."""

from ui.plain_imports import keep_plain_imports
from ui.quick_enums import make_enums_quickly
from ui.signatures import compile_signatures_later

compile_signatures_later()
make_enums_quickly()
keep_plain_imports()
