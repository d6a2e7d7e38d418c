"""Ids for events that have none: UUIDv7 (RFC 9562), which sort by the time they were made."""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_COUNTER_BITS = 12
_RANDOM_BITS = 62


class EventIds:
    """Makes ids, each greater than every one before, also when the clock goes back. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_tick = 0

    def next(self) -> str:
        """A new id."""
        now = time.time_ns() // 1_000_000 << _COUNTER_BITS
        with self._lock:
            tick = self._last_tick = max(now, self._last_tick + 1)
        millis, counter = tick >> _COUNTER_BITS, tick & (1 << _COUNTER_BITS) - 1
        high = millis << 16 | 7 << 12 | counter
        low = 0b10 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        return str(uuid.UUID(int=high << 64 | low))
