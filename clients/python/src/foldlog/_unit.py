"""What a unit of work has read and will append, without the calls."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from foldlog._ids import EventIds
from foldlog._matching import has_expression, instant, matches
from foldlog.v1.event_pb2 import (
    DIRECTION_BACKWARD,
    PAYLOAD_FORM_STRUCT,
    EventFilter,
    NewEvent,
    ReadOptions,
    RecordedEvent,
)
from foldlog.v1.event_store_pb2 import (
    AppendRequest,
    CheckpointUpdate,
    NoEventsMatching,
    PartitionCondition,
    Precondition,
    ReadAllRequest,
    ReadStreamRequest,
    ReadStreamSinceRequest,
)

_NANOS = 1_000_000_000
_Request = ReadStreamRequest | ReadStreamSinceRequest | ReadAllRequest


class UnitState:
    """One run of a unit of work. Confined to one thread.

    A snapshot of 0 is an empty store. On the wire 0 means "the head at the call", so nothing is
    asked any more: the answer to every read is known (``is_empty_store``).
    """

    def __init__(self, ids: EventIds) -> None:
        self._ids = ids
        self._sequences: dict[str, int] = {}
        self._filters: dict[bytes, EventFilter] = {}
        self._proposed: list[NewEvent] = []
        self._seen: list[RecordedEvent] = []
        self._checkpoints: list[CheckpointUpdate] = []
        self._is_over = False
        self.snapshot: int | None = None

    def end(self) -> None:
        """No more use of it."""
        self._is_over = True

    @property
    def is_empty_store(self) -> bool:
        """Whether the snapshot is of an empty store."""
        return self.snapshot == 0

    def append(self, events: Iterable[NewEvent]) -> None:
        """Holds events back for the commit."""
        self._require_open()
        for event in events:
            filled = NewEvent()
            filled.CopyFrom(event)
            if not filled.event_id:
                filled.event_id = self._ids.next()
            if not filled.HasField("timestamp"):
                now = time.time_ns()
                filled.timestamp.seconds, filled.timestamp.nanos = divmod(now, _NANOS)
            self._proposed.append(filled)
            self._seen.append(_as_read(filled))

    def move_checkpoint(self, name: str, expected: int, position: int) -> None:
        """Holds a move back for the commit."""
        self._require_open()
        self._checkpoints.append(
            CheckpointUpdate(name=name, position=position, expected_position=expected)
        )

    def commit(self) -> AppendRequest | None:
        """The append that commits it; None: there is nothing to commit."""
        if not self._proposed:
            if self._checkpoints:
                raise RuntimeError(
                    "checkpoints: moved without an event (expected: one beside them)"
                )
            return None
        after = self.snapshot or 0
        partitions = [
            Precondition(partition=PartitionCondition(partition_key=key, sequence=sequence))
            for key, sequence in self._sequences.items()
        ]
        matching = [
            Precondition(no_events_matching=NoEventsMatching(filter=it, after_position=after))
            for it in self._filters.values()
        ]
        return AppendRequest(
            events=self._proposed,
            preconditions=partitions + matching,
            checkpoints=self._checkpoints,
        )

    def stream_request(self, request: ReadStreamRequest) -> ReadStreamRequest:
        """The read as of the snapshot."""
        self._check(request)
        asked = ReadStreamRequest()
        asked.CopyFrom(request)
        asked.as_of_position = self.snapshot or 0
        return asked

    def since_request(self, request: ReadStreamSinceRequest) -> ReadStreamSinceRequest:
        """The read as of the snapshot."""
        self._check(request)
        asked = ReadStreamSinceRequest()
        asked.CopyFrom(request)
        asked.as_of_position = self.snapshot or 0
        return asked

    def all_request(self, request: ReadAllRequest) -> ReadAllRequest:
        """The read as of the snapshot."""
        self._check(request)
        asked = ReadAllRequest()
        asked.CopyFrom(request)
        asked.as_of_position = self.snapshot or 0
        return asked

    def stream(
        self, request: ReadStreamRequest, stored: Sequence[RecordedEvent], last_sequence: int
    ) -> list[RecordedEvent]:
        """Remembers a read of a partition, and adds the unit's own events to what is stored."""
        if request.filter == EventFilter():
            self._sequences[request.partition_key] = last_sequence
        else:
            self._remember_in(request.partition_key, request.filter)
        is_backward = request.direction == DIRECTION_BACKWARD
        own: list[RecordedEvent] = []
        if not (is_backward and request.after_sequence > 0):
            # Backward and from a place: what is newer than all that is stored is not asked for.
            own = self._own_in(request.partition_key, request.filter, request.options)
        return _merged(stored, own, is_backward, request.limit)

    def stream_since(
        self, request: ReadStreamSinceRequest, stored: Sequence[RecordedEvent]
    ) -> list[RecordedEvent]:
        """The same for the recent events of a partition."""
        wanted = EventFilter()
        wanted.CopyFrom(request.filter)
        if not (wanted.HasField("since") and instant(wanted.since) > instant(request.since)):
            wanted.since.CopyFrom(request.since)
        self._remember_in(request.partition_key, wanted)
        own = self._own_in(request.partition_key, wanted, request.options)
        merged = _merged(stored, own, False, 0)
        return merged[-request.limit :] if request.limit else merged

    def all(self, request: ReadAllRequest, stored: Sequence[RecordedEvent]) -> list[RecordedEvent]:
        """The same for events of all partitions."""
        self._remember(request.filter)
        is_backward = request.direction == DIRECTION_BACKWARD
        own: list[RecordedEvent] = []
        if not (is_backward and request.after_position > 0):
            own = self._own(request.filter, request.options)
        return _merged(stored, own, is_backward, request.limit)

    def _require_open(self) -> None:
        if self._is_over:
            raise RuntimeError("the unit of work is over (expected: used inside its function only)")

    def _check(self, request: _Request) -> None:
        self._require_open()
        if request.as_of_position:
            raise ValueError(
                f"as_of_position: {request.as_of_position} (expected: 0, the unit has its own)"
            )
        if self._proposed and has_expression(request.filter):
            raise RuntimeError(
                "filter.expression: after an append (expected: before it; they run on the server)"
            )
        if self._proposed and request.options.payload_form == PAYLOAD_FORM_STRUCT:
            raise RuntimeError("options.payload_form: STRUCT after an append (expected: before it)")

    def _remember(self, wanted: EventFilter) -> None:
        kept = EventFilter()
        kept.CopyFrom(wanted)
        self._filters.setdefault(kept.SerializeToString(deterministic=True), kept)

    def _remember_in(self, partition_key: str, wanted: EventFilter) -> None:
        if wanted.partition_keys and partition_key not in wanted.partition_keys:
            return
        narrowed = EventFilter()
        narrowed.CopyFrom(wanted)
        narrowed.partition_keys[:] = [partition_key]
        self._remember(narrowed)

    def _own(self, wanted: EventFilter, options: ReadOptions) -> list[RecordedEvent]:
        found = [it for it in self._seen if matches(wanted, it)]
        return [_headers(it) for it in found] if options.headers_only else found

    def _own_in(
        self, partition_key: str, wanted: EventFilter, options: ReadOptions
    ) -> list[RecordedEvent]:
        return [it for it in self._own(wanted, options) if it.partition_key == partition_key]


def _merged(
    stored: Sequence[RecordedEvent], own: Sequence[RecordedEvent], is_backward: bool, limit: int
) -> list[RecordedEvent]:
    merged = [*reversed(own), *stored] if is_backward else [*stored, *own]
    return merged[:limit] if limit else merged


def _as_read(event: NewEvent) -> RecordedEvent:
    """As it would be read: both kinds of events have the same fields under the same numbers."""
    read = RecordedEvent.FromString(event.SerializeToString())
    read.event_version = read.stored_event_version = max(1, event.event_version)
    if not event.partition_key:
        read.partition_key = event.artifact_id
    if not event.HasField("payload"):
        read.payload.json = "{}"
    return read


def _headers(event: RecordedEvent) -> RecordedEvent:
    bare = RecordedEvent()
    bare.CopyFrom(event)
    bare.ClearField("payload")
    bare.ClearField("metadata")
    return bare
