# SPDX-License-Identifier: MIT
"""The table of promises names tests that exist, and its counts are of a run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.torture.telling import BEGIN, END

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "resources" / "help" / "promises.md"
TEXT = PAGE.read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", TEXT)))
_NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "asyncio"}


@pytest.mark.parametrize("name", TESTS)
def test_every_test_that_is_named_exists(name: str) -> None:
    file, _, wanted = name.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    found |= {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert wanted in found or (not wanted and any(one.startswith("test_") for one in found))


def test_every_promise_has_a_test() -> None:
    rows = [line for line in TEXT.partition(BEGIN)[0].splitlines() if line.startswith("| ")]
    promises = [row for row in rows if not row.startswith(("| promise", "| ---"))]
    assert len(promises) >= 25
    assert [row for row in promises if "`tests/" not in row] == []


def test_the_counts_are_dated_and_say_how_to_get_them() -> None:
    counts = TEXT.partition(BEGIN)[2].partition(END)[0]
    assert re.search(r"Run on \d{4}-\d\d-\d\d by `make torture ARGS=\"[^`]+\"`, seed \d+", counts)
    assert "| save |" in counts


def test_nothing_of_ours_asks_for_the_network() -> None:
    sources = [ROOT / "main.py", *(ROOT / "models").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    asking = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name in _NETWORK or name.split(".")[0] in _NETWORK or "QtNetwork" in name
    }
    # The first finds out whether the screen is there that the user named; the others wake their own
    # threads, which wait for the server that the user named.
    server = "models/engines/postgres"
    places = ("ui/preflight.py", f"{server}/breaking.py", f"{server}/listening.py")
    assert asking == {f"{place}: socket" for place in places}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []
