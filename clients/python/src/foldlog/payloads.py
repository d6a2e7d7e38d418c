"""Payloads of events as Python values and back.

JSON payloads travel as text, so integers of any size stay what they are. ``decimal.Decimal`` is not
JSON to Python; give ``json_payload`` text of your own with ``json_text`` for other choices.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from google.protobuf.json_format import MessageToDict

from foldlog.v1.event_pb2 import Payload


def json_payload(value: Mapping[str, Any]) -> Payload:
    """A JSON object as a payload. NaN and infinities are refused: they are no JSON."""
    if not isinstance(value, Mapping):
        raise TypeError(f"value: {type(value).__name__} (expected: a mapping, a JSON object)")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Payload(json=text)


def json_text(text: str) -> Payload:
    """JSON text of an object as a payload: checked by the server, kept byte for byte."""
    return Payload(json=text)


def data_payload(data: bytes, content_type: str) -> Payload:
    """Opaque bytes of a media type."""
    return Payload(data=data, content_type=content_type)


def payload_value(payload: Payload) -> Any:  # noqa: ANN401 (JSON is anything)
    """The value of a JSON payload, whole numbers as int; {} when there is none.

    Raises ValueError when the payload is bytes or no JSON.
    """
    form = payload.WhichOneof("content")
    if form is None:
        return {}
    if form == "json":
        return json.loads(payload.json)
    if form == "json_object":
        return MessageToDict(payload.json_object)
    raise ValueError("payload: bytes (expected: JSON; payload.data has them)")
