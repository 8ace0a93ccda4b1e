# SPDX-License-Identifier: MIT
"""The catalogs, LANGUAGE.po and made from it LANGUAGE.mo, and what keeps them up to date."""
