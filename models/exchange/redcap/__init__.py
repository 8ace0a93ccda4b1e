# SPDX-License-Identifier: MIT
"""A kit for REDCap: data dictionary, data, rules, and how to set the project up.

A record is one procedure. Patient and procedure are forms of the record; levels, visits and
everything else that there may be several of are repeating instruments.
"""

from models.exchange.redcap.writing import data_of, write_redcap

__all__ = ["data_of", "write_redcap"]
