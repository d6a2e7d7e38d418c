"""The connection of a sync client, and its calls."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Generic, TypeVar

import grpc
from google.protobuf.message import Message

from foldlog._attempts import Attempts, Repeat
from foldlog._options import ClientOptions
from foldlog._wire import CHANNEL_OPTIONS, Link, broken_stream, is_link_in_doubt, silent_stream
from foldlog.errors import FoldlogError, error_of

A = TypeVar("A", bound=Message)


class Connection:
    """A channel that is replaced when its connection may be dead. Thread-safe."""

    def __init__(
        self, target: str, credentials: grpc.ChannelCredentials | None, options: ClientOptions
    ) -> None:
        self._target = target
        self._credentials = credentials
        self.options = options
        self.watchdog = Watchdog()
        self._lock = threading.Lock()
        self._current = self._new_link()

    def _new_link(self) -> Link:
        if self._credentials is None:
            return Link(grpc.insecure_channel(self._target, options=CHANNEL_OPTIONS))
        return Link(grpc.secure_channel(self._target, self._credentials, options=CHANNEL_OPTIONS))

    @contextmanager
    def lease(self) -> Iterator[Link]:
        """The channel as it is now, which stays open meanwhile."""
        user = object()
        link = self.take(user)
        try:
            yield link
        finally:
            self.give_back(link, user)

    def take(self, user: object) -> Link:
        """The channel as it is now; it is to be given back."""
        with self._lock:
            self._current.users.add(user)
            return self._current

    def give_back(self, link: Link, user: object) -> None:
        """No more use of it. Safe to repeat."""
        with self._lock:
            is_last = link.users == {user}
            link.users.discard(user)
            is_over = link.is_retired and is_last
        if is_over:
            link.channel.close()

    def mend(self, link: Link, failure: FoldlogError) -> None:
        """Another channel for the calls to come, if the failure says that this one may be dead."""
        if not is_link_in_doubt(failure):
            return
        with self._lock:
            if link is not self._current:
                return
            self._current = self._new_link()
            link.is_retired = True
            is_over = not link.users
        if is_over:
            link.channel.close()

    def call(self, method: str, request: Message, repeat: Repeat) -> Any:  # noqa: ANN401
        """The answer to a call with one answer, made again where that is safe."""
        attempts = Attempts(self.options, repeat, request)
        while True:
            with self.lease() as link:
                try:
                    return link.method(method)(request, timeout=attempts.begin())
                except grpc.RpcError as e:
                    failure = error_of(e)
                    failure.__cause__ = e
            pause = attempts.failed(failure)
            self.mend(link, failure)
            time.sleep(pause)

    def close(self) -> None:
        """Ends the calls under way."""
        self.watchdog.close()
        with self._lock:
            current = self._current
        current.channel.close()


class Stream(Generic[A]):
    """The answers of one server stream, pulled one by one. Confined to one thread, but close()."""

    def __init__(self, connection: Connection, method: str, request: Message) -> None:
        self._connection = connection
        self._link = connection.take(self)
        self._is_closed = False
        self._call = self._link.method(method)(request)

    def next(self, silence_max: float) -> A | None:
        """The next answer; None: the stream has ended. Raises after so many seconds of silence."""
        watch = self._connection.watchdog.watch(self._call, silence_max)
        try:
            with watch:
                answer: A = next(self._call)
                return answer
        except StopIteration:
            self._give_back()
            return None
        except grpc.RpcError as e:
            failure = silent_stream(silence_max) if watch.is_over else broken_stream(e)
            failure.__cause__ = e
            if not self._is_closed:
                self._connection.mend(self._link, failure)
            self._give_back()
            raise failure from e

    def close(self) -> None:
        """Cancels the call if it still runs; the server is told. Safe to repeat, any thread."""
        self._is_closed = True
        self._call.cancel()
        self._give_back()

    def _give_back(self) -> None:
        self._connection.give_back(self._link, self)


class Watchdog:
    """Cancels calls that wait for longer than they may. One thread for all. Thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: set[Watch] = set()
        self._wakes_at = float("inf")
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def watch(self, call: grpc.Future, seconds: float) -> Watch:  # type: ignore[type-arg]
        """A watch, for a with statement around the waiting."""
        return Watch(self, call, time.monotonic() + seconds)

    def begin(self, watch: Watch) -> None:
        """Watches it."""
        with self._changed:
            self._watched.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="foldlog-watchdog", daemon=True
                )
                self._thread.start()
            if watch.end < self._wakes_at:
                self._changed.notify()

    def end(self, watch: Watch) -> None:
        """Watches it no longer."""
        with self._changed:
            self._watched.discard(watch)

    def close(self) -> None:
        """Ends the thread."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                now = time.monotonic()
                for watch in [it for it in self._watched if it.end <= now]:
                    self._watched.discard(watch)
                    watch.expire()
                self._wakes_at = min((it.end for it in self._watched), default=float("inf"))
                wait = None if self._wakes_at == float("inf") else self._wakes_at - now
                self._changed.wait(wait)
                self._wakes_at = float("inf") if self._is_closed else 0.0


class Watch:
    """One waiting for an answer.

    is_over -- whether it took too long, and the call was cancelled
    """

    def __init__(self, watchdog: Watchdog, call: Any, end: float) -> None:  # noqa: ANN401
        self._watchdog = watchdog
        self._call = call
        self.end = end
        self.is_over = False

    def __enter__(self) -> None:
        self._watchdog.begin(self)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._watchdog.end(self)

    def expire(self) -> None:
        """Gives the call up."""
        self.is_over = True
        self._call.cancel()
