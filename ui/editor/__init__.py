# SPDX-License-Identifier: MIT
"""The case editor: the page on which a case is entered and changed."""
