"""The same calls with await."""

import asyncio
import sys

import foldlog
import foldlog.aio


async def main(address: str) -> None:
    """Appends and reads."""
    async with foldlog.aio.connect(address) as log:
        edit = foldlog.NewEvent(
            action="edit", producer="reviewer:ana", artifact_type="answer", artifact_id="answer-18"
        )
        await log.append(edit)
        async for event in log.read_all(foldlog.EventFilter(actions=["edit"])):
            print(event.artifact_id, event.action)


asyncio.run(main(sys.argv[1]))
