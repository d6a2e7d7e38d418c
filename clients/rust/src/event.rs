use std::time::SystemTime;

use crate::v1::partition_condition::Expected;
use crate::v1::precondition::Condition;
use crate::v1::{
    AppendRequest, CheckpointUpdate, EventFilter, NewEvent, NoEventsMatching, PartitionCondition, Precondition,
    ReadAllRequest, ReadStreamRequest, ReadStreamSinceRequest,
};

impl NewEvent {
    /// An event with the four fields that every event has; the others can be set by name.
    ///
    /// ```
    /// use foldlog::v1::NewEvent;
    ///
    /// let event = NewEvent {
    ///     thread_id: "chat-3".into(),
    ///     tags: vec!["topic:billing".into()],
    ///     ..NewEvent::new("approve", "reviewer:ana", "answer-17", "answer")
    /// };
    /// assert_eq!(event.artifact_id, "answer-17");
    /// ```
    pub fn new(
        action: impl Into<String>,
        producer: impl Into<String>,
        artifact_id: impl Into<String>,
        artifact_type: impl Into<String>,
    ) -> Self {
        Self {
            action: action.into(),
            producer: producer.into(),
            artifact_id: artifact_id.into(),
            artifact_type: artifact_type.into(),
            ..Self::default()
        }
    }
}

impl From<NewEvent> for AppendRequest {
    fn from(event: NewEvent) -> Self {
        vec![event].into()
    }
}

impl From<Vec<NewEvent>> for AppendRequest {
    fn from(events: Vec<NewEvent>) -> Self {
        Self { events, ..Self::default() }
    }
}

impl From<&str> for ReadStreamRequest {
    /// A whole partition.
    fn from(partition_key: &str) -> Self {
        String::from(partition_key).into()
    }
}

impl From<String> for ReadStreamRequest {
    /// A whole partition.
    fn from(partition_key: String) -> Self {
        Self { partition_key, ..Self::default() }
    }
}

impl ReadStreamSinceRequest {
    /// The events of a partition with `timestamp >= since`.
    pub fn new(partition_key: impl Into<String>, since: SystemTime) -> Self {
        Self { partition_key: partition_key.into(), since: Some(since.into()), ..Self::default() }
    }
}

impl From<EventFilter> for ReadAllRequest {
    /// All events that match.
    fn from(filter: EventFilter) -> Self {
        Self { filter: Some(filter), ..Self::default() }
    }
}

impl Precondition {
    /// The partition's last sequence is exactly this; 0: it never had an event.
    pub fn sequence(partition_key: impl Into<String>, sequence: i64) -> Self {
        Self::partition(partition_key.into(), Expected::Sequence(sequence))
    }

    /// The partition has had an event.
    pub fn present(partition_key: impl Into<String>) -> Self {
        Self::partition(partition_key.into(), Expected::Exists(true))
    }

    /// The partition never had an event.
    pub fn absent(partition_key: impl Into<String>) -> Self {
        Self::partition(partition_key.into(), Expected::Exists(false))
    }

    /// No event after the position matches the filter; position 0: no event at all.
    pub fn no_events_matching(filter: EventFilter, after_position: i64) -> Self {
        Self { condition: Some(Condition::NoEventsMatching(NoEventsMatching { filter: Some(filter), after_position })) }
    }

    fn partition(partition_key: String, expected: Expected) -> Self {
        Self { condition: Some(Condition::Partition(PartitionCondition { partition_key, expected: Some(expected) })) }
    }
}

impl CheckpointUpdate {
    /// A move from where a checkpoint must be (0: nowhere yet) to `to`, for an append.
    pub fn new(name: impl Into<String>, from: i64, to: i64) -> Self {
        Self { name: name.into(), position: to, expected_position: Some(from) }
    }
}
