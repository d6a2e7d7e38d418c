from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ErrorReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERROR_REASON_UNSPECIFIED: _ClassVar[ErrorReason]
    ERROR_REASON_INVALID_FIELD: _ClassVar[ErrorReason]
    ERROR_REASON_INVALID_EXPRESSION: _ClassVar[ErrorReason]
    ERROR_REASON_INVALID_UPCASTER_CHAIN: _ClassVar[ErrorReason]
    ERROR_REASON_LIMIT_EXCEEDED: _ClassVar[ErrorReason]
    ERROR_REASON_EVENT_VERSION_UNKNOWN: _ClassVar[ErrorReason]
    ERROR_REASON_CONCURRENCY_CONFLICT: _ClassVar[ErrorReason]
    ERROR_REASON_EVENT_ID_CONFLICT: _ClassVar[ErrorReason]
    ERROR_REASON_REQUEST_ID_REUSED: _ClassVar[ErrorReason]
    ERROR_REASON_RESOURCE_EXISTS: _ClassVar[ErrorReason]
    ERROR_REASON_RESOURCE_NOT_FOUND: _ClassVar[ErrorReason]
    ERROR_REASON_REVISION_CONFLICT: _ClassVar[ErrorReason]
    ERROR_REASON_INVALID_STATE: _ClassVar[ErrorReason]
    ERROR_REASON_SYNC_PROJECTION_FAILED: _ClassVar[ErrorReason]
    ERROR_REASON_STORE_MISMATCH: _ClassVar[ErrorReason]
    ERROR_REASON_POSITION_AHEAD: _ClassVar[ErrorReason]
    ERROR_REASON_RETENTION_GAP: _ClassVar[ErrorReason]
    ERROR_REASON_CHECKPOINT_WENT_BACK: _ClassVar[ErrorReason]
    ERROR_REASON_CHECKPOINT_MOVED: _ClassVar[ErrorReason]
    ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED: _ClassVar[ErrorReason]
    ERROR_REASON_OVERLOADED: _ClassVar[ErrorReason]
    ERROR_REASON_STORAGE_FULL: _ClassVar[ErrorReason]
    ERROR_REASON_NOT_READY: _ClassVar[ErrorReason]
    ERROR_REASON_EVENT_UNREADABLE: _ClassVar[ErrorReason]
    ERROR_REASON_FORBIDDEN: _ClassVar[ErrorReason]
    ERROR_REASON_UNAUTHENTICATED: _ClassVar[ErrorReason]
    ERROR_REASON_INTERNAL: _ClassVar[ErrorReason]
    ERROR_REASON_OUTCOME_UNKNOWN: _ClassVar[ErrorReason]
    ERROR_REASON_FEATURE_UNSUPPORTED: _ClassVar[ErrorReason]
    ERROR_REASON_TIMESTAMP_AHEAD: _ClassVar[ErrorReason]
ERROR_REASON_UNSPECIFIED: ErrorReason
ERROR_REASON_INVALID_FIELD: ErrorReason
ERROR_REASON_INVALID_EXPRESSION: ErrorReason
ERROR_REASON_INVALID_UPCASTER_CHAIN: ErrorReason
ERROR_REASON_LIMIT_EXCEEDED: ErrorReason
ERROR_REASON_EVENT_VERSION_UNKNOWN: ErrorReason
ERROR_REASON_CONCURRENCY_CONFLICT: ErrorReason
ERROR_REASON_EVENT_ID_CONFLICT: ErrorReason
ERROR_REASON_REQUEST_ID_REUSED: ErrorReason
ERROR_REASON_RESOURCE_EXISTS: ErrorReason
ERROR_REASON_RESOURCE_NOT_FOUND: ErrorReason
ERROR_REASON_REVISION_CONFLICT: ErrorReason
ERROR_REASON_INVALID_STATE: ErrorReason
ERROR_REASON_SYNC_PROJECTION_FAILED: ErrorReason
ERROR_REASON_STORE_MISMATCH: ErrorReason
ERROR_REASON_POSITION_AHEAD: ErrorReason
ERROR_REASON_RETENTION_GAP: ErrorReason
ERROR_REASON_CHECKPOINT_WENT_BACK: ErrorReason
ERROR_REASON_CHECKPOINT_MOVED: ErrorReason
ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED: ErrorReason
ERROR_REASON_OVERLOADED: ErrorReason
ERROR_REASON_STORAGE_FULL: ErrorReason
ERROR_REASON_NOT_READY: ErrorReason
ERROR_REASON_EVENT_UNREADABLE: ErrorReason
ERROR_REASON_FORBIDDEN: ErrorReason
ERROR_REASON_UNAUTHENTICATED: ErrorReason
ERROR_REASON_INTERNAL: ErrorReason
ERROR_REASON_OUTCOME_UNKNOWN: ErrorReason
ERROR_REASON_FEATURE_UNSUPPORTED: ErrorReason
ERROR_REASON_TIMESTAMP_AHEAD: ErrorReason

class AppendConflict(_message.Message):
    __slots__ = ("violations", "violation_count")
    class Violation(_message.Message):
        __slots__ = ("index", "partition_key", "actual_sequence", "matching_position")
        INDEX_FIELD_NUMBER: _ClassVar[int]
        PARTITION_KEY_FIELD_NUMBER: _ClassVar[int]
        ACTUAL_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
        MATCHING_POSITION_FIELD_NUMBER: _ClassVar[int]
        index: int
        partition_key: str
        actual_sequence: int
        matching_position: int
        def __init__(self, index: _Optional[int] = ..., partition_key: _Optional[str] = ..., actual_sequence: _Optional[int] = ..., matching_position: _Optional[int] = ...) -> None: ...
    VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_COUNT_FIELD_NUMBER: _ClassVar[int]
    violations: _containers.RepeatedCompositeFieldContainer[AppendConflict.Violation]
    violation_count: int
    def __init__(self, violations: _Optional[_Iterable[_Union[AppendConflict.Violation, _Mapping]]] = ..., violation_count: _Optional[int] = ...) -> None: ...

class ExpressionErrors(_message.Message):
    __slots__ = ("errors",)
    class Error(_message.Message):
        __slots__ = ("field", "line", "column", "message", "snippet")
        FIELD_FIELD_NUMBER: _ClassVar[int]
        LINE_FIELD_NUMBER: _ClassVar[int]
        COLUMN_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        SNIPPET_FIELD_NUMBER: _ClassVar[int]
        field: str
        line: int
        column: int
        message: str
        snippet: str
        def __init__(self, field: _Optional[str] = ..., line: _Optional[int] = ..., column: _Optional[int] = ..., message: _Optional[str] = ..., snippet: _Optional[str] = ...) -> None: ...
    ERRORS_FIELD_NUMBER: _ClassVar[int]
    errors: _containers.RepeatedCompositeFieldContainer[ExpressionErrors.Error]
    def __init__(self, errors: _Optional[_Iterable[_Union[ExpressionErrors.Error, _Mapping]]] = ...) -> None: ...
