"""The client for asyncio: as the one for threads, with await."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from types import TracebackType
from typing import TypeVar, cast

import grpc

from foldlog import _requests
from foldlog._aio_connection import Connection
from foldlog._aio_reads import AsyncEventIterator, AsyncSubscription
from foldlog._attempts import Backoff, Repeat
from foldlog._ids import EventIds
from foldlog._options import ClientOptions, SubscribeOptions
from foldlog._reading import AllReading, StreamReading, StreamSinceReading
from foldlog._unit import UnitState
from foldlog._wire import require_target
from foldlog.errors import ConcurrencyConflictError, ResourceNotFoundError
from foldlog.v1.checkpoints_pb2 import (
    Checkpoint,
    CommitCheckpointRequest,
    CommitCheckpointResponse,
    DeleteCheckpointRequest,
    GetCheckpointRequest,
    GetCheckpointResponse,
    ListCheckpointsRequest,
    ListCheckpointsResponse,
)
from foldlog.v1.event_pb2 import EventFilter, NewEvent, RecordedEvent
from foldlog.v1.event_store_pb2 import (
    AppendRequest,
    AppendResponse,
    CheckpointUpdate,
    GetEventRequest,
    GetEventResponse,
    GetPartitionRequest,
    GetPartitionResponse,
    GetStoreInfoRequest,
    GetStoreInfoResponse,
    ListPartitionsRequest,
    ListPartitionsResponse,
    Partition,
    Precondition,
    ReadAllRequest,
    ReadStreamRequest,
    ReadStreamSinceRequest,
)

T = TypeVar("T")


def connect(
    target: str,
    *,
    options: ClientOptions | None = None,
    credentials: grpc.ChannelCredentials | None = None,
) -> AsyncFoldlog:
    """A client of the server at an address such as ``127.0.0.1:7070``; the first call connects.

    Without credentials there is no TLS.
    """
    return AsyncFoldlog(target, options or ClientOptions(), credentials)


class AsyncFoldlog:
    """A client of one Foldlog server. Confined to one event loop; make one and share it.

    Every call has a deadline and raises FoldlogError when it fails. What may pass (no connection,
    an overloaded or starting server) is tried again, with full jitter, where that is safe: for
    reads, and for appends, because their events always have ids. An append that has answered is as
    durable as ``store_info().durability`` says, and every later read shows it.
    """

    def __init__(
        self,
        target: str,
        options: ClientOptions,
        credentials: grpc.ChannelCredentials | None = None,
    ) -> None:
        self._options = options
        self._connection = Connection(require_target(target), credentials, options)
        self._ids = EventIds()

    @property
    def checkpoints(self) -> AsyncCheckpoints:
        """Named checkpoints."""
        return AsyncCheckpoints(self._connection)

    async def append(
        self,
        *events: NewEvent,
        preconditions: Iterable[Precondition] = (),
        checkpoints: Iterable[CheckpointUpdate] = (),
    ) -> AppendResponse:
        """Appends events if all preconditions hold, and moves checkpoints with them: all or none.

        Events without an id get a UUIDv7, so that the client's own repeats, and the application's
        with the same ids, store them once. Raises ConcurrencyConflictError when a precondition does
        not hold, CheckpointMovedError when a checkpoint is not where it was expected,
        EventIdConflictError when an id is stored with other content, and OutcomeUnknownError when
        no try brought an answer: its ``request`` may be sent again.
        """
        return await self.append_request(
            _requests.append_request(events, preconditions, checkpoints)
        )

    async def append_request(self, request: AppendRequest) -> AppendResponse:
        """As append, with every choice of the API."""
        filled = _requests.identified(request, self._ids)
        answer = await self._connection.call("Append", filled, Repeat.WRITE_WITH_IDS)
        return cast(AppendResponse, answer)

    def new_event_id(self) -> str:
        """A new id for an event: a UUIDv7, for those who want to know it before the append."""
        return self._ids.next()

    def read_stream(self, what: str | ReadStreamRequest) -> AsyncEventIterator:
        """One partition in sequence order, or as the request says. An unknown one is empty."""
        request = _requests.stream_request(what)
        return AsyncEventIterator(self._connection, StreamReading(request, self._options))

    def read_stream_since(
        self, what: str | ReadStreamSinceRequest, since: datetime | None = None
    ) -> AsyncEventIterator:
        """The recent slice of a partition: events with timestamp >= since, in sequence order."""
        request = _requests.since_request(what, since)
        return AsyncEventIterator(self._connection, StreamSinceReading(request, self._options))

    def read_all(self, what: EventFilter | ReadAllRequest | None = None) -> AsyncEventIterator:
        """The events of all partitions that match, in position order, up to the head."""
        request = _requests.all_request(what)
        return AsyncEventIterator(self._connection, AllReading(request, self._options))

    async def load_history(
        self, partition_key: str, window: timedelta = _requests.HISTORY
    ) -> list[RecordedEvent]:
        """The last 30 days of a partition by the events' own timestamps, in sequence order."""
        read = self.read_stream_since(partition_key, _requests.history_start(window))
        return await read.to_list()

    async def get_event(self, event_id: str) -> RecordedEvent:
        """One event by its id; raises ResourceNotFoundError when there is none."""
        request = GetEventRequest(event_id=event_id)
        answer = await self._connection.call("GetEvent", request, Repeat.READ)
        return cast(GetEventResponse, answer).event

    async def get_partition(self, partition_key: str) -> Partition:
        """Head and bounds of a partition; an unknown one has last_sequence 0."""
        request = GetPartitionRequest(partition_key=partition_key)
        answer = await self._connection.call("GetPartition", request, Repeat.READ)
        return cast(GetPartitionResponse, answer).partition

    async def list_partitions(self, prefix: str = "") -> AsyncIterator[Partition]:
        """The partitions whose keys have a prefix, in key order, fetched a page at a time."""
        request = ListPartitionsRequest(prefix=prefix, page_size=_requests.PAGE)
        while True:
            answer = await self._connection.call("ListPartitions", request, Repeat.READ)
            page = cast(ListPartitionsResponse, answer)
            for partition in page.partitions:
                yield partition
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token

    async def store_info(self) -> GetStoreInfoResponse:
        """Identity, head, durability, limits and features of the store."""
        answer = await self._connection.call("GetStoreInfo", GetStoreInfoRequest(), Repeat.READ)
        return cast(GetStoreInfoResponse, answer)

    def subscribe(self, options: SubscribeOptions | None = None) -> AsyncSubscription:
        """Follows the log, without options from the oldest event on.

        Nothing happens before the first signal is taken.
        """
        return AsyncSubscription(self._connection, options or SubscribeOptions())

    async def with_transaction(self, function: Callable[[AsyncUnitOfWork], Awaitable[T]]) -> T:
        """Runs a function that reads and appends, as if nobody else wrote meanwhile.

        Optimistic: the first read fixes a snapshot, appends are held back and seen by later reads
        of the unit, and the commit is one append on the conditions that nothing read has changed.
        On a conflict the function runs again, at most ``reruns_max`` times; on an unknown outcome
        the same request is sent again. Serializable for the events read through the unit. What the
        function raises ends the unit without an effect.
        """
        backoff = Backoff(self._options.retry)
        reruns = 0
        while True:
            state = UnitState(self._ids)
            try:
                result = await function(AsyncUnitOfWork(self, state))
            finally:
                state.end()
            request = state.commit()
            if request is None:
                return result
            try:
                await self.append_request(request)
                return result
            except ConcurrencyConflictError as e:
                if reruns == self._options.reruns_max:
                    raise
                reruns += 1
                pause = backoff.after(e)
            await asyncio.sleep(pause)

    async def close(self) -> None:
        """Ends the channel, and with it the calls under way."""
        await self._connection.close()

    async def __aenter__(self) -> AsyncFoldlog:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


class AsyncUnitOfWork:
    """What the function of with_transaction reads and writes through.

    Every read is as of the snapshot, plus the events that this unit appended before: those come
    last, with position and sequence 0 (not given yet). Nothing is stored before the function has
    returned. Confined to one task; of no use after the function has returned.
    """

    def __init__(self, client: AsyncFoldlog, state: UnitState) -> None:
        self._client = client
        self._state = state

    @property
    def as_of_position(self) -> int | None:
        """The snapshot; None before the first read."""
        return self._state.snapshot

    async def read_stream(self, what: str | ReadStreamRequest) -> list[RecordedEvent]:
        """A whole partition, in sequence order, or as the request says."""
        request = self._state.stream_request(_requests.stream_request(what))
        stored, last_sequence = await self._stored(self._client.read_stream(request))
        return self._state.stream(request, stored, last_sequence)

    async def read_stream_since(
        self, what: str | ReadStreamSinceRequest, since: datetime | None = None
    ) -> list[RecordedEvent]:
        """The recent events of a partition: those with timestamp >= since."""
        request = self._state.since_request(_requests.since_request(what, since))
        stored, _ = await self._stored(self._client.read_stream_since(request))
        return self._state.stream_since(request, stored)

    async def read_all(
        self, what: EventFilter | ReadAllRequest | None = None
    ) -> list[RecordedEvent]:
        """The events of all partitions that match, in position order."""
        request = self._state.all_request(_requests.all_request(what))
        stored, _ = await self._stored(self._client.read_all(request))
        return self._state.all(request, stored)

    async def _stored(self, read: AsyncEventIterator) -> tuple[list[RecordedEvent], int]:
        if self._state.is_empty_store:
            return [], 0
        async with read:
            await read.begin()
            events = await read.to_list()
            self._state.snapshot = read.as_of_position
            return events, read.last_sequence

    def append(self, *events: NewEvent) -> None:
        """Appends events when the unit commits. Later reads of this unit see them."""
        self._state.append(events)

    def move_checkpoint(self, name: str, expected: int, position: int) -> None:
        """Moves a checkpoint with the events appended; from ``expected`` (0: nowhere yet).

        If it is elsewhere the unit fails with CheckpointMovedError and does not run again.
        """
        self._state.move_checkpoint(name, expected, position)


class AsyncCheckpoints:
    """Named checkpoints: where workers that follow the log have come to.

    Confined to one event loop.

    To move one together with the events that a worker derives, put it into the append. A move or a
    removal whose answer is lost is not made again by itself: a second try could not tell its own
    first from another worker's. It raises OutcomeUnknownError; ``get`` tells where the checkpoint
    is.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, name: str) -> Checkpoint | None:
        """Where a checkpoint is; None: nowhere yet."""
        try:
            request = GetCheckpointRequest(name=name)
            answer = await self._connection.call("GetCheckpoint", request, Repeat.READ)
        except ResourceNotFoundError:
            return None
        return cast(GetCheckpointResponse, answer).checkpoint

    async def position(self, name: str) -> int:
        """The position of a checkpoint; 0: nowhere yet."""
        found = await self.get(name)
        return found.position if found else 0

    async def move(self, name: str, expected: int, position: int) -> Checkpoint:
        """Moves a checkpoint if it is where it is expected (0: nowhere yet).

        Of two workers under one name only one gets through: the other gets CheckpointMovedError.
        """
        return await self.commit(
            CommitCheckpointRequest(name=name, expected_position=expected, position=position)
        )

    async def commit(self, request: CommitCheckpointRequest) -> Checkpoint:
        """As move, with every choice of the API: unconditional moves, and moves back."""
        answer = await self._connection.call("CommitCheckpoint", request, Repeat.WRITE_ONCE)
        return cast(CommitCheckpointResponse, answer).checkpoint

    async def delete(self, name: str) -> bool:
        """Removes a checkpoint; False: there was none."""
        try:
            request = DeleteCheckpointRequest(name=name)
            await self._connection.call("DeleteCheckpoint", request, Repeat.WRITE_ONCE)
        except ResourceNotFoundError:
            return False
        return True

    async def list(self) -> AsyncIterator[Checkpoint]:
        """All checkpoints in name order, fetched a page at a time."""
        request = ListCheckpointsRequest(page_size=_requests.PAGE)
        while True:
            answer = await self._connection.call("ListCheckpoints", request, Repeat.READ)
            page = cast(ListCheckpointsResponse, answer)
            for checkpoint in page.checkpoints:
                yield checkpoint
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token
