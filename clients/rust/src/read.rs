use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use tokio::time::{sleep, timeout};
use tonic::Streaming;

use crate::Error;
use crate::client::Core;
use crate::connection::Way;
use crate::fetch::{Batches, Fetching, Source, next_without_extension};
use crate::read_kinds::{Progress, ReadBatch, ReadKind};
use crate::retry::Backoff;
use crate::v1::RecordedEvent;

/// The events of one read, in its order: a [`Stream`] of finite length.
///
/// The first poll makes the call, and fixes the snapshot. Memory holds a batch (at most 256 KiB, or one event) and
/// what the transport has received ahead, at most 512 KiB; the rest waits on the server. A call that breaks is made
/// again for what is left, under the same snapshot, so no event is missing and none comes twice; when the tries come to an end, the
/// stream yields the error and ends. Dropping the stream gives the read up, and the server is told.
#[derive(Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct EventStream {
    batches: Batches<RecordedEvent, ReadBatch, Error>,
    facts: Option<Facts>,
}

#[derive(Clone, Copy, Debug)]
struct Facts {
    as_of_position: i64,
    last_sequence: i64,
    is_truncated: bool,
}

impl EventStream {
    pub(crate) fn of<R: ReadKind>(core: Arc<Core>, request: R) -> Self {
        let backoff = Backoff::new(core.options.retry);
        Self {
            batches: Batches::of(ResumingRead { core, request, progress: None, backoff, failures: 0, running: None }),
            facts: None,
        }
    }

    next_without_extension!(RecordedEvent);

    /// All events, in memory.
    ///
    /// # Errors
    /// What the read fails with.
    pub async fn into_vec(mut self) -> Result<Vec<RecordedEvent>, Error> {
        self.rest_into_vec().await
    }

    pub(crate) async fn rest_into_vec(&mut self) -> Result<Vec<RecordedEvent>, Error> {
        let mut all = Vec::new();
        while let Some(event) = self.next().await {
            all.push(event?);
        }
        Ok(all)
    }

    /// The snapshot: no event after this position is in the read. `None` before the first element (or the end) has
    /// come. 0: the store was empty.
    pub fn as_of_position(&self) -> Option<i64> {
        self.facts.map(|facts| facts.as_of_position)
    }

    /// Last sequence of the partition as of the snapshot, for [`Precondition::sequence`](crate::v1::Precondition::sequence);
    /// 0: it never had an event, or the read is across partitions. `None` before the first element (or the end) has
    /// come.
    pub fn last_sequence(&self) -> Option<i64> {
        self.facts.map(|facts| facts.last_sequence)
    }

    /// Whether the limit of a read of a slice cut off older events. Known when the first element has come.
    pub fn is_truncated(&self) -> bool {
        self.facts.is_some_and(|facts| facts.is_truncated)
    }
}

impl Stream for EventStream {
    type Item = Result<RecordedEvent, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { batches, facts } = &mut *self;
        batches.poll_next(context, |batch| {
            *facts = Some(Facts {
                as_of_position: batch.as_of_position,
                last_sequence: batch.last_sequence,
                is_truncated: batch.is_truncated,
            });
            batch.events
        })
    }
}

/// The batches of one read.
struct ResumingRead<R: ReadKind> {
    core: Arc<Core>,
    request: R,
    /// `None`: nothing has come yet.
    progress: Option<Progress>,
    backoff: Backoff,
    /// Since the last batch.
    failures: u32,
    running: Option<Running<R::Answer>>,
}

struct Running<A> {
    way: Way,
    answers: Streaming<A>,
}

impl<R: ReadKind> Source<Result<Option<ReadBatch>, Error>> for ResumingRead<R> {
    fn next(mut self: Box<Self>) -> Fetching<Result<Option<ReadBatch>, Error>> {
        Box::pin(async move {
            let batch = self.batch().await;
            (self as Box<dyn Source<_>>, batch)
        })
    }
}

impl<R: ReadKind> ResumingRead<R> {
    async fn batch(&mut self) -> Result<Option<ReadBatch>, Error> {
        loop {
            match self.answer().await {
                Ok(answer) => {
                    self.failures = 0;
                    self.backoff.reset();
                    return Ok(answer.map(|answer| self.received(R::batch(answer))));
                }
                // Everything may have come before the connection broke.
                Err(_) if self.is_at_end() => return Ok(None),
                Err(failure) => self.pause_after(failure).await?,
            }
        }
    }

    fn is_at_end(&self) -> bool {
        let limit = self.request.limit();
        self.progress.is_some_and(|progress| progress.is_at_end(limit))
    }

    async fn answer(&mut self) -> Result<Option<R::Answer>, Error> {
        let silence = self.core.options.silence_max;
        let mut running = match self.running.take() {
            Some(running) => running,
            None => self.started(silence).await?,
        };
        let answer = within(silence, running.answers.message()).await;
        match answer {
            Ok(answer) => {
                self.running = Some(running);
                Ok(answer)
            }
            Err(failure) => {
                self.core.connection.failed(&running.way, &failure);
                Err(failure)
            }
        }
    }

    async fn started(&self, silence: Duration) -> Result<Running<R::Answer>, Error> {
        let request = match self.progress {
            None => self.request.clone(),
            Some(progress) => self.request.rest(progress),
        };
        let way = self.core.connection.way();
        match within(silence, request.call(way.clone())).await {
            Ok(response) => Ok(Running { way, answers: response.into_inner() }),
            Err(failure) => {
                self.core.connection.failed(&way, &failure);
                Err(failure)
            }
        }
    }

    fn received(&mut self, mut batch: ReadBatch) -> ReadBatch {
        let progress = self.progress.unwrap_or_default();
        if R::IS_READ_AGAIN {
            batch.events.retain(|event| event.sequence > progress.sequence);
        }
        self.progress = Some(progress.after(&batch));
        batch
    }

    /// Fails with the failure when another try is of no use.
    async fn pause_after(&mut self, failure: Error) -> Result<(), Error> {
        self.failures += 1;
        if !failure.is_transient() || self.failures >= self.core.options.retry.tries_max {
            return Err(failure);
        }
        sleep(self.backoff.after(&failure)).await;
        Ok(())
    }
}

/// What comes within this time; otherwise the connection counts as broken.
pub(crate) async fn within<T>(
    silence: Duration,
    coming: impl Future<Output = Result<T, tonic::Status>>,
) -> Result<T, Error> {
    match timeout(silence, coming).await {
        Ok(come) => come.map_err(Error::from),
        Err(_) => Err(Error::deadline(format!("the server said nothing for {silence:?}"))),
    }
}
