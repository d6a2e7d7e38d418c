"""Reads and subscriptions of an asyncio client, as async iterators."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

from foldlog._aio_connection import Connection, Stream
from foldlog._following import Delivered, Following, Signal
from foldlog._options import SubscribeOptions
from foldlog._reading import Reading
from foldlog._wire import ended_subscription
from foldlog.errors import FoldlogError
from foldlog.v1.event_pb2 import RecordedEvent


async def _pause(closed: asyncio.Event, seconds: float) -> None:
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(closed.wait(), seconds)


class AsyncEventIterator(AsyncIterator[RecordedEvent]):
    """The events of one read, pulled from the server batch by batch as they are used.

    All of them are as of one snapshot. A connection that breaks is made again and the read goes on
    where it was. One that is not used up must be closed (it is a context manager). For one task,
    but for close(). The properties are known once the first event, or begin(), was awaited.
    """

    def __init__(self, connection: Connection, reading: Reading[Any, Any]) -> None:
        self._connection = connection
        self._reading = reading
        self._stream: Stream[Any] | None = None
        self._events: Sequence[RecordedEvent] = ()
        self._index = 0
        self._is_at_end = False
        self._closed = asyncio.Event()

    def __aiter__(self) -> AsyncEventIterator:
        return self

    async def __anext__(self) -> RecordedEvent:
        while self._index == len(self._events):
            if self._is_at_end:
                raise StopAsyncIteration
            await self._fetch()
        event = self._events[self._index]
        self._index += 1
        return event

    async def begin(self) -> AsyncEventIterator:
        """Waits for the first batch, which says what the properties tell."""
        while self._reading.as_of_position is None and not self._is_at_end:
            await self._fetch()
        return self

    async def to_list(self) -> list[RecordedEvent]:
        """What is left, in memory."""
        return [event async for event in self]

    @property
    def as_of_position(self) -> int:
        """The snapshot: pass it as as_of_position to read something else at the same point."""
        return self._reading.as_of_position or 0

    @property
    def last_sequence(self) -> int:
        """The partition's last sequence as of the snapshot, 0: empty. 0 across partitions."""
        return self._reading.last_sequence

    @property
    def scanned_position(self) -> int:
        """How far a read across partitions has looked, with the batch in use."""
        return self._reading.scanned_position

    @property
    def is_truncated(self) -> bool:
        """Whether the limit of a read_stream_since left older events of the slice out."""
        return self._reading.is_truncated

    async def _fetch(self) -> None:
        while not self._closed.is_set():
            try:
                answer = await self._running().next(self._connection.options.silence_max)
            except FoldlogError as e:
                self._stream = None
                if self._closed.is_set():
                    break
                pause = self._reading.failed(e)
                if pause is None:
                    break
                await _pause(self._closed, pause)
                continue
            if answer is None:
                break
            self._events = self._reading.received(answer)
            self._index = 0
            return
        self._is_at_end = True
        self._events = ()
        self._index = 0

    def _running(self) -> Stream[Any]:
        if self._stream is None:
            self._stream = Stream(self._connection, self._reading.method, self._reading.request())
        return self._stream

    def close(self) -> None:
        """Ends the read; the server is told. Safe to repeat."""
        self._closed.set()
        if self._stream is not None:
            self._stream.close()

    async def __aenter__(self) -> AsyncEventIterator:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if self._stream is not None:
            await self._stream.release()


class AsyncSubscription(AsyncIterator[Signal]):
    """Follows the log: first the past, then what comes; an async iterator without an end.

    It connects again by itself, with pauses that grow, after a restart of the server, a broken
    connection or a silent one, and goes on behind the last event taken, in the same store only. It
    raises what no repeat can mend, such as RetentionGapError, StoreMismatchError or
    PositionAheadError. ``events()`` has the events alone. What a worker does between two signals
    slows the server down, never fills memory. For one task, but for close().
    """

    def __init__(self, connection: Connection, options: SubscribeOptions) -> None:
        self._connection = connection
        self._following = Following(options, connection.options)
        self._stream: Stream[Any] | None = None
        self._closed = asyncio.Event()
        self._signals = self._follow()

    def __aiter__(self) -> AsyncSubscription:
        return self

    async def __anext__(self) -> Signal:
        return await anext(self._signals)

    async def events(self) -> AsyncIterator[RecordedEvent]:
        """The events alone, in position order."""
        async for signal in self:
            if isinstance(signal, Delivered):
                yield signal.event

    @property
    def position(self) -> int:
        """Everything that matches through here has been taken."""
        return self._following.position

    @property
    def store_id(self) -> str:
        """The store that the position belongs to; empty before the first connection."""
        return self._following.store_id

    async def _follow(self) -> AsyncGenerator[Signal, None]:
        while not self._closed.is_set():
            try:
                async for signal in self._deliver():
                    yield signal
                failure = ended_subscription()
            except FoldlogError as e:
                failure = e
            if self._closed.is_set():
                return
            disconnected = self._following.failed(failure)
            yield disconnected
            await _pause(self._closed, disconnected.pause)

    async def _deliver(self) -> AsyncGenerator[Signal, None]:
        stream: Stream[Any] = Stream(self._connection, "SubscribeAll", self._following.request())
        self._stream = stream
        try:
            while not self._closed.is_set():
                message = await stream.next(self._following.silence_max)
                if message is None:
                    return
                for signal in self._following.received(message):
                    yield signal
                    if self._closed.is_set():
                        return
        finally:
            await stream.release()

    def close(self) -> None:
        """Ends it. Safe to repeat."""
        self._closed.set()
        if self._stream is not None:
            self._stream.close()

    async def __aenter__(self) -> AsyncSubscription:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
