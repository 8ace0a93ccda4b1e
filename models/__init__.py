# SPDX-License-Identifier: MIT
"""The logbook: record, checks, storage, analysis and exchange. Never imports Qt or ``ui``."""

from models.engines.drivers import import_peewee_alone

import_peewee_alone()

VERSION = "0.1.0"
