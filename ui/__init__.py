# SPDX-License-Identifier: MIT
"""The window. Knows ``models``; ``models`` never knows it."""

from ui.foreknown import tell_pyside

tell_pyside()
