"""Waiting for what happens elsewhere, as long as a busy machine may take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

SECONDS_MAX = 60
LOOK_EVERY = 0.005


async def until(is_so: Callable[[], bool], state: Callable[[], str]) -> None:
    end = time.monotonic() + SECONDS_MAX
    while not is_so():
        assert time.monotonic() < end, f"waited for {SECONDS_MAX} s: {state()}"
        await asyncio.sleep(LOOK_EVERY)
