"""A subscription that remembers what it was told."""

from __future__ import annotations

import asyncio
from typing import Any

from colours import Client, pulled
from google.protobuf import json_format
from waiting import until

import foldlog
from foldlog.v1.event_store_pb2 import SubscribeAllRequest

SIGNALS = {
    foldlog.CaughtUp: "caught_up",
    foldlog.Heartbeat: "heartbeat",
    foldlog.Disconnected: "disconnected",
}


class Followed:
    def __init__(self, client: Client, described: dict[str, Any], heartbeats_missed: int) -> None:
        request = SubscribeAllRequest()
        json_format.ParseDict(described, request)
        self.subscription = client.subscribe(_options(request, heartbeats_missed))
        self.ids: list[str] = []
        self.signals: set[str] = set()
        self.failure: BaseException | None = None
        self._is_closed = False
        self._task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        try:
            while (signal := await pulled(self.subscription)) is not None:
                if isinstance(signal, foldlog.Delivered):
                    self.ids.append(signal.event.event_id)
                elif type(signal) in SIGNALS:
                    self.signals.add(SIGNALS[type(signal)])
        except Exception as e:
            self.failure = e

    async def wait_for(self, step: dict[str, Any]) -> None:
        count = step.get("count", len(step.get("events", [])))
        wanted = set(step.get("signals", []))
        position = int(step.get("position", 0))
        await until(
            lambda: (
                self._task.done()
                or (
                    len(self.ids) >= count
                    and wanted <= self.signals
                    and self.subscription.position >= position
                )
            ),
            lambda: f"{len(self.ids)} events, {self.signals}, at {self.subscription.position}",
        )
        assert not self._task.done(), f"the subscription ended: {self.failure!r}"
        if "events" in step:
            assert self.ids == step["events"]
        assert len(self.ids) == count
        if "distinct" in step:
            assert len(set(self.ids)) == step["distinct"]

    async def ended(self) -> BaseException:
        await until(self._task.done, lambda: "the subscription runs")
        assert self.failure is not None, "the subscription ended without an error"
        return self.failure

    async def close(self) -> None:
        self.subscription.close()
        if not self._is_closed:
            self._is_closed = True
            await asyncio.wait_for(self._task, 60)


def _options(request: SubscribeAllRequest, heartbeats_missed: int) -> foldlog.SubscribeOptions:
    start = request.WhichOneof("start")
    return foldlog.SubscribeOptions(
        after=request.after_position if start == "after_position" else None,
        live_only=request.live_only,
        checkpoint=request.checkpoint,
        filter=request.filter,
        store_id=request.store_id,
        heartbeat_interval=request.heartbeat_interval.seconds or 15.0,
        heartbeats_missed_max=heartbeats_missed,
    )
