"""Append, read, decide on what was read, follow."""

import sys

import foldlog

address = sys.argv[1]  # for example 127.0.0.1:7070

with foldlog.connect(address) as log:
    approval = foldlog.NewEvent(
        action="approve",
        producer="reviewer:ana",
        artifact_type="answer",
        artifact_id="answer-17",
        payload=foldlog.json_payload({"score": 5, "comment": "cites the right page"}),
    )
    log.append(approval)

    for event in log.load_history("answer-17"):
        print(event.action, foldlog.payload_value(event.payload)["score"])

    def reject_once(unit: foldlog.UnitOfWork) -> bool:
        """Runs again when somebody else wrote to the answer meanwhile."""
        if any(it.action == "reject" for it in unit.read_stream("answer-17")):
            return False
        unit.append(
            foldlog.NewEvent(
                action="reject",
                producer="reviewer:ben",
                artifact_type="answer",
                artifact_id="answer-17",
            )
        )
        return True

    print("rejected:", log.with_transaction(reject_once))

    for signal in log.subscribe():
        match signal:
            case foldlog.Delivered(event):
                print(event.position, event.action)
            case foldlog.CaughtUp():
                break
