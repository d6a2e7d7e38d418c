"""Say what must hold, and be told what did not."""

import sys

import foldlog
from foldlog.errors import ConcurrencyConflictError

with foldlog.connect(sys.argv[1]) as log:
    first = foldlog.Precondition(
        partition=foldlog.PartitionCondition(partition_key="answer-19", sequence=0)
    )
    opening = foldlog.NewEvent(
        action="open", producer="bot", artifact_type="answer", artifact_id="answer-19"
    )
    log.append(opening, preconditions=[first])
    try:
        log.append(opening, preconditions=[first])
    except ConcurrencyConflictError as e:
        for it in e.violations:
            print(it.partition_key, "is at", it.actual_sequence)
