# SPDX-License-Identifier: MIT
"""Images of a case: read what was handed in, take off what names a person, keep the pixels."""
