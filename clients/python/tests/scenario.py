"""Runs one scenario: its steps in turn (clients/scenarios/README.md)."""

from __future__ import annotations

import asyncio
from typing import Any

import calls
from colours import Client, Colour, connect, settled
from facts import facts
from followed import Followed
from matching import mismatch
from scenario_server import ScenarioServer

import foldlog

KEYS = {
    "cue": {"answer"},
    "call": {"client", "with", "answer", "error"},
    "subscribe": {"client", "with"},
    "await": {"events", "count", "distinct", "position", "signals"},
    "close": set(),
    "ended": {"error"},
}
OPTIONS = {"tries", "deadline_ms", "reruns", "heartbeats_missed"}


class Scenario:
    def __init__(self, colour: Colour, server: ScenarioServer, described: dict[str, Any]) -> None:
        assert described.keys() <= {"title", "options", "clients", "steps"}
        self.colour = colour
        self.server = server
        self.described = described
        self.clients: dict[str, Client] = {}
        self.followed: dict[str, Followed] = {}

    async def run(self) -> None:
        try:
            for number, step in enumerate(self.described["steps"], 1):
                try:
                    await self._step(step)
                except Exception as e:
                    raise AssertionError(f"step {number}, {step}: {e}") from e
        finally:
            for it in self.followed.values():
                await it.close()
            for client in self.clients.values():
                await settled(client.close())

    async def cue(self, line: str) -> str:
        return await asyncio.to_thread(self.server.cue, line)

    async def _step(self, step: dict[str, Any]) -> None:
        kind = next((it for it in KEYS if it in step), None)
        assert kind is not None, "no known kind of step"
        assert step.keys() - {kind} <= KEYS[kind], "an unknown key"
        if kind == "cue":
            answer = await self.cue(step["cue"])
            assert "answer" not in step or answer == step["answer"]
        elif kind == "call":
            await self._call(step)
        elif kind == "subscribe":
            name = step.get("client", "main")
            missed = self._settings(name).get("heartbeats_missed", 3)
            self.followed[step["subscribe"]] = Followed(self.client(name), step["with"], missed)
        elif kind == "await":
            await self.followed[step["await"]].wait_for(step)
        elif kind == "close":
            await self.followed[step["close"]].close()
        else:
            _compare(step["error"], await self.followed[step["ended"]].ended())

    async def _call(self, step: dict[str, Any]) -> None:
        function = calls.CALLS[step["call"]]
        try:
            client = self.client(step.get("client", "main"))
            answer = await function(self, client, step.get("with", {}))
        except foldlog.FoldlogError as e:
            if "error" not in step:
                raise
            _compare(step["error"], e)
            return
        assert "answer" in step, f"an error was expected, not {answer}"
        problem = mismatch("answer", step["answer"], answer)
        assert problem is None, problem

    def client(self, name: str) -> Client:
        """The client of that name, made at its first use."""
        if name not in self.clients:
            settings = self._settings(name)
            assert settings.keys() <= OPTIONS
            options = foldlog.ClientOptions(
                deadline=settings.get("deadline_ms", 30_000) / 1000,
                retry=foldlog.RetryPolicy(settings.get("tries", 5), 0.01, 0.1),
                reruns_max=settings.get("reruns", 5),
            )
            self.clients[name] = connect(self.colour, self.server.address, options)
        return self.clients[name]

    def _settings(self, name: str) -> dict[str, Any]:
        own = self.described.get("clients", {}).get(name, {})
        return {**self.described.get("options", {}), **own}


def _compare(wanted: dict[str, Any], error: BaseException) -> None:
    if not isinstance(error, foldlog.FoldlogError):
        raise AssertionError(f"not the client's own error: {error!r}") from error
    problem = mismatch("error", wanted, facts(error, wanted.get("typed", {})))
    assert problem is None, problem
