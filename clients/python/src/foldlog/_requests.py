"""Requests from what callers give: a short form, or the request itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from foldlog._ids import EventIds
from foldlog.v1.event_pb2 import EventFilter, NewEvent
from foldlog.v1.event_store_pb2 import (
    AppendRequest,
    CheckpointUpdate,
    Precondition,
    ReadAllRequest,
    ReadStreamRequest,
    ReadStreamSinceRequest,
)

HISTORY = timedelta(days=30)
PAGE = 1_000


def append_request(
    events: tuple[NewEvent, ...],
    preconditions: Iterable[Precondition],
    checkpoints: Iterable[CheckpointUpdate],
) -> AppendRequest:
    """An append of these."""
    return AppendRequest(events=events, preconditions=preconditions, checkpoints=checkpoints)


def identified(request: AppendRequest, ids: EventIds) -> AppendRequest:
    """The request with an id for every event, unless the server derives them."""
    if request.request_id or all(it.event_id for it in request.events):
        return request
    filled = AppendRequest()
    filled.CopyFrom(request)
    for event in filled.events:
        event.event_id = event.event_id or ids.next()
    return filled


def stream_request(what: str | ReadStreamRequest) -> ReadStreamRequest:
    """A read of a partition by its key, or as the request says."""
    return ReadStreamRequest(partition_key=what) if isinstance(what, str) else what


def since_request(
    what: str | ReadStreamSinceRequest, since: datetime | None
) -> ReadStreamSinceRequest:
    """A read of a partition's recent events."""
    if not isinstance(what, str):
        if since is not None:
            raise ValueError("since: beside a request (expected: inside it)")
        return what
    if since is None:
        raise ValueError("since: None (expected: a time)")
    return ReadStreamSinceRequest(partition_key=what, since=utc(since))


def all_request(what: EventFilter | ReadAllRequest | None) -> ReadAllRequest:
    """A read across partitions by a filter, or as the request says."""
    return what if isinstance(what, ReadAllRequest) else ReadAllRequest(filter=what)


def history_start(window: timedelta) -> datetime:
    """So much before now."""
    if window < timedelta(0):
        raise ValueError(f"window: {window} (expected: >= 0)")
    return datetime.now(timezone.utc) - window


def utc(time: datetime) -> datetime:
    """A time with its zone; one without would be taken for something else somewhere else."""
    if time.tzinfo is None:
        raise ValueError(f"time: {time} (expected: with a time zone)")
    return time
