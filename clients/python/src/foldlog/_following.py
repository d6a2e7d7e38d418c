"""What a subscription tells, and how it goes on, without the calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from foldlog._attempts import Backoff
from foldlog._options import ClientOptions, SubscribeOptions
from foldlog.errors import FoldlogError
from foldlog.v1.event_pb2 import RecordedEvent
from foldlog.v1.event_store_pb2 import SubscribeAllRequest, SubscribeAllResponse


@dataclass(frozen=True)
class Connected:
    """The subscription runs: after the start and after each reconnection."""

    store_id: str
    start_position: int
    head_position: int


@dataclass(frozen=True)
class Delivered:
    """An event. They come in position order, each once in the life of a subscription."""

    event: RecordedEvent


@dataclass(frozen=True)
class Passed:
    """Everything that matches through this position has been delivered: the place to store."""

    position: int


@dataclass(frozen=True)
class CaughtUp:
    """The past is done, what follows is live. Comes again after FellBehind and reconnections."""

    position: int


@dataclass(frozen=True)
class FellBehind:
    """Delivery is far behind the head: no longer live, the past is read again."""

    position: int
    head_position: int


@dataclass(frozen=True)
class Heartbeat:
    """Nothing new, but the server is there."""

    position: int
    head_position: int


@dataclass(frozen=True)
class Disconnected:
    """The connection broke or went silent, for this reason, and is made again after a pause."""

    cause: FoldlogError
    pause: float


Signal = Connected | Delivered | Passed | CaughtUp | FellBehind | Heartbeat | Disconnected


class Following:
    """How far a subscription has come. Confined to one thread.

    position -- everything that matches through here has been delivered
    store_id -- the store that it belongs to; empty before the first connection
    silence_max -- seconds without a message after which the connection counts as broken
    """

    def __init__(self, options: SubscribeOptions, client: ClientOptions) -> None:
        self._options = options
        self._client = client
        self._backoff = Backoff(client.retry)
        self._has_started = False
        self.position = options.after or 0
        self.store_id = options.store_id
        self.silence_max = client.silence_max

    def request(self) -> SubscribeAllRequest:
        """The request for what is left."""
        options = self._options
        # A server confirms at once: whoever is content with shorter silences later need not wait
        # longer for that.
        self.silence_max = min(
            self._client.silence_max, options.heartbeat_interval * options.heartbeats_missed_max
        )
        request = SubscribeAllRequest(
            filter=options.filter,
            store_id=self.store_id,
            heartbeat_interval=timedelta(seconds=options.heartbeat_interval),
            max_linger=timedelta(seconds=options.max_linger),
            options=options.delivery,
        )
        if self._has_started:
            request.after_position = self.position
        elif options.recorded_since is not None:
            request.recorded_since.FromDatetime(options.recorded_since)
        elif options.checkpoint:
            request.checkpoint = options.checkpoint
        elif options.live_only:
            request.live_only = True
        else:
            request.after_position = self.position
        return request

    def received(self, message: SubscribeAllResponse) -> Iterator[Signal]:
        """What a message says. The position moves as the signals are taken."""
        kind = message.WhichOneof("kind")
        if kind == "confirmed":
            yield self._confirmed(message)
            return
        if kind == "batch":
            for event in message.batch.events:
                yield Delivered(event)
                self.position = event.position
        elif kind == "caught_up":
            yield CaughtUp(message.position)
        elif kind == "fell_behind":
            yield FellBehind(message.position, message.fell_behind.head_position)
        elif kind == "heartbeat":
            yield Heartbeat(message.position, message.heartbeat.head_position)
        # Of a kind that a newer server has only the position counts.
        self._backoff.reset()
        self.position = max(self.position, message.position)
        yield Passed(self.position)

    def _confirmed(self, message: SubscribeAllResponse) -> Connected:
        confirmed = message.confirmed
        self.store_id = confirmed.store_id
        self._has_started = True
        self.position = max(self.position, confirmed.start_position)
        in_force = self._options.heartbeat_interval
        if confirmed.HasField("heartbeat_interval"):
            in_force = confirmed.heartbeat_interval.ToTimedelta().total_seconds()
        self.silence_max = in_force * self._options.heartbeats_missed_max
        return Connected(self.store_id, self.position, confirmed.head_position)

    def failed(self, failure: FoldlogError) -> Disconnected:
        """What to tell before it is tried again; raises what no repeat can mend."""
        if not failure.is_transient:
            raise failure
        return Disconnected(failure, self._backoff.after(failure))
