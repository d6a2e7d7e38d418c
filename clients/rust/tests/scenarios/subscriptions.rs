//! Subscriptions that collect what they are told.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use foldlog::v1::SubscribeAllRequest;
use foldlog::{Client, Error, SubscribeOptions, Subscription, SubscriptionMessage};
use serde_json::{Map, Value};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::errors;
use crate::runner::{PATIENCE, number};

#[derive(Debug, Default)]
struct Collected {
    events: Vec<String>,
    position: i64,
    signals: BTreeSet<&'static str>,
    ended: Option<Arc<Error>>,
}

pub struct Collecting {
    task: JoinHandle<()>,
    collected: watch::Receiver<Collected>,
}

impl Collecting {
    pub fn start(client: &Client, request: SubscribeAllRequest, heartbeats_missed: Option<u32>) -> Self {
        let interval = request.heartbeat_interval;
        let mut options = SubscribeOptions::from(request);
        if let Some(missed) = heartbeats_missed {
            let interval = interval.map_or(Duration::from_secs(15), |it| it.try_into().unwrap());
            options = options.heartbeats(interval, missed);
        }
        let (sender, collected) = watch::channel(Collected::default());
        let task = tokio::spawn(collect(client.subscribe(options), sender));
        Self { task, collected }
    }

    /// Waits until all of it has come.
    pub async fn wait(&mut self, what: &str, wanted: &Map<String, Value>) {
        let has_all = |it: &Collected| it.ended.is_some() || lacks(it, wanted).is_none();
        let come = timeout(PATIENCE, self.collected.wait_for(has_all)).await;
        let come = come.map(|it| it.map(|_| ()));
        let collected = self.collected.borrow();
        assert!(come.is_ok(), "{what}: {:?} after {PATIENCE:?}, with {collected:?}", lacks(&collected, wanted));
        assert!(collected.ended.is_none(), "{what}: ended with {:?}", collected.ended);
    }

    /// Waits until it has ended by itself.
    pub async fn ended(mut self, what: &str, expected: &Value) {
        let come = timeout(PATIENCE, self.collected.wait_for(|it| it.ended.is_some())).await;
        let collected = come.unwrap_or_else(|_| panic!("{what}: has not ended")).unwrap();
        errors::assert_matches(what, expected, collected.ended.as_ref().unwrap());
    }

    pub async fn close(self, what: &str) {
        self.task.abort();
        let end = self.task.await;
        assert!(end.is_err_and(|it| it.is_cancelled()), "{what}: ended before it was closed");
    }
}

async fn collect(mut subscription: Subscription, collected: watch::Sender<Collected>) {
    while let Some(message) = subscription.next().await {
        let position = subscription.position();
        collected.send_modify(|it| {
            it.position = position;
            match message {
                Ok(SubscriptionMessage::Event(event)) => it.events.push(event.event_id),
                Ok(SubscriptionMessage::CaughtUp { .. }) => drop(it.signals.insert("caught_up")),
                Ok(SubscriptionMessage::Heartbeat { .. }) => drop(it.signals.insert("heartbeat")),
                Ok(SubscriptionMessage::Disconnected { .. }) => drop(it.signals.insert("disconnected")),
                Ok(_) => {}
                Err(end) => it.ended = Some(Arc::new(end)),
            }
        });
    }
}

/// What has not come yet; too many events are a failure at once.
fn lacks(collected: &Collected, wanted: &Map<String, Value>) -> Option<String> {
    wanted.iter().find_map(|(key, value)| {
        let has = match key.as_str() {
            "await" => true,
            "events" => {
                let ids: Vec<_> = value.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
                assert!(collected.events.len() <= ids.len(), "events: {:?} (expected: {ids:?})", collected.events);
                collected.events == ids
            }
            "count" => {
                let count = usize::try_from(number(value)).unwrap();
                assert!(collected.events.len() <= count, "count: {} (expected: {count})", collected.events.len());
                collected.events.len() == count
            }
            "position" => collected.position >= number(value),
            "signals" => value.as_array().unwrap().iter().all(|it| collected.signals.contains(it.as_str().unwrap())),
            "distinct" => {
                collected.events.iter().collect::<BTreeSet<_>>().len() == usize::try_from(number(value)).unwrap()
            }
            other => panic!("await.{other} is not known"),
        };
        (!has).then(|| format!("no {key} {value}"))
    })
}
