"""A worker: scores each approval once, however often it is killed and started again."""

import sys

import foldlog

address, name = sys.argv[1:]

with foldlog.connect(address) as log:
    done = log.checkpoints.position(name)
    approvals = foldlog.EventFilter(actions=["approve"])
    following = log.subscribe(foldlog.SubscribeOptions(checkpoint=name, filter=approvals))
    for event in following.events():
        score = foldlog.NewEvent(
            action="score", producer="scorer", artifact_type="score", artifact_id=event.artifact_id
        )
        move = foldlog.CheckpointUpdate(name=name, expected_position=done, position=event.position)
        log.append(score, checkpoints=[move])
        done = event.position
