"""How answers are compared with what a scenario expects."""

from __future__ import annotations

from typing import Any

Json = Any


def mismatch(path: str, wanted: Json, actual: Json) -> str | None:
    """What is wrong with an answer; None: it matches."""
    if wanted is None:
        return f"{path}: {actual!r} (expected: nothing)" if _is_there(actual) else None
    if wanted == "*":
        return None if _is_there(actual) else f"{path}: nothing (expected: something)"
    if isinstance(wanted, dict) and isinstance(actual, dict):
        return _first(mismatch(f"{path}.{key}", it, actual.get(key)) for key, it in wanted.items())
    if isinstance(wanted, list) and isinstance(actual, list):
        if len(wanted) != len(actual):
            return f"{path}: {actual!r} (expected: {len(wanted)} elements)"
        pairs = enumerate(zip(wanted, actual, strict=True))
        return _first(mismatch(f"{path}[{i}]", one, other) for i, (one, other) in pairs)
    is_same = type(wanted) is type(actual) and wanted == actual
    return None if is_same else f"{path}: {actual!r} (expected: {wanted!r})"


def _is_there(actual: Json) -> bool:
    return actual not in (None, "", "0", 0, False, [])


def _first(problems: Any) -> str | None:  # noqa: ANN401
    return next((it for it in problems if it is not None), None)
