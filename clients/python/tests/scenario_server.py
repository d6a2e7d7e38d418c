"""The scenario server as a process (clients/scenarios/README.md)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from threading import Lock

TOP = Path(__file__).resolve().parents[3]
SCENARIOS = TOP / "clients" / "scenarios"


class ScenarioServer:
    """A running scenario server, cued line by line. It ends with this process. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process = subprocess.Popen(
            [TOP / "scripts" / "scenario-server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        ready = self._line()
        if not ready.startswith("ready "):
            raise AssertionError(f"the scenario server said {ready!r}")
        self.address = ready.removeprefix("ready ")

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def cue(self, line: str) -> str:
        """What the cue answers."""
        with self._lock:
            assert self._process.stdin is not None
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            answer = self._line()
        if answer != "ok" and not answer.startswith("ok "):
            raise AssertionError(f"{line}: {answer}")
        return answer.removeprefix("ok").strip()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
