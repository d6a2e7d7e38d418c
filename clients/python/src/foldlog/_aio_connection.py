"""The connection of an asyncio client, and its calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar, cast

import grpc
import grpc.aio
from google.protobuf.message import Message

from foldlog._attempts import Attempts, Repeat
from foldlog._options import ClientOptions
from foldlog._wire import (
    CHANNEL_OPTIONS,
    Link,
    broken_stream,
    is_link_in_doubt,
    reset_stream,
    silent_stream,
)
from foldlog.errors import FoldlogError, error_of

A = TypeVar("A", bound=Message)


class Connection:
    """A channel that is replaced when its connection may be dead. Confined to one event loop."""

    def __init__(
        self, target: str, credentials: grpc.ChannelCredentials | None, options: ClientOptions
    ) -> None:
        self._target = target
        self._credentials = credentials
        self.options = options
        self._link: Link | None = None

    def _current(self) -> Link:
        if self._link is None:
            self._link = self._new_link()
        return self._link

    def _new_link(self) -> Link:
        if self._credentials is None:
            return Link(grpc.aio.insecure_channel(self._target, options=CHANNEL_OPTIONS))
        return Link(
            grpc.aio.secure_channel(self._target, self._credentials, options=CHANNEL_OPTIONS)
        )

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[Link]:
        """The channel as it is now, which stays open meanwhile."""
        user = object()
        link = self.take(user)
        try:
            yield link
        finally:
            await self.give_back(link, user)

    def take(self, user: object) -> Link:
        """The channel as it is now; it is to be given back."""
        link = self._current()
        link.users.add(user)
        return link

    async def give_back(self, link: Link, user: object) -> None:
        """No more use of it. Safe to repeat."""
        is_last = link.users == {user}
        link.users.discard(user)
        if link.is_retired and is_last:
            await link.channel.close()

    async def mend(self, link: Link, failure: FoldlogError) -> None:
        """Another channel for the calls to come, if the failure says that this one may be dead."""
        if link is not self._link or not is_link_in_doubt(failure):
            return
        self._link = None
        link.is_retired = True
        if not link.users:
            await link.channel.close()

    async def call(self, method: str, request: Message, repeat: Repeat) -> Any:  # noqa: ANN401
        """The answer to a call with one answer, made again where that is safe."""
        attempts = Attempts(self.options, repeat, request)
        while True:
            async with self.lease() as link:
                try:
                    return await link.method(method)(request, timeout=attempts.begin())
                except grpc.RpcError as e:
                    failure = error_of(e)
                    failure.__cause__ = e
            pause = attempts.failed(failure)
            await self.mend(link, failure)
            await asyncio.sleep(pause)

    async def close(self) -> None:
        """Ends the calls under way."""
        if self._link is not None:
            await self._link.channel.close()


class Stream(Generic[A]):
    """The answers of one server stream, pulled one by one. Confined to one task, but close()."""

    def __init__(self, connection: Connection, method: str, request: Message) -> None:
        self._connection = connection
        self._link = connection.take(self)
        self._is_closed = False
        self._call = self._link.method(method)(request)

    async def next(self, silence_max: float) -> A | None:
        """The next answer; None: the stream has ended. Raises after so many seconds of silence."""
        # As a task of its own, a cancelled call cannot be taken for a cancelled user of it.
        reading = asyncio.ensure_future(self._call.read())
        try:
            await asyncio.wait({reading}, timeout=silence_max)
        except asyncio.CancelledError:
            reading.cancel()
            await self.release()
            raise
        if not reading.done():
            self._call.cancel()
            reading.cancel()
            failure = silent_stream(silence_max)
        elif reading.cancelled():
            failure = reset_stream()
        elif isinstance(reading.exception(), grpc.RpcError):
            failure = broken_stream(cast(grpc.RpcError, reading.exception()))
            failure.__cause__ = reading.exception()
        else:
            answer = reading.result()
            if answer is not grpc.aio.EOF:
                return cast(A, answer)
            await self._give_back()
            return None
        if not self._is_closed:
            await self._connection.mend(self._link, failure)
        await self._give_back()
        raise failure

    def close(self) -> None:
        """Cancels the call if it still runs; the server is told. Safe to repeat."""
        self._is_closed = True
        self._call.cancel()

    async def release(self) -> None:
        """Closes it, and lets the channel go. By the task that pulls."""
        self.close()
        await self._give_back()

    async def _give_back(self) -> None:
        await self._connection.give_back(self._link, self)
