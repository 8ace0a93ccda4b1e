# SPDX-License-Identifier: MIT
"""The Literature page: published rates with a search, and the clinic's own rows among them."""
