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

class ProjectionMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROJECTION_MODE_UNSPECIFIED: _ClassVar[ProjectionMode]
    PROJECTION_MODE_SYNC: _ClassVar[ProjectionMode]
    PROJECTION_MODE_ASYNC: _ClassVar[ProjectionMode]

class ApplyErrorPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    APPLY_ERROR_POLICY_UNSPECIFIED: _ClassVar[ApplyErrorPolicy]
    APPLY_ERROR_POLICY_STOP: _ClassVar[ApplyErrorPolicy]
    APPLY_ERROR_POLICY_SKIP: _ClassVar[ApplyErrorPolicy]
PROJECTION_MODE_UNSPECIFIED: ProjectionMode
PROJECTION_MODE_SYNC: ProjectionMode
PROJECTION_MODE_ASYNC: ProjectionMode
APPLY_ERROR_POLICY_UNSPECIFIED: ApplyErrorPolicy
APPLY_ERROR_POLICY_STOP: ApplyErrorPolicy
APPLY_ERROR_POLICY_SKIP: ApplyErrorPolicy

class Projection(_message.Message):
    __slots__ = ("name", "mode", "cel", "plugin", "filter", "on_error", "revision", "state", "applied_position", "lag", "rebuild", "failure", "key_count", "skipped_count", "updated_at", "start_after_position", "last_failure")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Projection.State]
        STATE_BUILDING: _ClassVar[Projection.State]
        STATE_RUNNING: _ClassVar[Projection.State]
        STATE_REBUILDING: _ClassVar[Projection.State]
        STATE_PAUSED: _ClassVar[Projection.State]
        STATE_FAILED: _ClassVar[Projection.State]
    STATE_UNSPECIFIED: Projection.State
    STATE_BUILDING: Projection.State
    STATE_RUNNING: Projection.State
    STATE_REBUILDING: Projection.State
    STATE_PAUSED: Projection.State
    STATE_FAILED: Projection.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    CEL_FIELD_NUMBER: _ClassVar[int]
    PLUGIN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ON_ERROR_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    APPLIED_POSITION_FIELD_NUMBER: _ClassVar[int]
    LAG_FIELD_NUMBER: _ClassVar[int]
    REBUILD_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    KEY_COUNT_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    START_AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    LAST_FAILURE_FIELD_NUMBER: _ClassVar[int]
    name: str
    mode: ProjectionMode
    cel: CelProjection
    plugin: PluginRef
    filter: _event_pb2.EventFilter
    on_error: ApplyErrorPolicy
    revision: int
    state: Projection.State
    applied_position: int
    lag: int
    rebuild: Rebuild
    failure: ProjectionFailure
    key_count: int
    skipped_count: int
    updated_at: _timestamp_pb2.Timestamp
    start_after_position: int
    last_failure: ProjectionFailure
    def __init__(self, name: _Optional[str] = ..., mode: _Optional[_Union[ProjectionMode, str]] = ..., cel: _Optional[_Union[CelProjection, _Mapping]] = ..., plugin: _Optional[_Union[PluginRef, _Mapping]] = ..., filter: _Optional[_Union[_event_pb2.EventFilter, _Mapping]] = ..., on_error: _Optional[_Union[ApplyErrorPolicy, str]] = ..., revision: _Optional[int] = ..., state: _Optional[_Union[Projection.State, str]] = ..., applied_position: _Optional[int] = ..., lag: _Optional[int] = ..., rebuild: _Optional[_Union[Rebuild, _Mapping]] = ..., failure: _Optional[_Union[ProjectionFailure, _Mapping]] = ..., key_count: _Optional[int] = ..., skipped_count: _Optional[int] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_after_position: _Optional[int] = ..., last_failure: _Optional[_Union[ProjectionFailure, _Mapping]] = ...) -> None: ...

class CelProjection(_message.Message):
    __slots__ = ("applies", "key", "apply")
    APPLIES_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    APPLY_FIELD_NUMBER: _ClassVar[int]
    applies: str
    key: str
    apply: str
    def __init__(self, applies: _Optional[str] = ..., key: _Optional[str] = ..., apply: _Optional[str] = ...) -> None: ...

class PluginRef(_message.Message):
    __slots__ = ("name", "settings")
    class SettingsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    name: str
    settings: _containers.ScalarMap[str, str]
    def __init__(self, name: _Optional[str] = ..., settings: _Optional[_Mapping[str, str]] = ...) -> None: ...

class StateDiff(_message.Message):
    __slots__ = ("added_keys", "removed_keys", "changed_keys", "sample_keys")
    ADDED_KEYS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_KEYS_FIELD_NUMBER: _ClassVar[int]
    CHANGED_KEYS_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_KEYS_FIELD_NUMBER: _ClassVar[int]
    added_keys: int
    removed_keys: int
    changed_keys: int
    sample_keys: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, added_keys: _Optional[int] = ..., removed_keys: _Optional[int] = ..., changed_keys: _Optional[int] = ..., sample_keys: _Optional[_Iterable[str]] = ...) -> None: ...

class Rebuild(_message.Message):
    __slots__ = ("position", "target_position", "started_at", "revision", "finished_at", "diff", "event_count", "validate_only", "failure")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    TARGET_POSITION_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_FIELD_NUMBER: _ClassVar[int]
    DIFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    position: int
    target_position: int
    started_at: _timestamp_pb2.Timestamp
    revision: int
    finished_at: _timestamp_pb2.Timestamp
    diff: StateDiff
    event_count: int
    validate_only: bool
    failure: ProjectionFailure
    def __init__(self, position: _Optional[int] = ..., target_position: _Optional[int] = ..., started_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., finished_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., diff: _Optional[_Union[StateDiff, _Mapping]] = ..., event_count: _Optional[int] = ..., validate_only: _Optional[bool] = ..., failure: _Optional[_Union[ProjectionFailure, _Mapping]] = ...) -> None: ...

class ProjectionFailure(_message.Message):
    __slots__ = ("position", "event_id", "message", "failed_at")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    FAILED_AT_FIELD_NUMBER: _ClassVar[int]
    position: int
    event_id: str
    message: str
    failed_at: _timestamp_pb2.Timestamp
    def __init__(self, position: _Optional[int] = ..., event_id: _Optional[str] = ..., message: _Optional[str] = ..., failed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateProjectionRequest(_message.Message):
    __slots__ = ("projection", "validate_only")
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    validate_only: bool
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CreateProjectionResponse(_message.Message):
    __slots__ = ("projection",)
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ...) -> None: ...

class UpdateProjectionRequest(_message.Message):
    __slots__ = ("projection", "expected_revision", "validate_only")
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    expected_revision: int
    validate_only: bool
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ..., expected_revision: _Optional[int] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class UpdateProjectionResponse(_message.Message):
    __slots__ = ("projection",)
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ...) -> None: ...

class GetProjectionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetProjectionResponse(_message.Message):
    __slots__ = ("projection",)
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ...) -> None: ...

class ListProjectionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListProjectionsResponse(_message.Message):
    __slots__ = ("projections", "next_page_token")
    PROJECTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    projections: _containers.RepeatedCompositeFieldContainer[Projection]
    next_page_token: str
    def __init__(self, projections: _Optional[_Iterable[_Union[Projection, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DeleteProjectionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteProjectionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RebuildProjectionRequest(_message.Message):
    __slots__ = ("name", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RebuildProjectionResponse(_message.Message):
    __slots__ = ("projection",)
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ...) -> None: ...

class SetProjectionPausedRequest(_message.Message):
    __slots__ = ("name", "paused")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    name: str
    paused: bool
    def __init__(self, name: _Optional[str] = ..., paused: _Optional[bool] = ...) -> None: ...

class SetProjectionPausedResponse(_message.Message):
    __slots__ = ("projection",)
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ...) -> None: ...

class WaitForProjectionRequest(_message.Message):
    __slots__ = ("name", "position", "rebuild_done", "timeout")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    REBUILD_DONE_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    name: str
    position: int
    rebuild_done: bool
    timeout: _duration_pb2.Duration
    def __init__(self, name: _Optional[str] = ..., position: _Optional[int] = ..., rebuild_done: _Optional[bool] = ..., timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class WaitForProjectionResponse(_message.Message):
    __slots__ = ("projection",)
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ...) -> None: ...

class ProjectionState(_message.Message):
    __slots__ = ("key", "value", "position", "updated_at")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    key: str
    value: _event_pb2.Payload
    position: int
    updated_at: _timestamp_pb2.Timestamp
    def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_event_pb2.Payload, _Mapping]] = ..., position: _Optional[int] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetStateRequest(_message.Message):
    __slots__ = ("projection", "key", "min_position", "payload_form")
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_FORM_FIELD_NUMBER: _ClassVar[int]
    projection: str
    key: str
    min_position: int
    payload_form: _event_pb2.PayloadForm
    def __init__(self, projection: _Optional[str] = ..., key: _Optional[str] = ..., min_position: _Optional[int] = ..., payload_form: _Optional[_Union[_event_pb2.PayloadForm, str]] = ...) -> None: ...

class GetStateResponse(_message.Message):
    __slots__ = ("state", "applied_position")
    STATE_FIELD_NUMBER: _ClassVar[int]
    APPLIED_POSITION_FIELD_NUMBER: _ClassVar[int]
    state: ProjectionState
    applied_position: int
    def __init__(self, state: _Optional[_Union[ProjectionState, _Mapping]] = ..., applied_position: _Optional[int] = ...) -> None: ...

class ListStatesRequest(_message.Message):
    __slots__ = ("projection", "key_prefix", "min_position", "page_size", "page_token", "payload_form")
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    KEY_PREFIX_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_FORM_FIELD_NUMBER: _ClassVar[int]
    projection: str
    key_prefix: str
    min_position: int
    page_size: int
    page_token: str
    payload_form: _event_pb2.PayloadForm
    def __init__(self, projection: _Optional[str] = ..., key_prefix: _Optional[str] = ..., min_position: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., payload_form: _Optional[_Union[_event_pb2.PayloadForm, str]] = ...) -> None: ...

class ListStatesResponse(_message.Message):
    __slots__ = ("states", "next_page_token", "applied_position")
    STATES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    APPLIED_POSITION_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedCompositeFieldContainer[ProjectionState]
    next_page_token: str
    applied_position: int
    def __init__(self, states: _Optional[_Iterable[_Union[ProjectionState, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., applied_position: _Optional[int] = ...) -> None: ...

class TestProjectionRequest(_message.Message):
    __slots__ = ("projection", "events", "limit")
    PROJECTION_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    projection: Projection
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.NewEvent]
    limit: int
    def __init__(self, projection: _Optional[_Union[Projection, _Mapping]] = ..., events: _Optional[_Iterable[_Union[_event_pb2.NewEvent, _Mapping]]] = ..., limit: _Optional[int] = ...) -> None: ...

class TestProjectionResponse(_message.Message):
    __slots__ = ("states", "applied_count", "failures")
    STATES_FIELD_NUMBER: _ClassVar[int]
    APPLIED_COUNT_FIELD_NUMBER: _ClassVar[int]
    FAILURES_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedCompositeFieldContainer[ProjectionState]
    applied_count: int
    failures: _containers.RepeatedCompositeFieldContainer[ProjectionFailure]
    def __init__(self, states: _Optional[_Iterable[_Union[ProjectionState, _Mapping]]] = ..., applied_count: _Optional[int] = ..., failures: _Optional[_Iterable[_Union[ProjectionFailure, _Mapping]]] = ...) -> None: ...
