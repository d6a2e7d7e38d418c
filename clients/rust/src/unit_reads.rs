use std::collections::BTreeMap;
use std::sync::Arc;

use prost_types::Timestamp;

use crate::buffered::BufferedEvents;
use crate::client::Core;
use crate::matching::instant;
use crate::read_kinds::ReadKind;
use crate::v1::{
    Direction, EventFilter, PayloadForm, Precondition, ReadAllRequest, ReadOptions, ReadStreamRequest,
    ReadStreamSinceRequest, RecordedEvent,
};
use crate::{Error, EventStream};

/// What a unit of work has read, as the preconditions that say that none of it has changed since: a partition that
/// was read as a whole has its sequence still, and no event after the snapshot matches what was read by a filter.
#[derive(Debug, Default)]
struct ReadSet {
    sequences: BTreeMap<String, i64>,
    filters: Vec<EventFilter>,
}

impl ReadSet {
    fn partition(&mut self, key: String, last_sequence: i64) {
        self.sequences.insert(key, last_sequence);
    }

    fn matching(&mut self, filter: EventFilter) {
        if !self.filters.contains(&filter) {
            self.filters.push(filter);
        }
    }

    /// An empty filter on one partition is remembered by the callers as the whole partition.
    fn matching_in(&mut self, partition_key: &str, filter: EventFilter) {
        let keys = &filter.partition_keys;
        if keys.is_empty() || keys.iter().any(|key| key == partition_key) {
            self.matching(EventFilter { partition_keys: vec![partition_key.to_owned()], ..filter });
        }
    }

    fn into_preconditions(self, snapshot: i64) -> Vec<Precondition> {
        let sequences = self.sequences.into_iter();
        let filters = self.filters.into_iter();
        sequences
            .map(|(key, sequence)| Precondition::sequence(key, sequence))
            .chain(filters.map(|filter| Precondition::no_events_matching(filter, snapshot)))
            .collect()
    }
}

/// The reads of one unit of work: as of one snapshot, with the unit's own events behind, and remembered as
/// preconditions.
///
/// A snapshot of 0 is an empty store. On the wire 0 means "the head at the call", so nothing is asked any more: the
/// answer to every read is known.
#[derive(Debug)]
pub(crate) struct UnitReads {
    core: Arc<Core>,
    read_set: ReadSet,
    snapshot: Option<i64>,
}

/// What the store answers, and the partition's last sequence.
#[derive(Default)]
struct Stored {
    events: Vec<RecordedEvent>,
    last_sequence: i64,
}

impl UnitReads {
    pub(crate) fn of(core: Arc<Core>) -> Self {
        Self { core, read_set: ReadSet::default(), snapshot: None }
    }

    pub(crate) fn snapshot(&self) -> Option<i64> {
        self.snapshot
    }

    pub(crate) fn into_preconditions(self) -> Vec<Precondition> {
        self.read_set.into_preconditions(self.snapshot.unwrap_or_default())
    }

    pub(crate) async fn stream(
        &mut self,
        mut request: ReadStreamRequest,
        buffered: &BufferedEvents,
    ) -> Result<Vec<RecordedEvent>, Error> {
        let filter = request.filter.clone().unwrap_or_default();
        let options = request.options.unwrap_or_default();
        check(&filter, &options, request.as_of_position, buffered)?;
        request.as_of_position = self.snapshot.unwrap_or_default();
        let stored = self.stored(request.clone()).await?;
        let key = request.partition_key;
        if filter == EventFilter::default() {
            self.read_set.partition(key.clone(), stored.last_sequence);
        } else {
            self.read_set.matching_in(&key, filter.clone());
        }
        let is_backward = request.direction == Direction::Backward as i32;
        // Backward and from a place: what is newer than all that is stored is not asked for.
        let own =
            if is_backward && request.after_sequence > 0 { Vec::new() } else { own(&key, &filter, &options, buffered) };
        Ok(merged(stored.events, own, is_backward, request.limit))
    }

    pub(crate) async fn stream_since(
        &mut self,
        mut request: ReadStreamSinceRequest,
        buffered: &BufferedEvents,
    ) -> Result<Vec<RecordedEvent>, Error> {
        let asked = request.filter.clone().unwrap_or_default();
        let options = request.options.unwrap_or_default();
        check(&asked, &options, request.as_of_position, buffered)?;
        request.as_of_position = self.snapshot.unwrap_or_default();
        let stored = self.stored(request.clone()).await?;
        let filter = since(asked, request.since.unwrap_or_default());
        let key = request.partition_key;
        self.read_set.matching_in(&key, filter.clone());
        let own = own(&key, &filter, &options, buffered);
        let mut all = merged(stored.events, own, false, 0);
        let kept = usize::try_from(request.limit).unwrap_or_default();
        if kept > 0 && all.len() > kept {
            all.drain(..all.len() - kept);
        }
        Ok(all)
    }

    pub(crate) async fn all(
        &mut self,
        mut request: ReadAllRequest,
        buffered: &BufferedEvents,
    ) -> Result<Vec<RecordedEvent>, Error> {
        let filter = request.filter.clone().unwrap_or_default();
        let options = request.options.unwrap_or_default();
        check(&filter, &options, request.as_of_position, buffered)?;
        request.as_of_position = self.snapshot.unwrap_or_default();
        let stored = self.stored(request.clone()).await?;
        let is_backward = request.direction == Direction::Backward as i32;
        let own = if is_backward && request.after_position > 0 {
            Vec::new()
        } else {
            buffered.matching(&filter, options.headers_only)
        };
        self.read_set.matching(filter);
        Ok(merged(stored.events, own, is_backward, request.limit))
    }

    async fn stored(&mut self, request: impl ReadKind) -> Result<Stored, Error> {
        if self.snapshot == Some(0) {
            return Ok(Stored::default());
        }
        let mut answer = EventStream::of(self.core.clone(), request);
        let events = answer.rest_into_vec().await?;
        self.snapshot = answer.as_of_position().or(self.snapshot);
        Ok(Stored { events, last_sequence: answer.last_sequence().unwrap_or_default() })
    }
}

fn own(
    partition_key: &str,
    filter: &EventFilter,
    options: &ReadOptions,
    buffered: &BufferedEvents,
) -> Vec<RecordedEvent> {
    let mut own = buffered.matching(filter, options.headers_only);
    own.retain(|event| event.partition_key == partition_key);
    own
}

fn check(
    filter: &EventFilter,
    options: &ReadOptions,
    as_of_position: i64,
    buffered: &BufferedEvents,
) -> Result<(), Error> {
    if as_of_position != 0 {
        return Err(Error::invalid_call(format!(
            "as_of_position: {as_of_position} (expected: 0, the unit has a snapshot of its own)"
        )));
    }
    if !buffered.is_empty() && filter.has_expression() {
        return Err(Error::invalid_call(
            "filter.expression: after an append (expected: before it; expressions run on the server only)",
        ));
    }
    if !buffered.is_empty() && options.payload_form == PayloadForm::Struct as i32 {
        return Err(Error::invalid_call(
            "options.payload_form: STRUCT after an append (expected: before it; forms are made on the server)",
        ));
    }
    Ok(())
}

fn since(filter: EventFilter, since: Timestamp) -> EventFilter {
    match filter.since {
        Some(later) if instant(later) > instant(since) => filter,
        _ => EventFilter { since: Some(since), ..filter },
    }
}

/// What is stored, with the unit's own events behind it; backward, before it.
fn merged(
    stored: Vec<RecordedEvent>,
    mut own: Vec<RecordedEvent>,
    is_backward: bool,
    limit: i64,
) -> Vec<RecordedEvent> {
    let mut all = if is_backward {
        own.reverse();
        own.extend(stored);
        own
    } else {
        let mut stored = stored;
        stored.extend(own);
        stored
    };
    if let Ok(limit @ 1..) = usize::try_from(limit) {
        all.truncate(limit);
    }
    all
}
