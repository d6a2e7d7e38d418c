use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::connection::Connection;
use crate::ids::EventIds;
use crate::options::{ClientBuilder, Options};
use crate::pages::{Page, Pages};
use crate::transaction::{self, UnitOfWork};
use crate::unary::Repeat;
use crate::v1::{
    AppendRequest, AppendResponse, GetEventRequest, GetPartitionRequest, GetStoreInfoRequest, GetStoreInfoResponse,
    ListPartitionsRequest, Partition, ReadAllRequest, ReadStreamRequest, ReadStreamSinceRequest, RecordedEvent,
};
use crate::{Checkpoints, Error, EventStream, SubscribeOptions, Subscription};

/// How far back [`Client::load_history`] looks: 30 days.
pub const HISTORY: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Elements of one page of a list.
pub(crate) const PAGE: i32 = 1000;

/// A client of one Foldlog server. Cheap to clone: clones share the connection, which is made by the first call and
/// again when it breaks. All calls must be made within a Tokio runtime with its time driver.
///
/// Every call has a deadline ([`ClientBuilder::deadline`]). What may pass (no connection, an overloaded or starting
/// server) is tried again, with full jitter, where that is safe: for reads, and for appends, because their events
/// always have ids. An append that has answered is as durable as `store_info().durability` says, and every later read
/// shows it. Dropping the future of a call gives the call up, and the server is told; whether a call that writes took
/// effect is then not known.
#[derive(Clone, Debug)]
pub struct Client {
    core: Arc<Core>,
}

/// What all parts of a client share.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) connection: Connection,
    pub(crate) options: Options,
    pub(crate) ids: EventIds,
}

impl Client {
    /// A client of the server at an address, such as `127.0.0.1:7070` or `http://events:7070`, both without TLS.
    /// Nothing is sent: the first call connects.
    ///
    /// # Errors
    /// [`Error::InvalidCall`] when it is no address.
    pub fn connect(address: &str) -> Result<Self, Error> {
        Self::builder(address).build()
    }

    /// A client of the server at an address, with other deadlines, retries or transport than the standard ones.
    pub fn builder(address: &str) -> ClientBuilder {
        ClientBuilder::of(address)
    }

    pub(crate) fn of(connection: Connection, options: Options) -> Self {
        Self { core: Arc::new(Core { connection, options, ids: EventIds::default() }) }
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }

    /// Appends events, all or none, in this order, to one or more partitions, if all preconditions hold, and moves
    /// checkpoints with them. Takes one [`NewEvent`](crate::v1::NewEvent), a `Vec` of them, or the whole request.
    ///
    /// Events without an id get a UUIDv7 (unless the request has a `request_id`, from which the server derives them),
    /// so that the client's own repeats, and the application's with the same ids, store them once.
    ///
    /// # Errors
    /// - [`Error::ConcurrencyConflict`] when a precondition does not hold
    /// - [`Error::CheckpointMoved`] when a checkpoint is not where it was expected
    /// - [`Error::EventIdConflict`] when an id is stored with other content
    /// - [`Error::OutcomeUnknown`] when no try brought an answer: stored whole or not at all; its request may be sent
    ///   again
    /// - [`Error::InvalidField`], [`Error::LimitExceeded`], [`Error::StorageFull`] and others, without an effect
    pub async fn append(&self, request: impl Into<AppendRequest> + Send) -> Result<AppendResponse, Error> {
        let mut request = request.into();
        if request.request_id.is_empty() {
            for event in &mut request.events {
                if event.event_id.is_empty() {
                    event.event_id = self.core.ids.next();
                }
            }
        }
        let answer = self
            .core
            .unary(Repeat::WriteWithIds, &request, async |way, request| way.event_store().append(request).await)
            .await;
        answer.map_err(|failure| failure.of_append(request))
    }

    /// A new id for an event: a UUIDv7, for applications that want to know it before the append. Ascending within
    /// this client.
    pub fn new_event_id(&self) -> String {
        self.core.ids.next()
    }

    /// One partition in sequence order: a whole one by its key, or as the request says (direction, place, limit,
    /// snapshot, filter). An unknown one is empty.
    pub fn read_stream(&self, request: impl Into<ReadStreamRequest>) -> EventStream {
        EventStream::of(self.core.clone(), request.into())
    }

    /// The recent slice of a partition: events with `timestamp >= since` (the producer's time), in sequence order.
    /// Costs what the slice costs, not the partition. See [`ReadStreamSinceRequest::new`].
    pub fn read_stream_since(&self, request: ReadStreamSinceRequest) -> EventStream {
        EventStream::of(self.core.clone(), request)
    }

    /// The events of all partitions in position order, up to the head at the first poll: those that match a filter,
    /// or as the request says (direction, place, limit, snapshot).
    pub fn read_all(&self, request: impl Into<ReadAllRequest>) -> EventStream {
        EventStream::of(self.core.clone(), request.into())
    }

    /// The last 30 days of a partition by the events' own timestamps, in sequence order, in memory.
    ///
    /// # Errors
    /// What the read fails with.
    pub async fn load_history(&self, partition_key: &str) -> Result<Vec<RecordedEvent>, Error> {
        self.load_history_of(partition_key, HISTORY).await
    }

    /// The recent events of a partition, back by this much of this machine's clock, in sequence order, in memory.
    ///
    /// # Errors
    /// [`Error::InvalidCall`] when that is before all times there are, or what the read fails with.
    pub async fn load_history_of(&self, partition_key: &str, window: Duration) -> Result<Vec<RecordedEvent>, Error> {
        let since = SystemTime::now()
            .checked_sub(window)
            .ok_or_else(|| Error::invalid_call(format!("window: {window:?} (expected: within the times there are)")))?;
        let slice = ReadStreamSinceRequest::new(partition_key, since);
        self.read_stream_since(slice).into_vec().await
    }

    /// One event by its id.
    ///
    /// # Errors
    /// [`Error::ResourceNotFound`] when there is none.
    pub async fn get_event(&self, event_id: impl Into<String> + Send) -> Result<RecordedEvent, Error> {
        let request = GetEventRequest { event_id: event_id.into(), options: None };
        let answer =
            self.core.unary(Repeat::Read, &request, async |way, request| way.event_store().get_event(request).await);
        Ok(answer.await?.event.unwrap_or_default())
    }

    /// Head and bounds of a partition; an unknown one has the last sequence 0.
    ///
    /// # Errors
    /// [`Error::Transport`] and others.
    pub async fn get_partition(&self, partition_key: impl Into<String> + Send) -> Result<Partition, Error> {
        let request = GetPartitionRequest { partition_key: partition_key.into() };
        let answer = self
            .core
            .unary(Repeat::Read, &request, async |way, request| way.event_store().get_partition(request).await);
        Ok(answer.await?.partition.unwrap_or_default())
    }

    /// The partitions whose keys have a prefix, in key order (bytewise), fetched a page at a time.
    pub fn list_partitions(&self, prefix: impl Into<String>) -> Pages<Partition> {
        let (core, prefix) = (self.core.clone(), prefix.into());
        Pages::of(move |page_token| {
            let core = core.clone();
            let request = ListPartitionsRequest { prefix: prefix.clone(), page_size: PAGE, page_token };
            async move {
                let answer = core.unary(Repeat::Read, &request, async |way, request| {
                    way.event_store().list_partitions(request).await
                });
                let page = answer.await?;
                Ok(Page { elements: page.partitions, next_token: page.next_page_token })
            }
        })
    }

    /// Identity, head, durability, limits and features of the store. The cheapest call: use it to see whether the
    /// server is there.
    ///
    /// # Errors
    /// [`Error::Transport`] and others.
    pub async fn store_info(&self) -> Result<GetStoreInfoResponse, Error> {
        let request = GetStoreInfoRequest {};
        let answer = self
            .core
            .unary(Repeat::Read, &request, async |way, request| way.event_store().get_store_info(request).await);
        answer.await
    }

    /// Named checkpoints.
    pub fn checkpoints(&self) -> Checkpoints {
        Checkpoints::of(self.core.clone())
    }

    /// Follows the log: first the past, then what comes. The first poll makes the call.
    pub fn subscribe(&self, options: impl Into<SubscribeOptions>) -> Subscription {
        Subscription::of(self.core.clone(), options.into())
    }

    /// Runs a function that reads and appends, as if nobody else wrote meanwhile (serializable for the events read
    /// through the unit; projection states read meanwhile are not covered).
    ///
    /// Optimistic: the first read fixes a snapshot, appends are held back and seen by later reads of the unit, and
    /// the commit is one append on the conditions that nothing read has changed. On a conflict the function runs
    /// again, at most [`ClientBuilder::reruns_max`] times, with full jitter, so it must have no effects beside the
    /// unit; on an unknown outcome the same request is sent again. A function that only reads commits nothing: its
    /// reads are of one snapshot already. What the function fails with ends the unit without an effect. The unit's
    /// reads may have 1000 different conditions, and its appends the limits of one append.
    ///
    /// ```no_run
    /// # async fn example(client: foldlog::Client) -> Result<(), foldlog::Error> {
    /// use foldlog::v1::NewEvent;
    ///
    /// let is_first = client
    ///     .with_transaction(async |unit| {
    ///         let is_first = unit.read_stream("answer-17").await?.is_empty();
    ///         if is_first {
    ///             unit.append(NewEvent::new("claim", "ana", "answer-17", "answer"));
    ///         }
    ///         Ok::<_, foldlog::Error>(is_first)
    ///     })
    ///     .await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// What the function fails with; [`Error::ConcurrencyConflict`] when the last rerun met a conflict too;
    /// [`Error::OutcomeUnknown`] when no try of the commit brought an answer; what else an append fails with.
    pub async fn with_transaction<T, E, F>(&self, function: F) -> Result<T, E>
    where
        F: AsyncFnMut(&mut UnitOfWork) -> Result<T, E>,
        E: From<Error>,
    {
        transaction::run(self, function).await
    }
}
