# SPDX-License-Identifier: MIT
"""The logbook: record, checks, storage, analysis and exchange. Never imports Qt or ``ui``."""

VERSION = "0.1.0"
