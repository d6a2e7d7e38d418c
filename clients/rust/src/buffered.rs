use std::sync::Arc;
use std::time::SystemTime;

use crate::client::Core;
use crate::v1::{EventFilter, NewEvent, Payload, RecordedEvent};

/// The events that a unit of work will append, as they will be sent and as its own reads see them: with id and time,
/// without position and sequence.
#[derive(Debug)]
pub(crate) struct BufferedEvents {
    core: Arc<Core>,
    proposed: Vec<NewEvent>,
    seen: Vec<RecordedEvent>,
}

impl BufferedEvents {
    pub(crate) fn of(core: Arc<Core>) -> Self {
        Self { core, proposed: Vec::new(), seen: Vec::new() }
    }

    pub(crate) fn add(&mut self, mut event: NewEvent) {
        if event.event_id.is_empty() {
            event.event_id = self.core.ids.next();
        }
        event.timestamp.get_or_insert_with(|| SystemTime::now().into());
        self.seen.push(as_read(event.clone()));
        self.proposed.push(event);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.proposed.is_empty()
    }

    /// As they will be sent.
    pub(crate) fn into_proposed(self) -> Vec<NewEvent> {
        self.proposed
    }

    /// Those that match, as they would be read, oldest first.
    pub(crate) fn matching(&self, filter: &EventFilter, is_headers_only: bool) -> Vec<RecordedEvent> {
        let matching = self.seen.iter().filter(|event| filter.matches(event)).cloned();
        matching.map(|event| if is_headers_only { headers(event) } else { event }).collect()
    }
}

fn headers(event: RecordedEvent) -> RecordedEvent {
    RecordedEvent { payload: None, metadata: Default::default(), ..event }
}

fn as_read(event: NewEvent) -> RecordedEvent {
    let version = event.event_version.max(1);
    RecordedEvent {
        partition_key: if event.partition_key.is_empty() { event.artifact_id.clone() } else { event.partition_key },
        event_id: event.event_id,
        action: event.action,
        producer: event.producer,
        artifact_id: event.artifact_id,
        artifact_type: event.artifact_type,
        thread_id: event.thread_id,
        event_version: version,
        stored_event_version: version,
        timestamp: event.timestamp,
        payload: Some(event.payload.unwrap_or_else(|| Payload::json_text("{}"))),
        metadata: event.metadata,
        tags: event.tags,
        position: 0,
        sequence: 0,
        recorded_at: None,
        transaction_position: 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::Client;

    use super::*;

    fn buffered(event: NewEvent) -> BufferedEvents {
        let client = Client::connect("127.0.0.1:1").unwrap();
        let mut buffered = BufferedEvents::of(client.core().clone());
        buffered.add(event);
        buffered
    }

    #[test]
    fn what_is_seen_is_what_will_be_sent() {
        let buffered = buffered(NewEvent::new("approve", "p", "a", "answer"));
        let seen = buffered.matching(&EventFilter::default(), false).remove(0);
        let sent = buffered.into_proposed().remove(0);
        assert_eq!((&seen.event_id, seen.timestamp), (&sent.event_id, sent.timestamp));
        assert!(!sent.event_id.is_empty() && sent.timestamp.is_some());
        assert_eq!((seen.partition_key.as_str(), seen.event_version), ("a", 1));
        assert_eq!(seen.payload.unwrap().as_json().unwrap(), "{}");
    }

    #[test]
    fn what_is_given_is_kept() {
        let given = NewEvent {
            event_id: "e".into(),
            partition_key: "k".into(),
            event_version: 3,
            timestamp: Some(Default::default()),
            tags: vec!["t".into()],
            metadata: [("m".into(), "v".into())].into(),
            ..NewEvent::new("approve", "p", "a", "answer")
        };
        let buffered = buffered(given.clone());
        let seen = buffered.matching(&EventFilter::default(), false).remove(0);
        assert_eq!((seen.partition_key.as_str(), seen.stored_event_version), ("k", 3));
        assert_eq!((&seen.tags, &seen.metadata), (&given.tags, &given.metadata));
        assert_eq!(buffered.into_proposed(), [given]);
    }

    #[test]
    fn headers_have_no_payload_and_no_metadata() {
        let event =
            NewEvent { metadata: [("m".into(), "v".into())].into(), ..NewEvent::new("approve", "p", "a", "answer") };
        let seen = buffered(event).matching(&EventFilter::default(), true).remove(0);
        assert!(seen.payload.is_none() && seen.metadata.is_empty());
    }
}
