use tonic::{Response, Status, Streaming};

use crate::connection::Way;
use crate::v1::{
    ReadAllRequest, ReadAllResponse, ReadStreamRequest, ReadStreamResponse, ReadStreamSinceRequest,
    ReadStreamSinceResponse, RecordedEvent,
};

/// One batch of any read.
#[derive(Debug, Default)]
pub(crate) struct ReadBatch {
    pub(crate) events: Vec<RecordedEvent>,
    /// The read's snapshot.
    pub(crate) as_of_position: i64,
    /// Last sequence of the partition as of the snapshot; 0 in reads across partitions.
    pub(crate) last_sequence: i64,
    /// How far a read across partitions has looked; 0 in reads of one partition.
    pub(crate) scanned_position: i64,
    /// Whether a limit cut off older events of the slice.
    pub(crate) is_truncated: bool,
}

/// How far a read has come, once it has begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// The read's snapshot.
    pub(crate) as_of_position: i64,
    /// How many events have come.
    pub(crate) events: i64,
    /// Sequence of the last of them; 0: none yet.
    pub(crate) sequence: i64,
    /// How far a read across partitions has looked; 0: nowhere yet.
    pub(crate) position: i64,
}

impl Progress {
    pub(crate) fn after(self, batch: &ReadBatch) -> Self {
        let last = batch.events.last();
        let position = last.map_or(self.position, |event| event.position);
        Self {
            as_of_position: batch.as_of_position,
            events: self.events + batch.events.len() as i64,
            sequence: last.map_or(self.sequence, |event| event.sequence),
            position: if batch.scanned_position > 0 { batch.scanned_position } else { position },
        }
    }

    /// Whether nothing is left to read: the store was empty, or the limit (0: none) is reached.
    pub(crate) fn is_at_end(self, limit: i64) -> bool {
        self.as_of_position == 0 || (limit > 0 && self.events >= limit)
    }

    /// What is left of a limit; 0: there is none.
    fn left(self, limit: i64) -> i64 {
        if limit == 0 { 0 } else { limit - self.events }
    }
}

/// What differs between the three reads: their messages, and how one goes on where it broke off, under the snapshot
/// that it began with.
pub(crate) trait ReadKind: Clone + Send + Sync + 'static {
    type Answer: Send + 'static;

    fn call(self, way: Way) -> impl Future<Output = Result<Response<Streaming<Self::Answer>>, Status>> + Send;

    fn batch(answer: Self::Answer) -> ReadBatch;

    /// Events at most; 0: no bound.
    fn limit(&self) -> i64;

    /// The request for what is left.
    fn rest(&self, progress: Progress) -> Self;

    /// Whether the rest begins with events that have come already, up to the progress's sequence.
    const IS_READ_AGAIN: bool;
}

/// Goes on after (or, backward, before) the last sequence.
impl ReadKind for ReadStreamRequest {
    type Answer = ReadStreamResponse;
    const IS_READ_AGAIN: bool = false;

    async fn call(self, way: Way) -> Result<Response<Streaming<Self::Answer>>, Status> {
        way.event_store().read_stream(self).await
    }

    fn batch(answer: Self::Answer) -> ReadBatch {
        ReadBatch {
            events: answer.events,
            as_of_position: answer.as_of_position,
            last_sequence: answer.last_sequence,
            ..ReadBatch::default()
        }
    }

    fn limit(&self) -> i64 {
        self.limit
    }

    fn rest(&self, progress: Progress) -> Self {
        Self {
            after_sequence: if progress.events == 0 { self.after_sequence } else { progress.sequence },
            limit: progress.left(self.limit),
            as_of_position: progress.as_of_position,
            ..self.clone()
        }
    }
}

/// Its limit counts from the end, so the same slice is read again.
impl ReadKind for ReadStreamSinceRequest {
    type Answer = ReadStreamSinceResponse;
    const IS_READ_AGAIN: bool = true;

    async fn call(self, way: Way) -> Result<Response<Streaming<Self::Answer>>, Status> {
        way.event_store().read_stream_since(self).await
    }

    fn batch(answer: Self::Answer) -> ReadBatch {
        ReadBatch {
            events: answer.events,
            as_of_position: answer.as_of_position,
            last_sequence: answer.last_sequence,
            is_truncated: answer.truncated,
            ..ReadBatch::default()
        }
    }

    fn limit(&self) -> i64 {
        self.limit
    }

    fn rest(&self, progress: Progress) -> Self {
        Self { as_of_position: progress.as_of_position, ..self.clone() }
    }
}

/// Goes on after (or, backward, before) the position it has looked at.
impl ReadKind for ReadAllRequest {
    type Answer = ReadAllResponse;
    const IS_READ_AGAIN: bool = false;

    async fn call(self, way: Way) -> Result<Response<Streaming<Self::Answer>>, Status> {
        way.event_store().read_all(self).await
    }

    fn batch(answer: Self::Answer) -> ReadBatch {
        ReadBatch {
            events: answer.events,
            as_of_position: answer.as_of_position,
            scanned_position: answer.scanned_position,
            ..ReadBatch::default()
        }
    }

    fn limit(&self) -> i64 {
        self.limit
    }

    fn rest(&self, progress: Progress) -> Self {
        Self {
            after_position: if progress.position == 0 { self.after_position } else { progress.position },
            limit: progress.left(self.limit),
            as_of_position: progress.as_of_position,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(sequences: &[i64], scanned_position: i64) -> ReadBatch {
        let event = |&sequence: &i64| RecordedEvent { sequence, position: 10 * sequence, ..RecordedEvent::default() };
        ReadBatch {
            events: sequences.iter().map(event).collect(),
            as_of_position: 99,
            scanned_position,
            ..ReadBatch::default()
        }
    }

    #[test]
    fn a_read_of_a_partition_goes_on_after_the_last_sequence_under_its_snapshot() {
        let request = ReadStreamRequest { after_sequence: 3, limit: 5, .."a".into() };
        let begun = Progress::default().after(&batch(&[], 0));
        let rest = request.rest(begun);
        assert_eq!((rest.after_sequence, rest.limit, rest.as_of_position), (3, 5, 99));
        let rest = request.rest(begun.after(&batch(&[4, 5], 0)).after(&batch(&[], 0)));
        assert_eq!((rest.after_sequence, rest.limit, rest.as_of_position), (5, 3, 99));
    }

    #[test]
    fn a_read_across_partitions_goes_on_after_what_it_has_looked_at() {
        let request = ReadAllRequest { after_position: 7, ..ReadAllRequest::default() };
        let begun = Progress::default().after(&batch(&[], 0));
        assert_eq!(request.rest(begun).after_position, 7);
        assert_eq!(request.rest(begun.after(&batch(&[2], 0))).after_position, 20);
        let rest = request.rest(begun.after(&batch(&[2], 0)).after(&batch(&[], 50)));
        assert_eq!((rest.after_position, rest.limit, rest.as_of_position), (50, 0, 99));
    }

    #[test]
    fn a_slice_is_read_again_with_its_whole_limit() {
        let request = ReadStreamSinceRequest { limit: 5, ..ReadStreamSinceRequest::default() };
        let rest = request.rest(Progress::default().after(&batch(&[1, 2], 0)));
        assert_eq!((rest.limit, rest.as_of_position), (5, 99));
    }

    #[test]
    fn nothing_is_left_of_an_empty_store_and_when_the_limit_is_reached() {
        let progress = Progress::default().after(&batch(&[1, 2], 0));
        assert!(progress.is_at_end(2) && !progress.is_at_end(3) && !progress.is_at_end(0));
        assert!(Progress::default().is_at_end(0));
    }
}
