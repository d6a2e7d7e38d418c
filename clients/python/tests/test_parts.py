"""What can be said without a server."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

import foldlog
from foldlog import errors
from foldlog._answers import Answer
from foldlog._attempts import Attempts, Repeat
from foldlog._ids import EventIds
from foldlog._matching import has_expression, matches
from foldlog._unit import UnitState
from foldlog.v1 import errors_pb2

EVENT = foldlog.RecordedEvent(
    partition_key="k",
    action="approve",
    artifact_type="answer",
    artifact_id="a",
    thread_id="t",
    producer="p",
    timestamp=Timestamp(seconds=10, nanos=5),
    tags=["x", "y"],
)


def test_there_is_an_exception_for_each_reason_and_no_other() -> None:
    reasons = {it.removeprefix("ERROR_REASON_") for it in dict(errors_pb2.ErrorReason.items())}
    assert set(errors._BY_REASON) == reasons - {"UNSPECIFIED"}


@pytest.mark.parametrize(
    ("wanted", "is_match"),
    [
        ({}, True),
        ({"partition_keys": ["j", "k"]}, True),
        ({"partition_keys": ["j"]}, False),
        ({"actions": ["reject"]}, False),
        ({"artifact_types": ["answer"]}, True),
        ({"artifact_ids": ["b"]}, False),
        ({"thread_ids": ["u"]}, False),
        ({"producers": ["q"]}, False),
        ({"tags": ["x", "y"]}, True),
        ({"tags": ["x", "z"]}, False),
        ({"since": Timestamp(seconds=10, nanos=5)}, True),
        ({"since": Timestamp(seconds=10, nanos=6)}, False),
        ({"until": Timestamp(seconds=10, nanos=6)}, True),
        ({"until": Timestamp(seconds=10, nanos=5)}, False),
        ({"any_of": [{"actions": ["reject"]}, {"tags": ["y"]}]}, True),
        ({"any_of": [{"actions": ["reject"]}, {"tags": ["z"]}]}, False),
    ],
)
def test_a_filter_means_here_what_it_means_on_the_server(
    wanted: dict[str, Any], is_match: bool
) -> None:
    assert matches(foldlog.EventFilter(**wanted), EVENT) is is_match


def test_an_expression_is_found_in_alternatives_too() -> None:
    assert not has_expression(foldlog.EventFilter(actions=["a"]))
    assert has_expression(foldlog.EventFilter(any_of=[{"expression": "true"}]))


def test_ids_are_uuids_of_version_7_that_ascend() -> None:
    ids = EventIds()
    made = [ids.next() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert {uuid.UUID(it).version for it in made} == {7}
    assert {uuid.UUID(it).variant for it in made} == {uuid.RFC_4122}


def test_payloads_keep_integers_and_refuse_what_is_no_json() -> None:
    value = {"big": 2**70, "double": 0.1, "text": "ü", "none": None, "list": [True, {}]}
    assert foldlog.payload_value(foldlog.json_payload(value)) == value
    assert foldlog.payload_value(foldlog.Payload()) == {}
    with pytest.raises(ValueError, match="Out of range float"):
        foldlog.json_payload({"x": math.nan})
    with pytest.raises(TypeError, match="expected: a mapping"):
        foldlog.json_payload([1])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="payload: bytes"):
        foldlog.payload_value(foldlog.data_payload(b"x", "a/b"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: foldlog.RetryPolicy(tries_max=0),
        lambda: foldlog.RetryPolicy(first_pause_max=2.0, pause_max=1.0),
        lambda: foldlog.ClientOptions(deadline=0),
        lambda: foldlog.ClientOptions(reruns_max=-1),
        lambda: foldlog.SubscribeOptions(after=-1),
        lambda: foldlog.SubscribeOptions(after=1, live_only=True),
        lambda: foldlog.connect(" "),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_was_expected(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        make()


def test_a_unit_refuses_what_it_cannot_answer() -> None:
    unit = UnitState(EventIds())
    unit.stream_request(foldlog.ReadStreamRequest(filter={"expression": "true"}))
    with pytest.raises(ValueError, match="as_of_position"):
        unit.all_request(foldlog.ReadAllRequest(as_of_position=1))
    unit.append([foldlog.NewEvent(action="a")])
    with pytest.raises(RuntimeError, match=r"filter\.expression"):
        unit.all_request(foldlog.ReadAllRequest(filter={"expression": "true"}))
    unit.end()
    with pytest.raises(RuntimeError, match="over"):
        unit.append([])


def test_a_unit_that_moves_a_checkpoint_needs_an_event() -> None:
    unit = UnitState(EventIds())
    unit.move_checkpoint("c", 0, 1)
    with pytest.raises(RuntimeError, match="checkpoints"):
        unit.commit()


def test_a_definite_answer_ends_a_doubt() -> None:
    attempts = Attempts(foldlog.ClientOptions(), Repeat.WRITE_WITH_IDS, foldlog.AppendRequest())
    attempts.begin()
    attempts.failed(errors.transport_error(grpc.StatusCode.UNAVAILABLE, "lost"))
    conflict = errors.ConcurrencyConflictError(Answer(grpc.StatusCode.ABORTED, "no"))
    attempts.begin()
    with pytest.raises(errors.ConcurrencyConflictError):
        attempts.failed(conflict)


def test_a_call_that_never_left_is_not_in_doubt() -> None:
    attempts = Attempts(
        foldlog.ClientOptions(retry=foldlog.RetryPolicy(tries_max=1)),
        Repeat.WRITE_ONCE,
        foldlog.AppendRequest(),
    )
    attempts.begin()
    answer = Answer(grpc.StatusCode.UNAVAILABLE, "no server", was_sent=False)
    with pytest.raises(errors.TransportError):
        attempts.failed(errors.TransportError(answer))


def test_a_server_that_is_not_there_is_told_as_such() -> None:
    options = foldlog.ClientOptions(retry=foldlog.RetryPolicy(2, 0.001, 0.001))
    event = foldlog.NewEvent(action="a", producer="p", artifact_id="a", artifact_type="t")
    with (
        foldlog.connect("127.0.0.1:1", options=options) as log,
        pytest.raises(errors.TransportError) as told,
    ):
        log.append(event)
    assert told.value.code is grpc.StatusCode.UNAVAILABLE
    assert told.value.is_without_effect
