# SPDX-License-Identifier: MIT
"""The Safety page: leakage, adverse events, radiation, new fractures, CUSUM, and lot recalls."""
