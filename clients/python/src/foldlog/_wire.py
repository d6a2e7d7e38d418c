"""What the sync and the async client know of the transport alike."""

from __future__ import annotations

from typing import Any

import grpc

from foldlog.errors import FoldlogError, TransportError, error_of, transport_error
from foldlog.v1.checkpoints_pb2_grpc import CheckpointsStub
from foldlog.v1.event_store_pb2_grpc import EventStoreStub

_ANSWER_BYTES_MAX = 64 << 20

CHANNEL_OPTIONS: tuple[tuple[str, Any], ...] = (
    ("grpc.max_receive_message_length", _ANSWER_BYTES_MAX),
    ("grpc.max_send_message_length", _ANSWER_BYTES_MAX),
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    ("grpc.enable_retries", 0),
    # Otherwise a new channel would share the broken connection of the one before.
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.primary_user_agent", "foldlog-python"),
)


class Link:
    """A channel, its stubs, and who uses it; a retired one is closed by the last user."""

    def __init__(self, channel: Any) -> None:  # noqa: ANN401 (grpc.Channel or grpc.aio.Channel)
        self.channel = channel
        self.users: set[object] = set()
        self.is_retired = False
        event_store = EventStoreStub(channel)  # type: ignore[no-untyped-call]
        checkpoints = CheckpointsStub(channel)  # type: ignore[no-untyped-call]
        self._stubs: tuple[Any, ...] = (event_store, checkpoints)

    def method(self, name: str) -> Any:  # noqa: ANN401 (generated stubs have no types)
        """The stub's method of that name."""
        return next(getattr(it, name) for it in self._stubs if hasattr(it, name))


def require_target(target: str) -> str:
    """The address, or what is wrong with it."""
    if not target.strip():
        raise ValueError(f"target: {target!r} (expected: host:port)")
    return target


def is_link_in_doubt(failure: FoldlogError) -> bool:
    """Whether another connection may do better."""
    return isinstance(failure, TransportError) and failure.may_be_dead


def silent_stream(seconds: float) -> FoldlogError:
    """Nothing came for so long: the connection counts as broken."""
    return transport_error(
        grpc.StatusCode.DEADLINE_EXCEEDED, f"the server said nothing for {seconds:g} s"
    )


def reset_stream() -> FoldlogError:
    """A server resets a stream whose reader was too slow when others need the room."""
    return transport_error(
        grpc.StatusCode.UNAVAILABLE, "the server ended the stream, which was read too slowly"
    )


def broken_stream(failure: grpc.RpcError) -> FoldlogError:
    """Why a stream ended that its user did not close."""
    error = error_of(failure)
    return reset_stream() if error.code is grpc.StatusCode.CANCELLED else error


def ended_subscription() -> FoldlogError:
    """A subscription never ends by itself: a server that ends one goes away."""
    return transport_error(grpc.StatusCode.UNAVAILABLE, "the subscription was ended")
