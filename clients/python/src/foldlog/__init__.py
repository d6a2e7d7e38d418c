"""Foldlog: an append-only event log for feedback on what language models produce.

``connect`` makes a client for threads, ``foldlog.aio.connect`` one for asyncio. Events, filters,
requests and answers are the generated messages, re-exported here; the comments on the ``.proto``
files are their contract.
"""

from foldlog._following import (
    CaughtUp,
    Connected,
    Delivered,
    Disconnected,
    FellBehind,
    Heartbeat,
    Passed,
    Signal,
)
from foldlog._options import ClientOptions, RetryPolicy, SubscribeOptions
from foldlog._reads import EventIterator, Subscription
from foldlog.client import Checkpoints, Foldlog, UnitOfWork, connect
from foldlog.errors import FoldlogError
from foldlog.payloads import data_payload, json_payload, json_text, payload_value
from foldlog.v1.event_pb2 import EventFilter, NewEvent, Payload, ReadOptions, RecordedEvent
from foldlog.v1.event_store_pb2 import (
    AppendRequest,
    AppendResponse,
    CheckpointUpdate,
    NoEventsMatching,
    PartitionCondition,
    Precondition,
    ReadAllRequest,
    ReadStreamRequest,
    ReadStreamSinceRequest,
)

__all__ = [
    "AppendRequest",
    "AppendResponse",
    "CaughtUp",
    "CheckpointUpdate",
    "Checkpoints",
    "ClientOptions",
    "Connected",
    "Delivered",
    "Disconnected",
    "EventFilter",
    "EventIterator",
    "FellBehind",
    "Foldlog",
    "FoldlogError",
    "Heartbeat",
    "NewEvent",
    "NoEventsMatching",
    "PartitionCondition",
    "Passed",
    "Payload",
    "Precondition",
    "ReadAllRequest",
    "ReadOptions",
    "ReadStreamRequest",
    "ReadStreamSinceRequest",
    "RecordedEvent",
    "RetryPolicy",
    "Signal",
    "SubscribeOptions",
    "Subscription",
    "UnitOfWork",
    "connect",
    "data_payload",
    "json_payload",
    "json_text",
    "payload_value",
]
