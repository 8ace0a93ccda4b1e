# SPDX-License-Identifier: MIT
"""The logbook: record, checks, storage, analysis and exchange. Never imports Qt or ``ui``."""

from models.engines.drivers import keep_from_peewee

keep_from_peewee()

VERSION = "0.1.0"
