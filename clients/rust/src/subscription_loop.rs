use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tonic::Streaming;

use crate::client::Core;
use crate::connection::Way;
use crate::fetch::{Fetching, Source};
use crate::read::within;
use crate::retry::Backoff;
use crate::v1::subscribe_all_request::Start;
use crate::v1::subscribe_all_response::Kind;
use crate::v1::{Confirmed, SubscribeAllRequest, SubscribeAllResponse};
use crate::{Error, SubscribeOptions, SubscriptionMessage};

/// The messages of a subscription, over all its connections.
///
/// ```text
///   connecting -> delivering -> (broken, silent, ended) -> pausing -> connecting …
///   each of them -> ended by an error that no repeat can mend
/// ```
pub(crate) struct SubscriptionLoop {
    core: Arc<Core>,
    options: SubscribeOptions,
    backoff: Backoff,
    store_id: String,
    position: i64,
    /// Whether a server has confirmed: from then on it goes on at its position.
    has_started: bool,
    silence_max: Duration,
    pause_end: Option<Instant>,
    running: Option<Running>,
}

struct Running {
    way: Way,
    answers: Streaming<SubscribeAllResponse>,
}

impl Source<Result<Option<Vec<SubscriptionMessage>>, Error>> for SubscriptionLoop {
    fn next(mut self: Box<Self>) -> Fetching<Result<Option<Vec<SubscriptionMessage>>, Error>> {
        Box::pin(async move {
            let messages = self.messages().await;
            (self as Box<dyn Source<_>>, messages.map(Some))
        })
    }
}

impl SubscriptionLoop {
    pub(crate) fn of(core: Arc<Core>, options: SubscribeOptions, position: i64) -> Self {
        Self {
            backoff: Backoff::new(core.options.retry),
            store_id: options.request.store_id.clone(),
            silence_max: core.options.silence_max,
            core,
            options,
            position,
            has_started: false,
            pause_end: None,
            running: None,
        }
    }

    async fn messages(&mut self) -> Result<Vec<SubscriptionMessage>, Error> {
        if let Some(end) = self.pause_end {
            sleep_until(end).await;
            self.pause_end = None;
        }
        match self.answer().await {
            Ok(answer) => Ok(self.received(answer)),
            Err(cause) if cause.is_transient() => {
                let pause = self.backoff.after(&cause);
                self.pause_end = Some(Instant::now() + pause);
                Ok(vec![SubscriptionMessage::Disconnected { cause, pause }])
            }
            Err(end) => Err(end),
        }
    }

    async fn answer(&mut self) -> Result<SubscribeAllResponse, Error> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => self.connected().await?,
        };
        let answer = match within(self.silence_max, running.answers.message()).await {
            Ok(answer) => answer.ok_or_else(Error::ended_by_server),
            Err(failure) => Err(failure),
        };
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

    async fn connected(&mut self) -> Result<Running, Error> {
        // A server confirms at once; whoever is content with shorter silences later need not wait longer for that.
        let patience = self.patience(self.options.heartbeat_interval());
        self.silence_max = self.core.options.silence_max.min(patience);
        let way = self.core.connection.way();
        let mut client = way.clone().event_store();
        match within(self.silence_max, client.subscribe_all(self.request())).await {
            Ok(response) => Ok(Running { way, answers: response.into_inner() }),
            Err(failure) => {
                self.core.connection.failed(&way, &failure);
                Err(failure)
            }
        }
    }

    fn patience(&self, interval: Duration) -> Duration {
        interval.saturating_mul(self.options.heartbeats_missed)
    }

    fn request(&self) -> SubscribeAllRequest {
        let mut request = self.options.request.clone();
        request.store_id = self.store_id.clone();
        if self.has_started {
            request.start = Some(Start::AfterPosition(self.position));
        }
        request
    }

    fn received(&mut self, answer: SubscribeAllResponse) -> Vec<SubscriptionMessage> {
        if !matches!(answer.kind, Some(Kind::Confirmed(_))) {
            self.backoff.reset();
            self.position = self.position.max(answer.position);
        }
        let position = self.position;
        match answer.kind {
            Some(Kind::Confirmed(confirmed)) => vec![self.confirmed(confirmed)],
            Some(Kind::Batch(batch)) => {
                let events = batch.events.into_iter().map(Box::new);
                let mut messages: Vec<_> = events.map(SubscriptionMessage::Event).collect();
                messages.push(SubscriptionMessage::Passed { position });
                messages
            }
            Some(Kind::CaughtUp(_)) => vec![SubscriptionMessage::CaughtUp { position }],
            Some(Kind::FellBehind(fell_behind)) => {
                vec![SubscriptionMessage::FellBehind { position, head_position: fell_behind.head_position }]
            }
            Some(Kind::Heartbeat(heartbeat)) => {
                vec![SubscriptionMessage::Heartbeat { position, head_position: heartbeat.head_position }]
            }
            // A kind of a newer server: only its position counts.
            None => vec![SubscriptionMessage::Passed { position }],
        }
    }

    fn confirmed(&mut self, confirmed: Confirmed) -> SubscriptionMessage {
        let in_force = confirmed.heartbeat_interval;
        let interval = in_force.and_then(|interval| interval.try_into().ok());
        self.silence_max = self.patience(interval.unwrap_or_else(|| self.options.heartbeat_interval()));
        self.has_started = true;
        self.store_id.clone_from(&confirmed.store_id);
        self.position = self.position.max(confirmed.start_position);
        SubscriptionMessage::Connected {
            store_id: confirmed.store_id,
            start_position: self.position,
            head_position: confirmed.head_position,
        }
    }
}
