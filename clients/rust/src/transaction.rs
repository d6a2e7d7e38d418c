use tokio::time::sleep;

use crate::buffered::BufferedEvents;
use crate::retry::Backoff;
use crate::unit_reads::UnitReads;
use crate::v1::{
    AppendRequest, CheckpointUpdate, NewEvent, ReadAllRequest, ReadStreamRequest, ReadStreamSinceRequest, RecordedEvent,
};
use crate::{Client, Error};

/// What the function of [`Client::with_transaction`] reads and writes through. The first read fixes a snapshot, and
/// every read is as of it, plus the events that this unit appended before: those come last, with position and sequence
/// 0 (not given yet), and with the client's time where they had none. Nothing is stored before the function has
/// returned.
///
/// The events of a read are held in memory. An event without `partition_key` is taken to be in the partition of its
/// artifact: give the key where a rule of the artifact's type makes another.
#[derive(Debug)]
pub struct UnitOfWork {
    reads: UnitReads,
    buffered: BufferedEvents,
    checkpoints: Vec<CheckpointUpdate>,
}

impl UnitOfWork {
    fn of(client: &Client) -> Self {
        Self {
            reads: UnitReads::of(client.core().clone()),
            buffered: BufferedEvents::of(client.core().clone()),
            checkpoints: Vec::new(),
        }
    }

    /// One partition, in sequence order: a whole one by its key, or as the request says.
    ///
    /// # Errors
    /// [`Error::InvalidCall`] when the request names a snapshot of its own, or when the unit has appended and the
    /// filter has an expression or payloads are wanted as a Struct; what the read fails with.
    pub async fn read_stream(&mut self, request: impl Into<ReadStreamRequest>) -> Result<Vec<RecordedEvent>, Error> {
        self.reads.stream(request.into(), &self.buffered).await
    }

    /// The recent events of a partition: those with `timestamp >= since`, in sequence order. See
    /// [`ReadStreamSinceRequest::new`].
    ///
    /// # Errors
    /// As of [`UnitOfWork::read_stream`].
    pub async fn read_stream_since(&mut self, request: ReadStreamSinceRequest) -> Result<Vec<RecordedEvent>, Error> {
        self.reads.stream_since(request, &self.buffered).await
    }

    /// The events of all partitions in position order: those that match a filter, or as the request says.
    ///
    /// # Errors
    /// As of [`UnitOfWork::read_stream`].
    pub async fn read_all(&mut self, request: impl Into<ReadAllRequest>) -> Result<Vec<RecordedEvent>, Error> {
        self.reads.all(request.into(), &self.buffered).await
    }

    /// Appends an event when the unit commits. Later reads of this unit see it.
    pub fn append(&mut self, event: NewEvent) {
        self.buffered.add(event);
    }

    /// Moves a checkpoint when the unit commits, with the events appended (a unit that appends none cannot), from
    /// where it must be then (0: nowhere yet) to `to`, through which everything is processed. If it is elsewhere the
    /// unit fails with [`Error::CheckpointMoved`] and does not run again.
    pub fn move_checkpoint(&mut self, name: impl Into<String>, from: i64, to: i64) {
        self.checkpoints.push(CheckpointUpdate::new(name, from, to));
    }

    /// The snapshot; `None` before the first read. Projection states are not covered by it.
    pub fn as_of_position(&self) -> Option<i64> {
        self.reads.snapshot()
    }

    /// The append that commits it; `None`: there is nothing to commit.
    fn into_commit(self) -> Result<Option<AppendRequest>, Error> {
        if !self.buffered.is_empty() {
            return Ok(Some(AppendRequest {
                events: self.buffered.into_proposed(),
                preconditions: self.reads.into_preconditions(),
                checkpoints: self.checkpoints,
                ..AppendRequest::default()
            }));
        }
        if !self.checkpoints.is_empty() {
            return Err(Error::invalid_call("checkpoints: moved without an event (expected: an append beside them)"));
        }
        Ok(None)
    }
}

/// Runs units of work: reads, decides, commits by one append, and again on a conflict.
pub(crate) async fn run<T, E, F>(client: &Client, mut function: F) -> Result<T, E>
where
    F: AsyncFnMut(&mut UnitOfWork) -> Result<T, E>,
    E: From<Error>,
{
    let options = &client.core().options;
    let mut backoff = Backoff::new(options.retry);
    let mut reruns = 0;
    loop {
        let mut unit = UnitOfWork::of(client);
        let result = function(&mut unit).await?;
        let Some(commit) = unit.into_commit()? else {
            return Ok(result);
        };
        match client.append(commit).await {
            Ok(_) => return Ok(result),
            Err(conflict @ Error::ConcurrencyConflict { .. }) if reruns < options.reruns_max => {
                reruns += 1;
                sleep(backoff.after(&conflict)).await;
            }
            Err(failure) => return Err(failure.into()),
        }
    }
}
