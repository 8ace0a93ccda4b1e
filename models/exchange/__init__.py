# SPDX-License-Identifier: MIT
"""The record on its way out of the logbook and back in. Nothing here decides what is true."""
