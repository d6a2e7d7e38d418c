"""README.md shows programs that run, and what they print."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from scenario_server import ScenarioServer

HERE = Path(__file__).resolve().parents[1]
SHOWN = re.compile(
    r"^<!-- (examples/\S+) -->\n```python\n(.*?)^```\n(?:(?:prints\n)?\n?```text\n(.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
BLOCKS = SHOWN.findall((HERE / "README.md").read_text())


def test_all_code_of_the_page_is_of_an_example() -> None:
    assert (HERE / "README.md").read_text().count("```python") == len(BLOCKS) >= 4


@pytest.mark.parametrize(("name", "code", "printed"), BLOCKS, ids=[it[0] for it in BLOCKS])
def test_an_example_is_shown_and_does_what_is_said(
    name: str, code: str, printed: str, server: ScenarioServer
) -> None:
    assert (HERE / name).read_text() == code
    if printed:
        command = [sys.executable, "-W", "error", "-c", code, server.address]
        run = subprocess.run(
            command, check=False, capture_output=True, encoding="utf-8", timeout=60
        )
        assert (run.stdout, run.stderr) == (printed, "")
