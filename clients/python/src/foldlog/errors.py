"""What goes wrong, as exceptions: one class for each reason of errors.proto, with its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2

from foldlog._answers import (
    Answer,
    ConflictViolation,
    ExpressionError,
    FieldViolation,
    answer_of,
)
from foldlog.v1 import errors_pb2


class _Number:
    """A number among the facts of an error, under its own name or another; 0 when not there."""

    def __init__(self, key: str = "") -> None:
        self._key = key

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = self._key or name

    def __get__(self, error: FoldlogError | None, owner: type) -> int:
        try:
            return int(error.metadata.get(self._key, "")) if error else 0
        except ValueError:
            return 0


class _Text:
    """A text among the facts of an error, under its own name or another; empty when not there."""

    def __init__(self, key: str = "") -> None:
        self._key = key

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = self._key or name

    def __get__(self, error: FoldlogError | None, owner: type) -> str:
        return error.metadata.get(self._key, "") if error else ""


class FoldlogError(Exception):
    """A call that failed.

    code -- the gRPC status
    reason -- the reason's name as the server sent it, such as CONCURRENCY_CONFLICT; empty when the
        error is not the server's own
    metadata -- facts beside the message, as errors.proto lists them for the reason
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.message)
        self._answer = answer
        self.code = answer.code
        self.reason = answer.reason
        self.metadata: dict[str, str] = dict(answer.metadata)

    @property
    def message(self) -> str:
        """What the server or the transport said."""
        return str(self)

    @property
    def field_violations(self) -> list[FieldViolation]:
        """What is wrong with the request's fields, as far as the server listed it."""
        bad = self._answer.detail(error_details_pb2.BadRequest)
        return [FieldViolation(it.field, it.description, it.reason) for it in bad.field_violations]

    @property
    def retry_delay(self) -> timedelta | None:
        """How long the server asks to wait before another try; None when it does not ask."""
        retry = self._answer.detail(error_details_pb2.RetryInfo)
        return retry.retry_delay.ToTimedelta() if retry.HasField("retry_delay") else None

    @property
    def is_transient(self) -> bool:
        """Whether the same call may succeed later without anybody's help."""
        return self.code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)

    @property
    def is_without_effect(self) -> bool:
        """Whether it is certain that the call took no effect. Of no interest for mere reads."""
        return True


class InvalidFieldError(FoldlogError):
    """A field of the request is missing or malformed; ``field_violations`` lists them."""

    violation_count = _Number()
    """All violations, also those that did not fit into the answer."""


class InvalidExpressionError(FoldlogError):
    """A CEL expression does not compile."""

    @property
    def errors(self) -> list[ExpressionError]:
        """What the compiler says."""
        return [
            ExpressionError(it.field, it.line, it.column, it.message, it.snippet)
            for it in self._answer.detail(errors_pb2.ExpressionErrors).errors
        ]


class InvalidUpcasterChainError(FoldlogError):
    """An upcaster chain has a gap, a skip or a double step."""


class LimitExceededError(FoldlogError):
    """A size or a count is over a limit of the server; ``store_info()`` states them all."""

    limit = _Text()
    """The name of the limit."""

    actual = _Number()
    """What was sent."""

    max = _Number()
    """What is allowed."""

    field = _Text()
    """The path of the field; empty when it is not one field's limit."""


class EventVersionUnknownError(FoldlogError):
    """An event_version is not on the chain."""


class ConcurrencyConflictError(FoldlogError):
    """A precondition of an append does not hold. Read again and decide again."""

    @property
    def violations(self) -> list[ConflictViolation]:
        """The preconditions that failed, as many as fit into the answer."""
        return [
            ConflictViolation(it.index, it.partition_key, it.actual_sequence, it.matching_position)
            for it in self._answer.detail(errors_pb2.AppendConflict).violations
        ]

    @property
    def violation_count(self) -> int:
        """All of them."""
        return self._answer.detail(errors_pb2.AppendConflict).violation_count


class EventIdConflictError(FoldlogError):
    """An event_id is stored with other content, or only some events of the append are stored."""

    event_id = _Text()
    """The id."""

    position = _Number()
    """Where it is stored."""


class RequestIdReusedError(FoldlogError):
    """A request_id was used with other content."""


class ResourceExistsError(FoldlogError):
    """A resource of that name exists with other content."""


class ResourceNotFoundError(FoldlogError):
    """There is no such event, checkpoint or other resource."""


class RevisionConflictError(FoldlogError):
    """The expected revision is not the current one."""


class InvalidStateError(FoldlogError):
    """The resource is in a state that does not allow the call."""


class SyncProjectionFailedError(FoldlogError):
    """A synchronous projection failed on an event, so nothing was appended."""

    projection = _Text()
    """Its name."""

    event_index = _Number()
    """Index of the event in the append."""

    projection_message = _Text("message")
    """What went wrong in it."""


class StoreMismatchError(FoldlogError):
    """The position belongs to another store: a restored backup, or another server."""


class PositionAheadError(FoldlogError):
    """A position is past the head of the store."""

    field = _Text()
    """The path of the field."""

    position = _Number()
    """What was sent."""

    head_position = _Number()
    """The head."""


class RetentionGapError(FoldlogError):
    """Retention removed events after the position."""

    oldest_position = _Number()
    """The oldest event that is kept."""


class CheckpointWentBackError(FoldlogError):
    """A checkpoint would go back."""

    checkpoint = _Text()
    """Its name."""

    position = _Number()
    """Where it was to go."""

    current_position = _Number()
    """Where it is."""


class CheckpointMovedError(FoldlogError):
    """A checkpoint is not where it was expected: another worker has moved it."""

    checkpoint = _Text()
    """Its name."""

    expected_position = _Number()
    """Where it was expected."""

    current_position = _Number()
    """Where it is."""


class ExpressionBudgetExceededError(FoldlogError):
    """An expression ran out of steps or made too large a value."""


class OverloadedError(FoldlogError):
    """The server has too much to do; ``retry_delay`` says when to come back."""

    @property
    def is_transient(self) -> bool:
        """It passes."""
        return True


class StorageFullError(FoldlogError):
    """The store has no room left."""


class NotReadyError(FoldlogError):
    """The server starts or stops, or its store has failed; nothing took effect."""


class EventUnreadableError(FoldlogError):
    """A stored event cannot be read."""

    position = _Number()
    """Its position; 0 when it is not known."""


class ForbiddenError(FoldlogError):
    """The caller may not do this."""


class UnauthenticatedError(FoldlogError):
    """No credential, or a wrong one."""


class _InDoubtError(FoldlogError):
    @property
    def is_without_effect(self) -> bool:
        """Nothing tells whether it took effect."""
        return False


class InternalError(_InDoubtError):
    """A defect of the server."""

    @property
    def incident_id(self) -> str:
        """The incident's id in the server's log."""
        return str(self._answer.detail(error_details_pb2.RequestInfo).request_id)


class OutcomeUnknownError(_InDoubtError):
    """It is not known whether a call that writes took effect.

    An append is stored whole or not at all, and sending ``request`` again stores it once.

    request -- the request as it was sent, an append with its ids; None when it is not known
    """

    def __init__(self, answer: Answer, request: Message | None = None) -> None:
        super().__init__(answer)
        self.request = request


class FeatureUnsupportedError(FoldlogError):
    """The server lacks a feature."""

    feature = _Text()
    """Its name, as ``store_info().features`` would have it."""


class TimestampAheadError(FoldlogError):
    """An event's timestamp is further ahead of the server's clock than allowed."""

    field = _Text()
    """The path of the field."""

    timestamp = _Text()
    """What was sent."""

    max = _Text()
    """What is allowed."""


class UnknownReasonError(_InDoubtError):
    """An error for a reason that this client does not know: the server is newer."""


class TransportError(FoldlogError):
    """A failure of the way to the server and not of Foldlog; ``code`` tells which."""

    @property
    def is_without_effect(self) -> bool:
        """Whether no server has begun to work on it."""
        return not self._answer.was_sent or self.code in (
            grpc.StatusCode.UNIMPLEMENTED,
            grpc.StatusCode.UNAUTHENTICATED,
            grpc.StatusCode.PERMISSION_DENIED,
            grpc.StatusCode.INVALID_ARGUMENT,
        )

    @property
    def may_be_dead(self) -> bool:
        """Whether another connection may do better than this one."""
        return self.code is grpc.StatusCode.DEADLINE_EXCEEDED or not self._answer.was_sent


def _table() -> dict[str, type[FoldlogError]]:
    """The one table of reasons; a KeyError at import means a class that names no reason."""
    named = {
        _reason_of(it): it for it in _classes() if it not in (UnknownReasonError, TransportError)
    }
    for reason in named:
        errors_pb2.ErrorReason.Value(f"ERROR_REASON_{reason}")
    return named


def _classes() -> Iterable[type[FoldlogError]]:
    for kind in (*FoldlogError.__subclasses__(), *_InDoubtError.__subclasses__()):
        if kind is not _InDoubtError:
            yield kind


def _reason_of(kind: type[FoldlogError]) -> str:
    stem = kind.__name__.removesuffix("Error")
    return "".join(f"_{it}" if it.isupper() else it.upper() for it in stem).lstrip("_")


_BY_REASON: Mapping[str, type[FoldlogError]] = _table()


def error_of(failure: grpc.RpcError) -> FoldlogError:
    """The exception of a failed gRPC call, for those who use the stubs themselves."""
    answer = answer_of(failure)
    if not answer.reason:
        return TransportError(answer)
    return _BY_REASON.get(answer.reason, UnknownReasonError)(answer)


def transport_error(code: grpc.StatusCode, message: str) -> TransportError:
    """An error that this client makes itself."""
    return TransportError(Answer(code, message))


def unknown_outcome(last: FoldlogError, request: Message) -> OutcomeUnknownError:
    """The last failure of a call whose outcome is not known."""
    answer = last._answer
    message = f"it is not known whether the call took effect: {answer.message}"
    told = Answer(answer.code, message, answer.reason, answer.metadata, answer.details)
    return OutcomeUnknownError(told, request)
