"""What an error offers, under the names of the scenarios."""

from __future__ import annotations

import dataclasses
from typing import Any

import foldlog


def facts(error: foldlog.FoldlogError, typed: dict[str, Any]) -> dict[str, Any]:
    """Type, code, message and so on, and those typed facts that are asked for."""
    return {
        "type": type(error).__name__.removesuffix("Error"),
        "reason": error.reason,
        "code": error.code.name,
        "message": error.message,
        "transient": error.is_transient,
        "without_effect": error.is_without_effect,
        "typed": {name: _fact(error, name) for name in typed},
    }


def _fact(error: foldlog.FoldlogError, name: str) -> Any:  # noqa: ANN401
    if name == "retry_delay_millis":
        return error.retry_delay and round(error.retry_delay.total_seconds() * 1000)
    value = getattr(error, name)
    if isinstance(value, list):
        return [dataclasses.asdict(it) for it in value]
    return value
