-- A plain table for events, as one would write it first: a sequence for the order, both uniqueness rules, JSON as text.
CREATE TABLE event (
    position bigserial PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    partition_key text NOT NULL,
    sequence bigserial NOT NULL,
    artifact_type text NOT NULL,
    action text NOT NULL,
    producer text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    payload text NOT NULL,
    UNIQUE (partition_key, sequence)
);

-- Stands for the client's UUIDv7: milliseconds first, the rest random.
CREATE FUNCTION time_ordered_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
        || substr(replace(gen_random_uuid()::text, '-', ''), 13))::uuid
$$;
