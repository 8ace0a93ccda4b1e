# SPDX-License-Identifier: MIT
"""What went wrong and how often: leakage, adverse events, radiation, new fractures, CUSUM, recalls.

The record is read once into columns; every question is then answered from them.
"""
