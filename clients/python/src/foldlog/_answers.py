"""What a failed call answered, taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc import error_details_pb2, status_pb2

from foldlog.v1 import errors_pb2

_DOMAIN = "foldlog.dev"
_DETAILS_KEY = "grpc-status-details-bin"
_NOT_SENT = "failed to connect to all addresses"

_M = TypeVar("_M", bound=Message)


@dataclass(frozen=True)
class FieldViolation:
    """What is wrong with one field of a request."""

    field: str
    description: str
    reason: str


@dataclass(frozen=True)
class ConflictViolation:
    """One precondition that failed, by its index in the request, and what is there."""

    index: int
    partition_key: str
    actual_sequence: int
    matching_position: int


@dataclass(frozen=True)
class ExpressionError:
    """What the compiler says of an expression, by line and column from 1."""

    field: str
    line: int
    column: int
    message: str
    snippet: str


@dataclass(frozen=True)
class Answer:
    """What a failed call answered.

    was_sent -- False when it is certain that the call never left this machine
    """

    code: grpc.StatusCode
    message: str
    reason: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    details: tuple[Message, ...] = ()
    was_sent: bool = True

    def detail(self, kind: type[_M]) -> _M:
        """The detail of a kind; an empty one when there is none."""
        return next((it for it in self.details if isinstance(it, kind)), kind())


def answer_of(failure: Any) -> Answer:  # noqa: ANN401 (grpc's calls are errors and have no common type)
    code: grpc.StatusCode = failure.code()
    message: str = failure.details() or code.name
    details = tuple(_details(failure.trailing_metadata() or ()))
    info = next(
        (
            it
            for it in details
            if isinstance(it, error_details_pb2.ErrorInfo) and it.domain == _DOMAIN
        ),
        None,
    )
    was_sent = not message.startswith(_NOT_SENT)
    if info is None:
        return Answer(code, message, "", {}, details, was_sent)
    return Answer(code, message, info.reason, dict(info.metadata), details, was_sent)


def _details(trailers: Iterable[tuple[str, str | bytes]]) -> Iterable[Message]:
    kinds = {it.DESCRIPTOR.full_name: it for it in _KINDS}
    for key, value in trailers:
        if key != _DETAILS_KEY or not isinstance(value, bytes):
            continue
        try:
            for detail in status_pb2.Status.FromString(value).details:
                kind = kinds.get(detail.TypeName())
                if kind is not None:
                    yield kind.FromString(detail.value)
        except DecodeError:
            return


_KINDS: tuple[type[Message], ...] = (
    error_details_pb2.ErrorInfo,
    error_details_pb2.BadRequest,
    error_details_pb2.RetryInfo,
    error_details_pb2.RequestInfo,
    errors_pb2.AppendConflict,
    errors_pb2.ExpressionErrors,
)
