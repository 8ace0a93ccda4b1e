# SPDX-License-Identifier: MIT
"""What goes on paper or to a terminal: the content, never the layout."""
