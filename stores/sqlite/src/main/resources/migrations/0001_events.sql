-- The log and what is looked up in it. docs/layout.md explains each table.

CREATE TABLE store (
    store_id TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;;

CREATE TABLE partition (
    partition_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;;

CREATE TABLE producer (
    producer_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;;

CREATE TABLE tag (
    tag_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;;

-- The kinds of events seen: a filter on types and actions looks here, not at every event.
CREATE TABLE kind (
    kind_id INTEGER PRIMARY KEY,
    artifact_type TEXT NOT NULL,
    action TEXT NOT NULL,
    event_version INTEGER NOT NULL,
    payload_form INTEGER NOT NULL,
    UNIQUE (artifact_type, action, event_version, payload_form)
) STRICT;;

-- event_id: 16 bytes (BLOB) for a canonical UUID, else TEXT. payload: TEXT for JSON, BLOB for opaque.
-- envelope: checksums and the encoded event without its payload. time_before: the greatest timestamp of the
-- partition before this event, if this one's is not greater; null while times ascend.
CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    event_id ANY NOT NULL,
    partition_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    kind_id INTEGER NOT NULL,
    producer_id INTEGER NOT NULL,
    timestamp INTEGER NOT NULL,
    time_before INTEGER,
    envelope BLOB NOT NULL,
    payload ANY
) STRICT;;

CREATE UNIQUE INDEX event_by_id ON event (event_id);;

CREATE UNIQUE INDEX event_by_sequence ON event (partition_id, sequence);;

CREATE INDEX event_late ON event (partition_id, timestamp, time_before) WHERE time_before IS NOT NULL;;

CREATE INDEX event_by_kind ON event (kind_id);;

CREATE TABLE event_tag (
    tag_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tag_id, position)
) STRICT, WITHOUT ROWID;;

CREATE TABLE checkpoint (
    name TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;;
