# SPDX-License-Identifier: MIT
"""Parts of a bundle as JSON."""

from __future__ import annotations

import json
import re

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_ESCAPED = re.compile(r"\\\\|\\u00[01][0-9a-f]|\\[bf]")
"""A backslash, and the control characters that are not allowed, as JSON writes them."""


def as_json(part: object) -> str:
    """JSON with a sign for what cannot be shown in place of the control characters of texts.

    A string of FHIR has none but tab and line ends.
    """
    told = _ENCODER.encode(part)
    if "\\" not in told:
        return told
    return _ESCAPED.sub(lambda found: found[0] if found[0] == "\\\\" else "\ufffd", told)
