"""The calls of scenarios, by name."""

from __future__ import annotations

import asyncio
import gc
import json
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from colours import Client, listed, pulled, settled
from facts import facts
from google.protobuf import json_format
from google.protobuf.message import Message
from killing import kill_worker
from matching import mismatch
from scenario_server import SCENARIOS
from waiting import until

import foldlog
from foldlog.v1 import errors_pb2, event_pb2, event_store_pb2

if TYPE_CHECKING:
    from scenario import Scenario

M = TypeVar("M", bound=Message)
With = dict[str, Any]
Call = Callable[["Scenario", Client, With], Awaitable[Any]]

READS = {
    "read_stream": foldlog.ReadStreamRequest,
    "read_stream_since": foldlog.ReadStreamSinceRequest,
    "read_all": foldlog.ReadAllRequest,
}
EVENTS_BETWEEN_LOOKS = 10_000


def parsed(described: Any, kind: type[M]) -> M:  # noqa: ANN401
    return json_format.ParseDict(described, kind())


def shown(message: Message) -> dict[str, Any]:
    return json_format.MessageToDict(message, preserving_proto_field_name=True)


async def append(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    request = parsed(with_, foldlog.AppendRequest)
    return shown(await settled(client.append_request(request)))


def read(name: str) -> Call:
    async def call(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
        reading = getattr(client, name)(parsed(with_, READS[name]))
        events = [shown(it) for it in await listed(reading)]
        return {
            "events": events,
            "last_sequence": str(reading.last_sequence),
            "truncated": reading.is_truncated,
        }

    return call


async def load_history(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    return {"events": [shown(it) for it in await settled(client.load_history(**with_))]}


def lookup(name: str) -> Call:
    async def call(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
        return shown(await settled(getattr(client, name)(**with_)))

    return call


async def list_partitions(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    return {"partitions": [shown(it) for it in await listed(client.list_partitions(**with_))]}


async def checkpoint_get(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    found = await settled(client.checkpoints.get(**with_))
    return {"checkpoint": shown(found) if found else None}


async def checkpoint_move(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    move = client.checkpoints.move(with_["name"], int(with_["from"]), int(with_["to"]))
    return {"checkpoint": shown(await settled(move))}


async def checkpoint_delete(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    return {"deleted": await settled(client.checkpoints.delete(**with_))}


async def checkpoint_list(_: Scenario, client: Client, __: With) -> Any:  # noqa: ANN401
    return {"checkpoints": [shown(it) for it in await listed(client.checkpoints.list())]}


async def transaction(scenario: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    runs = 0
    reads: list[list[str]] = []
    events = [parsed(it, foldlog.NewEvent) for it in with_["append"]]
    other = scenario.client("meanwhile")

    async def run_reads(unit: Any, key: str) -> None:  # noqa: ANN401
        for step in with_.get(key, []):
            ((name, request),) = step.items()
            found = await settled(getattr(unit, name)(parsed(request, READS[name])))
            reads.append([it.event_id for it in found])

    async def run(unit: Any) -> None:  # noqa: ANN401
        nonlocal runs
        reads.clear()
        await run_reads(unit, "reads")
        if runs < len(with_["meanwhile"]):
            others = [parsed(it, foldlog.NewEvent) for it in with_["meanwhile"][runs]]
            await settled(other.append(*others))
        runs += 1
        unit.append(*events)
        await run_reads(unit, "then")

    if scenario.colour == "aio":
        await client.with_transaction(run)
    else:
        # The sync client awaits nothing: its run of the function is over when it is begun.
        await asyncio.to_thread(client.with_transaction, lambda unit: asyncio.run(run(unit)))
    return {"runs": runs, "reads": reads}


async def count_all(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    growth_max = with_.get("memory_growth_max", float("inf"))
    before = resident_bytes()
    count = 0
    first = last = ""
    artifacts = set()

    def took(event: foldlog.RecordedEvent) -> None:
        nonlocal count, first, last
        count += 1
        last = event.artifact_id
        first = first or last
        artifacts.add(last)
        if count % EVENTS_BETWEEN_LOOKS == 0:
            assert resident_bytes() - before < growth_max

    reading = client.read_all()
    if hasattr(reading, "__aiter__"):
        async for event in reading:
            took(event)
    else:
        for event in reading:
            took(event)
    return {"count": count, "distinct": len(artifacts), "first": first, "last": last}


def resident_bytes() -> int:
    gc.collect()
    status = Path("/proc/self/status").read_text()
    return next(int(it.split()[1]) for it in status.splitlines() if it.startswith("VmRSS")) * 1024


async def append_value(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    event = parsed(with_["event"], foldlog.NewEvent)
    event.payload.CopyFrom(foldlog.json_payload(json.loads(with_["value"])))
    return shown(await settled(client.append(event)))


async def payload_integers(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    first = (await listed(client.read_stream(with_["partition_key"])))[0]
    integers = []
    for path in with_["paths"]:
        value = foldlog.payload_value(first.payload)
        for key in path:
            value = value[int(key)] if isinstance(value, list) else value[key]
        integers.append(str(value) if type(value) is int else f"no integer: {value!r}")
    return {"integers": integers}


async def big_payload(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    pad = "x" * (with_["bytes"] - len('{"pad":""}'))
    payload = foldlog.json_payload({"pad": pad})
    artifact = with_["artifact_id"]
    event = foldlog.NewEvent(
        action="approve",
        producer="tests",
        artifact_type="answer",
        artifact_id=artifact,
        payload=payload,
    )
    await settled(client.append(event))
    found = (await listed(client.read_stream(artifact)))[0].payload
    return {"bytes": len(found.json.encode()), "same": found == payload}


async def made_ids(_: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    ids = [it.event_id for it in await listed(client.read_stream(with_["partition_key"]))]
    versions = {uuid.UUID(it).version for it in ids}
    return {"version": versions.pop(), "ascending": ids == sorted(ids), "count": len(ids)}


async def each_error(scenario: Scenario, client: Client, _: With) -> Any:  # noqa: ANN401
    errors = json.loads((SCENARIOS / "errors.json").read_text())["errors"]
    for described in errors:
        await scenario.cue(f"fail-next GetEvent {described['reason']}")
        try:
            await settled(client.get_event("any"))
        except foldlog.FoldlogError as e:
            wanted = {key: it for key, it in described.items() if key != "status"}
            wanted["message"] = described["status"]["message"]
            problem = mismatch(described["reason"], wanted, facts(e, described["typed"]))
            assert problem is None, problem
        else:
            raise AssertionError(f"{described['reason']}: no error")
    return {"errors": len(errors)}


async def give_up(scenario: Scenario, client: Client, with_: With) -> Any:  # noqa: ANN401
    assert with_ == {"method": "ReadAll"}
    reading = client.read_all()
    pull = asyncio.ensure_future(pulled(reading))
    await asyncio.sleep(0)
    while await scenario.cue("calls ReadAll") == "0":
        pass
    if scenario.colour == "aio":
        pull.cancel()
    else:
        reading.close()
    await until(pull.done, lambda: "the read still waits")
    return {"given_up": pull.cancelled() or pull.result() is None}


async def golden(_: Scenario, __: Client, ___: With) -> Any:  # noqa: ANN401
    folder = SCENARIOS / "golden"
    messages = json.loads((folder / "golden.json").read_text())
    for it in messages:
        name = it["type"].removeprefix("foldlog.v1.")
        modules: tuple[Any, ...] = (event_pb2, event_store_pb2, errors_pb2)
        kind = next(getattr(module, name) for module in modules if hasattr(module, name))
        decoded = kind.FromString((folder / f"{it['name']}.binpb").read_bytes())
        described = json.loads((folder / f"{it['name']}.json").read_text())
        assert shown(decoded) == described, it["name"]
        if "future" not in it["name"]:
            assert kind.FromString(parsed(described, kind).SerializeToString()) == decoded
    return {"messages": len(messages)}


CALLS: dict[str, Call] = {
    "append": append,
    "load_history": load_history,
    "list_partitions": list_partitions,
    "checkpoint_get": checkpoint_get,
    "checkpoint_move": checkpoint_move,
    "checkpoint_delete": checkpoint_delete,
    "checkpoint_list": checkpoint_list,
    "transaction": transaction,
    "count_all": count_all,
    "append_value": append_value,
    "payload_integers": payload_integers,
    "big_payload": big_payload,
    "made_ids": made_ids,
    "each_error": each_error,
    "give_up": give_up,
    "kill_worker": kill_worker,
    "golden": golden,
    **{name: read(name) for name in READS},
    **{name: lookup(name) for name in ("get_event", "get_partition", "store_info")},
}
