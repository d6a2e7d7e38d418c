"""Every scenario of clients/scenarios, with both clients, each a test of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from colours import Colour
from scenario import Scenario
from scenario_server import SCENARIOS, ScenarioServer

CLIENTS = {"sync": "python", "aio": "python-asyncio"}
FILES = sorted((SCENARIOS / "behaviours").iterdir())


def test_there_are_scenarios() -> None:
    assert len(FILES) > 20


@pytest.mark.parametrize("colour", ["sync", "aio"])
@pytest.mark.parametrize("name", [it.name for it in FILES])
async def test_behaves_as_described(name: str, colour: Colour, server: ScenarioServer) -> None:
    described = json.loads((SCENARIOS / "behaviours" / name).read_text())
    await Scenario(colour, server, described).run()
    server.cue(f"passed {CLIENTS[colour]} {name}")


@pytest.mark.parametrize(
    "step",
    [
        {"call": "fly", "answer": {}},
        {"jump": "high"},
        {"cue": "bogus"},
        {"call": "store_info", "answer": {"store_kind": "paper"}},
        {"call": "store_info", "error": {"type": "Transport"}},
        {"call": "store_info", "answer": {}, "extra": 1},
    ],
)
async def test_what_is_not_known_fails(step: dict[str, Any], server: ScenarioServer) -> None:
    with pytest.raises((AssertionError, KeyError)):
        await Scenario("sync", server, {"title": "t", "steps": [step]}).run()
