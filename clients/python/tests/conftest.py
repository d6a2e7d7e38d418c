from __future__ import annotations

from collections.abc import Iterator

import pytest
from scenario_server import ScenarioServer


@pytest.fixture(scope="session")
def running_server() -> Iterator[ScenarioServer]:
    server = ScenarioServer()
    yield server
    server.close()


@pytest.fixture
def server(running_server: ScenarioServer) -> ScenarioServer:
    """The server with an empty store."""
    running_server.cue("reset")
    return running_server
