"""A worker that is killed again and again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colours import Client, listed, settled

import foldlog

if TYPE_CHECKING:
    from scenario import Scenario

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
WORKERS = {"sync": EXAMPLES / "worker.py", "aio": EXAMPLES / "aio_worker.py"}


async def kill_worker(scenario: Scenario, client: Client, with_: dict[str, Any]) -> Any:  # noqa: ANN401
    checkpoint, events, kills = with_["checkpoint"], with_["events"], with_["kills"]
    command = [
        sys.executable,
        str(WORKERS[scenario.colour]),
        scenario.server.address,
        checkpoint,
    ]

    async def was_killed_at(position: int) -> bool:
        with subprocess.Popen(command) as worker:
            try:
                while worker.poll() is None:
                    if await settled(client.checkpoints.position(checkpoint)) >= position:
                        return worker.poll() is None
                return False
            finally:
                worker.kill()

    killed = [await was_killed_at(events * kill // (kills + 1)) for kill in range(1, kills + 1)]
    await was_killed_at(events)
    scores = await listed(client.read_all(foldlog.EventFilter(actions=["score"])))
    return {
        "kills": sum(killed),
        "derived": len(scores),
        "distinct": len({it.artifact_id for it in scores}),
    }
