# SPDX-License-Identifier: MIT
"""The window. Knows ``models``; ``models`` never knows it."""
