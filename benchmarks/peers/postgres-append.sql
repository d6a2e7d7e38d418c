\set partition random(1, 10000)
INSERT INTO event (event_id, partition_key, artifact_type, action, producer, payload) VALUES (time_ordered_id(), 'answer-' || :partition, 'answer', 'approve', 'reviewer-1', '{"score": 5, "comment": "' || repeat('x', 270) || '"}');
