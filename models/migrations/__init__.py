# SPDX-License-Identifier: MIT
"""Steps from one version of the tables to the next, run in order when a logbook is opened."""
