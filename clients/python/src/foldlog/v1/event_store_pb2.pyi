import datetime

from foldlog.v1 import event_pb2 as _event_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Durability(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DURABILITY_UNSPECIFIED: _ClassVar[Durability]
    DURABILITY_MEMORY: _ClassVar[Durability]
    DURABILITY_PROCESS: _ClassVar[Durability]
    DURABILITY_DISK: _ClassVar[Durability]
    DURABILITY_REPLICATED: _ClassVar[Durability]
DURABILITY_UNSPECIFIED: Durability
DURABILITY_MEMORY: Durability
DURABILITY_PROCESS: Durability
DURABILITY_DISK: Durability
DURABILITY_REPLICATED: Durability

class AppendRequest(_message.Message):
    __slots__ = ("request_id", "events", "preconditions", "checkpoints", "validate_only")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    PRECONDITIONS_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.NewEvent]
    preconditions: _containers.RepeatedCompositeFieldContainer[Precondition]
    checkpoints: _containers.RepeatedCompositeFieldContainer[CheckpointUpdate]
    validate_only: bool
    def __init__(self, request_id: _Optional[str] = ..., events: _Optional[_Iterable[_Union[_event_pb2.NewEvent, _Mapping]]] = ..., preconditions: _Optional[_Iterable[_Union[Precondition, _Mapping]]] = ..., checkpoints: _Optional[_Iterable[_Union[CheckpointUpdate, _Mapping]]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class Precondition(_message.Message):
    __slots__ = ("partition", "no_events_matching")
    PARTITION_FIELD_NUMBER: _ClassVar[int]
    NO_EVENTS_MATCHING_FIELD_NUMBER: _ClassVar[int]
    partition: PartitionCondition
    no_events_matching: NoEventsMatching
    def __init__(self, partition: _Optional[_Union[PartitionCondition, _Mapping]] = ..., no_events_matching: _Optional[_Union[NoEventsMatching, _Mapping]] = ...) -> None: ...

class PartitionCondition(_message.Message):
    __slots__ = ("partition_key", "sequence", "exists")
    PARTITION_KEY_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    EXISTS_FIELD_NUMBER: _ClassVar[int]
    partition_key: str
    sequence: int
    exists: bool
    def __init__(self, partition_key: _Optional[str] = ..., sequence: _Optional[int] = ..., exists: _Optional[bool] = ...) -> None: ...

class NoEventsMatching(_message.Message):
    __slots__ = ("filter", "after_position")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    filter: _event_pb2.EventFilter
    after_position: int
    def __init__(self, filter: _Optional[_Union[_event_pb2.EventFilter, _Mapping]] = ..., after_position: _Optional[int] = ...) -> None: ...

class CheckpointUpdate(_message.Message):
    __slots__ = ("name", "position", "expected_position")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_POSITION_FIELD_NUMBER: _ClassVar[int]
    name: str
    position: int
    expected_position: int
    def __init__(self, name: _Optional[str] = ..., position: _Optional[int] = ..., expected_position: _Optional[int] = ...) -> None: ...

class AppendResponse(_message.Message):
    __slots__ = ("events", "position", "replayed")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[AppendedEvent]
    position: int
    replayed: bool
    def __init__(self, events: _Optional[_Iterable[_Union[AppendedEvent, _Mapping]]] = ..., position: _Optional[int] = ..., replayed: _Optional[bool] = ...) -> None: ...

class AppendedEvent(_message.Message):
    __slots__ = ("event_id", "partition_key", "sequence", "position", "recorded_at")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    PARTITION_KEY_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    partition_key: str
    sequence: int
    position: int
    recorded_at: _timestamp_pb2.Timestamp
    def __init__(self, event_id: _Optional[str] = ..., partition_key: _Optional[str] = ..., sequence: _Optional[int] = ..., position: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReadStreamRequest(_message.Message):
    __slots__ = ("partition_key", "direction", "after_sequence", "limit", "as_of_position", "filter", "options")
    PARTITION_KEY_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    AS_OF_POSITION_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    partition_key: str
    direction: _event_pb2.Direction
    after_sequence: int
    limit: int
    as_of_position: int
    filter: _event_pb2.EventFilter
    options: _event_pb2.ReadOptions
    def __init__(self, partition_key: _Optional[str] = ..., direction: _Optional[_Union[_event_pb2.Direction, str]] = ..., after_sequence: _Optional[int] = ..., limit: _Optional[int] = ..., as_of_position: _Optional[int] = ..., filter: _Optional[_Union[_event_pb2.EventFilter, _Mapping]] = ..., options: _Optional[_Union[_event_pb2.ReadOptions, _Mapping]] = ...) -> None: ...

class ReadStreamResponse(_message.Message):
    __slots__ = ("events", "last_sequence", "as_of_position", "filter_errors")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    AS_OF_POSITION_FIELD_NUMBER: _ClassVar[int]
    FILTER_ERRORS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    last_sequence: int
    as_of_position: int
    filter_errors: int
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., last_sequence: _Optional[int] = ..., as_of_position: _Optional[int] = ..., filter_errors: _Optional[int] = ...) -> None: ...

class ReadStreamSinceRequest(_message.Message):
    __slots__ = ("partition_key", "since", "limit", "as_of_position", "filter", "options")
    PARTITION_KEY_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    AS_OF_POSITION_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    partition_key: str
    since: _timestamp_pb2.Timestamp
    limit: int
    as_of_position: int
    filter: _event_pb2.EventFilter
    options: _event_pb2.ReadOptions
    def __init__(self, partition_key: _Optional[str] = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., limit: _Optional[int] = ..., as_of_position: _Optional[int] = ..., filter: _Optional[_Union[_event_pb2.EventFilter, _Mapping]] = ..., options: _Optional[_Union[_event_pb2.ReadOptions, _Mapping]] = ...) -> None: ...

class ReadStreamSinceResponse(_message.Message):
    __slots__ = ("events", "last_sequence", "as_of_position", "filter_errors", "truncated")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    AS_OF_POSITION_FIELD_NUMBER: _ClassVar[int]
    FILTER_ERRORS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    last_sequence: int
    as_of_position: int
    filter_errors: int
    truncated: bool
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., last_sequence: _Optional[int] = ..., as_of_position: _Optional[int] = ..., filter_errors: _Optional[int] = ..., truncated: _Optional[bool] = ...) -> None: ...

class ReadAllRequest(_message.Message):
    __slots__ = ("filter", "direction", "after_position", "limit", "as_of_position", "options")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    AS_OF_POSITION_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    filter: _event_pb2.EventFilter
    direction: _event_pb2.Direction
    after_position: int
    limit: int
    as_of_position: int
    options: _event_pb2.ReadOptions
    def __init__(self, filter: _Optional[_Union[_event_pb2.EventFilter, _Mapping]] = ..., direction: _Optional[_Union[_event_pb2.Direction, str]] = ..., after_position: _Optional[int] = ..., limit: _Optional[int] = ..., as_of_position: _Optional[int] = ..., options: _Optional[_Union[_event_pb2.ReadOptions, _Mapping]] = ...) -> None: ...

class ReadAllResponse(_message.Message):
    __slots__ = ("events", "scanned_position", "as_of_position", "filter_errors")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    SCANNED_POSITION_FIELD_NUMBER: _ClassVar[int]
    AS_OF_POSITION_FIELD_NUMBER: _ClassVar[int]
    FILTER_ERRORS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    scanned_position: int
    as_of_position: int
    filter_errors: int
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., scanned_position: _Optional[int] = ..., as_of_position: _Optional[int] = ..., filter_errors: _Optional[int] = ...) -> None: ...

class SubscribeAllRequest(_message.Message):
    __slots__ = ("filter", "after_position", "recorded_since", "live_only", "checkpoint", "store_id", "heartbeat_interval", "max_linger", "options")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    RECORDED_SINCE_FIELD_NUMBER: _ClassVar[int]
    LIVE_ONLY_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    MAX_LINGER_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    filter: _event_pb2.EventFilter
    after_position: int
    recorded_since: _timestamp_pb2.Timestamp
    live_only: bool
    checkpoint: str
    store_id: str
    heartbeat_interval: _duration_pb2.Duration
    max_linger: _duration_pb2.Duration
    options: _event_pb2.ReadOptions
    def __init__(self, filter: _Optional[_Union[_event_pb2.EventFilter, _Mapping]] = ..., after_position: _Optional[int] = ..., recorded_since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., live_only: _Optional[bool] = ..., checkpoint: _Optional[str] = ..., store_id: _Optional[str] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., max_linger: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., options: _Optional[_Union[_event_pb2.ReadOptions, _Mapping]] = ...) -> None: ...

class SubscribeAllResponse(_message.Message):
    __slots__ = ("position", "confirmed", "batch", "caught_up", "fell_behind", "heartbeat")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    CAUGHT_UP_FIELD_NUMBER: _ClassVar[int]
    FELL_BEHIND_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    position: int
    confirmed: Confirmed
    batch: EventBatch
    caught_up: CaughtUp
    fell_behind: FellBehind
    heartbeat: Heartbeat
    def __init__(self, position: _Optional[int] = ..., confirmed: _Optional[_Union[Confirmed, _Mapping]] = ..., batch: _Optional[_Union[EventBatch, _Mapping]] = ..., caught_up: _Optional[_Union[CaughtUp, _Mapping]] = ..., fell_behind: _Optional[_Union[FellBehind, _Mapping]] = ..., heartbeat: _Optional[_Union[Heartbeat, _Mapping]] = ...) -> None: ...

class Confirmed(_message.Message):
    __slots__ = ("store_id", "start_position", "head_position", "heartbeat_interval")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    START_POSITION_FIELD_NUMBER: _ClassVar[int]
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    start_position: int
    head_position: int
    heartbeat_interval: _duration_pb2.Duration
    def __init__(self, store_id: _Optional[str] = ..., start_position: _Optional[int] = ..., head_position: _Optional[int] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class EventBatch(_message.Message):
    __slots__ = ("events",)
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ...) -> None: ...

class CaughtUp(_message.Message):
    __slots__ = ("server_time",)
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class FellBehind(_message.Message):
    __slots__ = ("head_position",)
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    head_position: int
    def __init__(self, head_position: _Optional[int] = ...) -> None: ...

class Heartbeat(_message.Message):
    __slots__ = ("server_time", "head_position", "filter_errors")
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    FILTER_ERRORS_FIELD_NUMBER: _ClassVar[int]
    server_time: _timestamp_pb2.Timestamp
    head_position: int
    filter_errors: int
    def __init__(self, server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., head_position: _Optional[int] = ..., filter_errors: _Optional[int] = ...) -> None: ...

class GetEventRequest(_message.Message):
    __slots__ = ("event_id", "options")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    options: _event_pb2.ReadOptions
    def __init__(self, event_id: _Optional[str] = ..., options: _Optional[_Union[_event_pb2.ReadOptions, _Mapping]] = ...) -> None: ...

class GetEventResponse(_message.Message):
    __slots__ = ("event",)
    EVENT_FIELD_NUMBER: _ClassVar[int]
    event: _event_pb2.RecordedEvent
    def __init__(self, event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ...) -> None: ...

class GetPartitionRequest(_message.Message):
    __slots__ = ("partition_key",)
    PARTITION_KEY_FIELD_NUMBER: _ClassVar[int]
    partition_key: str
    def __init__(self, partition_key: _Optional[str] = ...) -> None: ...

class GetPartitionResponse(_message.Message):
    __slots__ = ("partition",)
    PARTITION_FIELD_NUMBER: _ClassVar[int]
    partition: Partition
    def __init__(self, partition: _Optional[_Union[Partition, _Mapping]] = ...) -> None: ...

class Partition(_message.Message):
    __slots__ = ("partition_key", "first_sequence", "last_sequence", "last_position", "last_recorded_at")
    PARTITION_KEY_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LAST_POSITION_FIELD_NUMBER: _ClassVar[int]
    LAST_RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    partition_key: str
    first_sequence: int
    last_sequence: int
    last_position: int
    last_recorded_at: _timestamp_pb2.Timestamp
    def __init__(self, partition_key: _Optional[str] = ..., first_sequence: _Optional[int] = ..., last_sequence: _Optional[int] = ..., last_position: _Optional[int] = ..., last_recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListPartitionsRequest(_message.Message):
    __slots__ = ("prefix", "page_size", "page_token")
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    prefix: str
    page_size: int
    page_token: str
    def __init__(self, prefix: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListPartitionsResponse(_message.Message):
    __slots__ = ("partitions", "next_page_token")
    PARTITIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    partitions: _containers.RepeatedCompositeFieldContainer[Partition]
    next_page_token: str
    def __init__(self, partitions: _Optional[_Iterable[_Union[Partition, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetStoreInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetStoreInfoResponse(_message.Message):
    __slots__ = ("store_id", "head_position", "server_version", "features", "limits", "server_time", "durability", "store_kind")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    SERVER_VERSION_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    DURABILITY_FIELD_NUMBER: _ClassVar[int]
    STORE_KIND_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    head_position: int
    server_version: str
    features: _containers.RepeatedScalarFieldContainer[str]
    limits: StoreLimits
    server_time: _timestamp_pb2.Timestamp
    durability: Durability
    store_kind: str
    def __init__(self, store_id: _Optional[str] = ..., head_position: _Optional[int] = ..., server_version: _Optional[str] = ..., features: _Optional[_Iterable[str]] = ..., limits: _Optional[_Union[StoreLimits, _Mapping]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., durability: _Optional[_Union[Durability, str]] = ..., store_kind: _Optional[str] = ...) -> None: ...

class StoreLimits(_message.Message):
    __slots__ = ("max_payload_bytes", "max_append_bytes", "max_append_events", "max_batch_events", "max_batch_bytes", "max_expression_chars", "max_expression_steps", "max_subscriptions")
    MAX_PAYLOAD_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_APPEND_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_APPEND_EVENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_BATCH_EVENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_BATCH_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_EXPRESSION_CHARS_FIELD_NUMBER: _ClassVar[int]
    MAX_EXPRESSION_STEPS_FIELD_NUMBER: _ClassVar[int]
    MAX_SUBSCRIPTIONS_FIELD_NUMBER: _ClassVar[int]
    max_payload_bytes: int
    max_append_bytes: int
    max_append_events: int
    max_batch_events: int
    max_batch_bytes: int
    max_expression_chars: int
    max_expression_steps: int
    max_subscriptions: int
    def __init__(self, max_payload_bytes: _Optional[int] = ..., max_append_bytes: _Optional[int] = ..., max_append_events: _Optional[int] = ..., max_batch_events: _Optional[int] = ..., max_batch_bytes: _Optional[int] = ..., max_expression_chars: _Optional[int] = ..., max_expression_steps: _Optional[int] = ..., max_subscriptions: _Optional[int] = ...) -> None: ...
