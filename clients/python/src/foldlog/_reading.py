"""The three reads: what differs between them, and how one goes on where it broke off."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from foldlog._attempts import Backoff
from foldlog._options import ClientOptions
from foldlog.errors import FoldlogError
from foldlog.v1.event_pb2 import RecordedEvent
from foldlog.v1.event_store_pb2 import (
    ReadAllRequest,
    ReadAllResponse,
    ReadStreamRequest,
    ReadStreamResponse,
    ReadStreamSinceRequest,
    ReadStreamSinceResponse,
)

Q = TypeVar("Q", ReadStreamRequest, ReadStreamSinceRequest, ReadAllRequest)
A = TypeVar("A", ReadStreamResponse, ReadStreamSinceResponse, ReadAllResponse)


class Reading(ABC, Generic[Q, A]):
    """How far one read has come. All of it is as of one snapshot. Confined to one thread.

    method -- the name of its RPC
    """

    method: ClassVar[str]

    def __init__(self, request: Q, options: ClientOptions) -> None:
        self._asked: Q = request
        self._options = options
        self._backoff = Backoff(options.retry)
        self._failures = 0
        self._events = 0
        self._sequence = 0
        self.as_of_position: int | None = None
        self.last_sequence = 0
        self.scanned_position = 0
        self.is_truncated = False

    def request(self) -> Q:
        """The request for what is left."""
        if self.as_of_position is None:
            return self._asked
        rest: Q = type(self._asked)()
        rest.CopyFrom(self._asked)
        rest.as_of_position = self.as_of_position
        self._go_on(rest)
        return rest

    @abstractmethod
    def _go_on(self, rest: Q) -> None:
        """Makes the request ask for what is left."""

    @abstractmethod
    def _learn(self, answer: A) -> None:
        """Takes from an answer what only this read has."""

    def received(self, answer: A) -> Sequence[RecordedEvent]:
        """The events of an answer that have not come before."""
        self._failures = 0
        self._backoff.reset()
        self.as_of_position = answer.as_of_position
        self._learn(answer)
        events = self._fresh(answer.events)
        self._events += len(events)
        if events:
            self._sequence = events[-1].sequence
            self._moved(events[-1])
        return events

    def _fresh(self, events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
        return events

    def _moved(self, last: RecordedEvent) -> None:
        pass

    def failed(self, failure: FoldlogError) -> float | None:
        """The pause before it is tried again; None: all had come. Raises when it is of no use."""
        limit = self._asked.limit
        if self.as_of_position == 0 or 0 < limit <= self._events:
            return None
        self._failures += 1
        pause = self._backoff.after(failure)
        if not failure.is_transient or self._failures >= self._options.retry.tries_max:
            raise failure
        return pause

    def _limit_left(self) -> int:
        return self._asked.limit - self._events if self._asked.limit else 0


class StreamReading(Reading[ReadStreamRequest, ReadStreamResponse]):
    """ReadStream: goes on after (or, backward, before) the last sequence."""

    method = "ReadStream"

    def _go_on(self, rest: ReadStreamRequest) -> None:
        if self._events:
            rest.after_sequence = self._sequence
        rest.limit = self._limit_left()

    def _learn(self, answer: ReadStreamResponse) -> None:
        self.last_sequence = answer.last_sequence


class StreamSinceReading(Reading[ReadStreamSinceRequest, ReadStreamSinceResponse]):
    """ReadStreamSince: its limit counts from the end, so the same slice is read again."""

    method = "ReadStreamSince"

    def _go_on(self, rest: ReadStreamSinceRequest) -> None:
        pass

    def _learn(self, answer: ReadStreamSinceResponse) -> None:
        self.last_sequence = answer.last_sequence
        self.is_truncated = answer.truncated

    def _fresh(self, events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
        return [it for it in events if it.sequence > self._sequence]


class AllReading(Reading[ReadAllRequest, ReadAllResponse]):
    """ReadAll: goes on after (or, backward, before) the position it has looked at."""

    method = "ReadAll"

    def _go_on(self, rest: ReadAllRequest) -> None:
        if self.scanned_position:
            rest.after_position = self.scanned_position
        rest.limit = self._limit_left()

    def _learn(self, answer: ReadAllResponse) -> None:
        if answer.scanned_position:
            self.scanned_position = answer.scanned_position

    def _moved(self, last: RecordedEvent) -> None:
        self.scanned_position = self.scanned_position or last.position
