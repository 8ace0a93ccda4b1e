# SPDX-License-Identifier: MIT
"""The settings of the logbook, as a dialog."""
