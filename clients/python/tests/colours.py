"""What differs between the sync client and the asyncio one, for tests that run with both."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any, Literal

import foldlog
import foldlog.aio

Colour = Literal["sync", "aio"]
Client = Any


def connect(colour: Colour, address: str, options: foldlog.ClientOptions) -> Client:
    module: Any = foldlog if colour == "sync" else foldlog.aio
    return module.connect(address, options=options)


async def settled(result: Any) -> Any:  # noqa: ANN401
    """The result, awaited if need be."""
    return await result if inspect.isawaitable(result) else result


async def listed(items: Any) -> list[Any]:  # noqa: ANN401
    """All that an iterator of either colour has."""
    if hasattr(items, "__aiter__"):
        return [it async for it in items]
    return list(items)


async def pulled(items: Any) -> Any:  # noqa: ANN401
    """The next that an iterator of either colour has; None at its end."""
    if hasattr(items, "__aiter__"):
        return await anext(items, None)
    return await asyncio.to_thread(next, items, None)
