"""The same worker with asyncio."""

import asyncio
import sys

import foldlog
import foldlog.aio


async def main(address: str, name: str) -> None:
    """Follows until it is killed."""
    async with foldlog.aio.connect(address) as log:
        done = await log.checkpoints.position(name)
        approvals = foldlog.EventFilter(actions=["approve"])
        following = log.subscribe(foldlog.SubscribeOptions(checkpoint=name, filter=approvals))
        async for event in following.events():
            score = foldlog.NewEvent(
                action="score",
                producer="scorer",
                artifact_type="score",
                artifact_id=event.artifact_id,
            )
            move = foldlog.CheckpointUpdate(
                name=name, expected_position=done, position=event.position
            )
            await log.append(score, checkpoints=[move])
            done = event.position


asyncio.run(main(*sys.argv[1:]))
