"""How clients and subscriptions behave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from foldlog.v1.event_pb2 import EventFilter, ReadOptions


def _positive(value: float, name: str) -> None:
    if value <= 0:
        raise ValueError(f"{name}: {value} (expected: > 0)")


@dataclass(frozen=True)
class RetryPolicy:
    """How often what may pass is tried, with which pauses: random ones, whose bound doubles.

    tries_max -- tries, the first included; 1: never again
    first_pause_max, pause_max -- seconds; bound of the first pause, and of any
    """

    tries_max: int = 5
    first_pause_max: float = 0.1
    pause_max: float = 5.0

    def __post_init__(self) -> None:
        _positive(self.tries_max, "tries_max")
        _positive(self.first_pause_max, "first_pause_max")
        if self.pause_max < self.first_pause_max:
            raise ValueError(f"pause_max: {self.pause_max} (expected: >= {self.first_pause_max})")


@dataclass(frozen=True)
class ClientOptions:
    """How a client behaves. Times are in seconds.

    deadline -- how long a call may take with all its tries; reads and subscriptions have none as
        a whole
    try_deadline -- how long one try may take, after which its outcome counts as unknown
    silence_max -- how long a read waits for its next batch before the connection counts as broken
    retry -- tries and pauses of calls and reads; subscriptions use its pauses and never give up
    reruns_max -- how often the function of with_transaction runs again after a conflict
    """

    deadline: float = 30.0
    try_deadline: float = 10.0
    silence_max: float = 30.0
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    reruns_max: int = 5

    def __post_init__(self) -> None:
        _positive(self.deadline, "deadline")
        _positive(self.try_deadline, "try_deadline")
        _positive(self.silence_max, "silence_max")
        if self.reruns_max < 0:
            raise ValueError(f"reruns_max: {self.reruns_max} (expected: >= 0)")


@dataclass(frozen=True)
class SubscribeOptions:
    """What a subscription follows, and how. Times are in seconds.

    after, recorded_since, live_only, checkpoint -- where it starts: after a position (0: from the
        oldest event), with the first event recorded at or after a time, with what is committed
        after the call, or after a named checkpoint (from the oldest event when there is none).
        One of them at most
    filter -- which events
    store_id -- the store that the position belongs to; empty: any, but after the first connection
        always that one
    heartbeat_interval -- how often a quiet server says that it is there, 1 to 300
    heartbeats_missed_max -- after so many intervals of silence the connection counts as broken
    max_linger -- how long the server may wait for a fuller batch, at most 10
    """

    after: int | None = None
    recorded_since: datetime | None = None
    live_only: bool = False
    checkpoint: str = ""
    filter: EventFilter | None = None
    store_id: str = ""
    heartbeat_interval: float = 15.0
    heartbeats_missed_max: int = 3
    max_linger: float = 0.0
    delivery: ReadOptions | None = None

    def __post_init__(self) -> None:
        starts = [
            self.after is not None,
            self.recorded_since is not None,
            self.live_only,
            bool(self.checkpoint),
        ]
        if sum(starts) > 1:
            raise ValueError(
                "after, recorded_since, live_only, checkpoint: several (expected: one)"
            )
        if self.after is not None and self.after < 0:
            raise ValueError(f"after: {self.after} (expected: >= 0)")
        _positive(self.heartbeat_interval, "heartbeat_interval")
        _positive(self.heartbeats_missed_max, "heartbeats_missed_max")
