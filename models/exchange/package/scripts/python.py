# SPDX-License-Identifier: MIT
"""A Python script that reads every table with pandas, by what datapackage.json says of it."""

from __future__ import annotations

from collections.abc import Sequence

from models.exchange.sheet import Sheet

_SCRIPT = '''"""Reads the tables of this package into pandas: {names}.

Run it in their folder, or import it and call load().
"""

import json
from pathlib import Path

import pandas as pd

TYPES = {{"number": "Float64", "integer": "Int64", "boolean": "string", "string": "string"}}


def load(folder="."):
    """All tables as data frames, by their names; codes are categories of the codebook.

    What columns mean, and their units, stand in frame.attrs["labels"] and frame.attrs["units"].
    """
    folder = Path(folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {{resource["name"]: read(folder, resource) for resource in package["resources"]}}


def read(folder, resource):
    fields = resource["schema"]["fields"]
    frame = pd.read_csv(
        folder / resource["path"],
        dtype={{field["name"]: TYPES[field["type"]] for field in fields}},
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8",
    )
    for field in fields:
        name = field["name"]
        if field["type"] == "boolean":
            frame[name] = frame[name].map({{"1": True, "0": False}}).astype("boolean")
        elif "categories" in field:
            codes = [term["value"] for term in field["categories"]]
            ordered = field["categoriesOrdered"]
            frame[name] = pd.Categorical(frame[name], categories=codes, ordered=ordered)
    frame.attrs["labels"] = {{field["name"]: field["title"] for field in fields}}
    frame.attrs["units"] = {{field["name"]: field["unit"] for field in fields if "unit" in field}}
    return frame


if __name__ == "__main__":
    for table, frame in load().items():
        print(table, len(frame))
'''


def python_script(sheets: Sequence[Sheet]) -> str:
    """The script; it is run in the folder of the package."""
    return _SCRIPT.format(names=", ".join(sheet.name for sheet in sheets))
