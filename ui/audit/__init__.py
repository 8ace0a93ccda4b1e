# SPDX-License-Identifier: MIT
"""The audit trail: who did what and when, to be searched, read and exported."""
