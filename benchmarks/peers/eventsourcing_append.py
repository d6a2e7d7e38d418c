"""Durable single appends through the recorder of the library eventsourcing, SQLite with synchronous=FULL.

usage: eventsourcing_append.py FOLDER SECONDS PARTITIONS PAYLOAD_BYTES; prints what it did as name=value.
"""

import os
import random
import resource
import sys
import threading
import time
import uuid

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

CALLERS = 8  # one writes at a time; the pool lets no more than a few wait


def main() -> None:
    folder, seconds, partitions, size = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    store = SQLiteDatastore(os.path.join(folder, "events.db"), pool_timeout=60, lock_timeout=60)
    recorder = SQLiteApplicationRecorder(store)
    recorder.create_table()
    with store.transaction(commit=False) as cursor:
        cursor.execute("PRAGMA synchronous")
        if cursor.fetchone()[0] != 2:
            sys.exit("synchronous: not FULL")
    state = b"x" * size
    artifacts = [uuid.UUID(int=i + 1) for i in range(partitions)]
    versions = [0] * partitions
    waits: list[float] = []
    lock = threading.Lock()
    end = time.perf_counter() + seconds

    def call(caller: int) -> None:
        choose = random.Random(caller)
        mine = []
        while (began := time.perf_counter()) < end:
            with lock:
                partition = choose.randrange(partitions)
                versions[partition] += 1
                version = versions[partition]
            recorder.insert_events([StoredEvent(artifacts[partition], version, "feedback:Approved", state)])
            mine.append(time.perf_counter() - began)
        with lock:
            waits.extend(mine)

    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    threads = [threading.Thread(target=call, args=(i,)) for i in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    if recorder.max_notification_id() != len(waits):
        sys.exit("stored events: not as many as answered")
    waits.sort()
    at = [waits[min(len(waits) - 1, int(len(waits) * share))] * 1e3 for share in (0.5, 0.99)]
    print(
        f"events={len(waits)} seconds={elapsed:.6f} cpu_us={cpu * 1e6:.0f}"
        f" p50_ms={at[0]:.3f} p99_ms={at[1]:.3f} max_ms={waits[-1] * 1e3:.3f}"
    )


main()
