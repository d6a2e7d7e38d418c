use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, SystemTime};

use futures_core::Stream;

use crate::Error;
use crate::client::Core;
use crate::fetch::{Batches, next_without_extension};
use crate::subscription_loop::SubscriptionLoop;
use crate::v1::subscribe_all_request::Start;
use crate::v1::{EventFilter, ReadOptions, RecordedEvent, SubscribeAllRequest};

const HEARTBEAT: Duration = Duration::from_secs(15);
const HEARTBEATS_MISSED: u32 = 3;

/// What a subscription follows, and how. The whole request of the API becomes one by `From`.
#[derive(Clone, Debug)]
#[must_use]
pub struct SubscribeOptions {
    pub(crate) request: SubscribeAllRequest,
    pub(crate) heartbeats_missed: u32,
}

impl SubscribeOptions {
    /// Every event after a position: the last one processed; 0: from the oldest.
    pub fn after(position: i64) -> Self {
        Self::from_start(Start::AfterPosition(position))
    }

    /// Every event from the first one recorded at or after a time of the server, which may be one to come.
    pub fn recorded_since(time: SystemTime) -> Self {
        Self::from_start(Start::RecordedSince(time.into()))
    }

    /// What is committed after the call.
    pub fn live_only() -> Self {
        Self::from_start(Start::LiveOnly(true))
    }

    /// Every event after a named checkpoint as it is at the first connection; from the oldest when there is none.
    pub fn at_checkpoint(name: impl Into<String>) -> Self {
        Self::from_start(Start::Checkpoint(name.into()))
    }

    fn from_start(start: Start) -> Self {
        SubscribeAllRequest { start: Some(start), ..SubscribeAllRequest::default() }.into()
    }

    /// Only events that match.
    pub fn matching(mut self, filter: EventFilter) -> Self {
        self.request.filter = Some(filter);
        self
    }

    /// Only in this store: its id, kept beside the position, guards against a restored or different one
    /// ([`Error::StoreMismatch`]). Without, any store, but after the first connection always that one.
    pub fn in_store(mut self, store_id: impl Into<String>) -> Self {
        self.request.store_id = store_id.into();
        self
    }

    /// How often a quiet server says that it is there, 1 s to 300 s, standard 15 s; and after how many such intervals
    /// of silence the connection counts as broken, standard 3, at least 1.
    pub fn heartbeats(mut self, interval: Duration, missed_max: u32) -> Self {
        // A longer time than the wire can say is longer than the server allows, as the longest there is.
        let longest = prost_types::Duration { seconds: i64::MAX, nanos: 0 };
        self.request.heartbeat_interval = Some(interval.try_into().unwrap_or(longest));
        self.heartbeats_missed = missed_max.max(1);
        self
    }

    /// How long the server may wait for a fuller batch once live, at most 10 s; standard 0: it sends at once.
    pub fn linger_max(mut self, linger: Duration) -> Self {
        self.request.max_linger = linger.try_into().ok();
        self
    }

    /// How events are delivered: form of payloads, headers only, size of batches.
    pub fn delivered(mut self, options: ReadOptions) -> Self {
        self.request.options = Some(options);
        self
    }

    /// The heartbeat interval asked for.
    pub(crate) fn heartbeat_interval(&self) -> Duration {
        let asked = self.request.heartbeat_interval;
        asked.and_then(|interval| interval.try_into().ok()).unwrap_or(HEARTBEAT)
    }
}

impl From<SubscribeAllRequest> for SubscribeOptions {
    fn from(request: SubscribeAllRequest) -> Self {
        Self { request, heartbeats_missed: HEARTBEATS_MISSED }
    }
}

/// What a subscription yields. Newer versions can add kinds: ignore those you do not know.
#[derive(Debug)]
#[non_exhaustive]
pub enum SubscriptionMessage {
    /// The subscription runs: at the start and after each reconnection.
    #[non_exhaustive]
    Connected {
        /// The store, to keep beside the position.
        store_id: String,
        /// Where delivery starts (exclusive).
        start_position: i64,
        /// The head of the store at this moment.
        head_position: i64,
    },
    /// An event. They come in position order, each once in the life of a subscription; what was handled before the
    /// subscription was made is the application's to remember.
    Event(Box<RecordedEvent>),
    /// Everything that matches through this position was yielded: the place to store, when the events were handled.
    /// After each batch of events. Never goes back.
    #[non_exhaustive]
    Passed {
        /// The position.
        position: i64,
    },
    /// The past is done, what follows is live. Again after [`SubscriptionMessage::FellBehind`] and after
    /// reconnections.
    #[non_exhaustive]
    CaughtUp {
        /// Everything that matches through here was yielded.
        position: i64,
    },
    /// Delivery is far behind the head: no longer live, the past is read again.
    #[non_exhaustive]
    FellBehind {
        /// Everything that matches through here was yielded.
        position: i64,
        /// The head of the store at this moment.
        head_position: i64,
    },
    /// Nothing new, but the server is there.
    #[non_exhaustive]
    Heartbeat {
        /// Everything that matches through here was yielded.
        position: i64,
        /// The head of the store at this moment.
        head_position: i64,
    },
    /// The connection broke, or was silent for too long. The next poll makes another after a pause.
    #[non_exhaustive]
    Disconnected {
        /// Why.
        cause: Error,
        /// How long the pause is.
        pause: Duration,
    },
}

impl SubscriptionMessage {
    /// The event, if it is one.
    pub fn into_event(self) -> Option<RecordedEvent> {
        match self {
            Self::Event(event) => Some(*event),
            _ => None,
        }
    }

    fn position(&self) -> Option<i64> {
        match self {
            Self::Event(event) => Some(event.position),
            Self::Connected { start_position: position, .. }
            | Self::Passed { position }
            | Self::CaughtUp { position }
            | Self::FellBehind { position, .. }
            | Self::Heartbeat { position, .. } => Some(*position),
            Self::Disconnected { .. } => None,
        }
    }
}

/// A subscription: a [`Stream`] that ends only with an error.
///
/// It connects again by itself, with pauses that grow, after a restart of the server, a broken connection or a silent
/// one, and goes on behind the last message it yielded, in the same store only. An error that no repeat can mend
/// ([`Error::StoreMismatch`], [`Error::PositionAhead`], [`Error::RetentionGap`], [`Error::InvalidField`] and such) is
/// yielded, and ends it.
///
/// Nothing happens between polls: what is not taken waits on the server. A subscriber that takes nothing for long,
/// while others wait for room in the server, can lose its connection; the next poll makes another. Drop it to end it.
#[derive(Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct Subscription {
    batches: Batches<SubscriptionMessage, Vec<SubscriptionMessage>, Error>,
    position: i64,
}

impl Subscription {
    pub(crate) fn of(core: Arc<Core>, options: SubscribeOptions) -> Self {
        let position = match options.request.start {
            Some(Start::AfterPosition(position)) => position,
            _ => 0,
        };
        Self { batches: Batches::of(SubscriptionLoop::of(core, options, position)), position }
    }

    next_without_extension!(SubscriptionMessage);

    /// The next event, passing over other messages; `None`: the subscription has ended with an error before. As
    /// [`Subscription::next`] it loses nothing when dropped before it is ready.
    pub async fn next_event(&mut self) -> Option<Result<RecordedEvent, Error>> {
        loop {
            match self.next().await? {
                Ok(SubscriptionMessage::Event(event)) => return Some(Ok(*event)),
                Ok(_) => {}
                Err(end) => return Some(Err(end)),
            }
        }
    }

    /// Everything that matches through here was yielded, the last message included. Never goes back.
    pub fn position(&self) -> i64 {
        self.position
    }
}

impl Stream for Subscription {
    type Item = Result<SubscriptionMessage, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let message = ready!(self.batches.poll_next(context, |messages| messages));
        if let Some(Ok(message)) = &message {
            self.position = self.position.max(message.position().unwrap_or_default());
        }
        Poll::Ready(message)
    }
}
