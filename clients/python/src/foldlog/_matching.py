"""What a filter means, evaluated here: for events not stored yet. Expressions cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.timestamp_pb2 import Timestamp

from foldlog.v1.event_pb2 import EventFilter, RecordedEvent


def has_expression(wanted: EventFilter) -> bool:
    """Whether the filter, or an alternative in it, has an expression."""
    return bool(wanted.expression) or any(has_expression(it) for it in wanted.any_of)


def matches(wanted: EventFilter, event: RecordedEvent) -> bool:
    """Whether an event matches a filter without expressions."""
    return (
        _accepts(wanted.partition_keys, event.partition_key)
        and _accepts(wanted.actions, event.action)
        and _accepts(wanted.artifact_types, event.artifact_type)
        and _accepts(wanted.artifact_ids, event.artifact_id)
        and _accepts(wanted.thread_ids, event.thread_id)
        and _accepts(wanted.producers, event.producer)
        and _is_in_time(wanted, event.timestamp)
        and all(tag in event.tags for tag in wanted.tags)
        and (not wanted.any_of or any(matches(it, event) for it in wanted.any_of))
    )


def _accepts(wanted: Sequence[str], actual: str) -> bool:
    return not wanted or actual in wanted


def _is_in_time(wanted: EventFilter, time: Timestamp) -> bool:
    return (not wanted.HasField("since") or instant(time) >= instant(wanted.since)) and (
        not wanted.HasField("until") or instant(time) < instant(wanted.until)
    )


def instant(time: Timestamp) -> tuple[int, int]:
    """A time that compares, to the nanosecond."""
    return time.seconds, time.nanos
