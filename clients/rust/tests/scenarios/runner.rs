//! The interpreter of scenarios: `clients/scenarios/README.md` says what each step means.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::MutexGuard;
use std::time::Duration;

use foldlog::{Client, RetryPolicy};
use serde_json::{Map, Value};

use crate::calls;
use crate::errors;
use crate::proto::{from_json, mismatch};
use crate::server::{Server, top};
use crate::subscriptions::Collecting;

/// How long anything is waited for.
pub const PATIENCE: Duration = Duration::from_secs(60);

fn folder() -> PathBuf {
    top().join("clients/scenarios/behaviours")
}

/// The scenarios there are, as names of tests.
pub fn names() -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap().replace('-', "_").replace(".json", ""))
        .collect();
    names.sort();
    names
}

pub async fn run(name: &str) {
    let file = folder().join(format!("{}.json", name.replace('_', "-")));
    let scenario: Map<String, Value> = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    only(&scenario, &["title", "options", "clients", "steps"]);
    let mut runner = Runner::of(&scenario);
    for (i, step) in scenario["steps"].as_array().unwrap().iter().enumerate() {
        runner.step(&format!("step {i} {step}"), step.as_object().unwrap()).await;
    }
}

/// Fails at a key that is not known.
pub fn only(object: &Map<String, Value>, known: &[&str]) {
    for key in object.keys() {
        assert!(known.contains(&key.as_str()), "{key} is not known (expected: one of {known:?})");
    }
}

/// A number as such or, as 64 bits are written, as text.
pub fn number(value: &Value) -> i64 {
    let text = value.as_str().and_then(|text| text.parse().ok());
    text.or(value.as_i64()).unwrap_or_else(|| panic!("{value} (expected: a number)"))
}

pub struct Runner {
    pub server: MutexGuard<'static, Server>,
    options: Map<String, Value>,
    of_clients: Map<String, Value>,
    clients: HashMap<String, Client>,
    subscriptions: HashMap<String, Collecting>,
}

impl Runner {
    fn of(scenario: &Map<String, Value>) -> Self {
        let object = |key| scenario.get(key).map_or_else(Map::new, |it| it.as_object().unwrap().clone());
        Self {
            server: Server::exclusively(),
            options: object("options"),
            of_clients: object("clients"),
            clients: HashMap::new(),
            subscriptions: HashMap::new(),
        }
    }

    fn options(&self, client: &str) -> Map<String, Value> {
        let mut options = self.options.clone();
        if let Some(own) = self.of_clients.get(client) {
            options.extend(own.as_object().unwrap().clone());
        }
        only(&options, &["tries", "deadline_ms", "reruns", "heartbeats_missed"]);
        options
    }

    /// A client by name, made at its first use.
    pub fn client(&mut self, name: &str) -> Client {
        if let Some(client) = self.clients.get(name) {
            return client.clone();
        }
        let options = self.options(name);
        let retry = RetryPolicy::default().with_pauses(Duration::from_millis(10), Duration::from_millis(100));
        let mut builder = Client::builder(&self.server.address).retry(retry);
        if let Some(tries) = options.get("tries") {
            builder = builder.retry(retry.with_tries_max(number(tries).try_into().unwrap()));
        }
        if let Some(millis) = options.get("deadline_ms") {
            builder = builder.deadline(Duration::from_millis(number(millis).try_into().unwrap()));
        }
        if let Some(reruns) = options.get("reruns") {
            builder = builder.reruns_max(number(reruns).try_into().unwrap());
        }
        let client = builder.build().unwrap();
        self.clients.insert(name.to_owned(), client.clone());
        client
    }

    async fn step(&mut self, what: &str, step: &Map<String, Value>) {
        let text = |key| step.get(key).map(|it: &Value| it.as_str().unwrap().to_owned());
        let client = text("client").unwrap_or("main".to_owned());
        if let Some(cue) = text("cue") {
            only(step, &["cue", "answer"]);
            let answer = self.server.cue(&cue);
            if let Some(expected) = text("answer") {
                assert_eq!(answer, expected, "{what}");
            }
        } else if let Some(call) = text("call") {
            only(step, &["call", "client", "with", "answer", "error"]);
            self.call(what, &call, &client, step).await;
        } else if let Some(id) = text("subscribe") {
            only(step, &["subscribe", "client", "with"]);
            let missed = self.options(&client).get("heartbeats_missed").map(number);
            let missed = missed.map(|it| u32::try_from(it).unwrap());
            let collecting = Collecting::start(&self.client(&client), from_json(&step["with"]), missed);
            let before = self.subscriptions.insert(id, collecting);
            assert!(before.is_none(), "{what}: there is one already");
        } else if let Some(id) = text("await") {
            only(step, &["await", "events", "count", "position", "signals", "distinct"]);
            self.subscriptions.get_mut(&id).unwrap().wait(what, step).await;
        } else if let Some(id) = text("close") {
            only(step, &["close"]);
            self.subscriptions.remove(&id).unwrap().close(what).await;
        } else if let Some(id) = text("ended") {
            only(step, &["ended", "error"]);
            self.subscriptions.remove(&id).unwrap().ended(what, &step["error"]).await;
        } else {
            panic!("{what} is not known");
        }
    }

    async fn call(&mut self, what: &str, call: &str, client: &str, step: &Map<String, Value>) {
        let with = step.get("with").map_or_else(Map::new, |it| it.as_object().unwrap().clone());
        let client = self.client(client);
        let outcome = calls::call(self, call, client, Value::Object(with)).await;
        match (outcome, step.get("answer"), step.get("error")) {
            (Ok(answer), Some(expected), None) => {
                if let Some(why) = mismatch(expected, Some(&answer)) {
                    panic!("{what}: answer{why}");
                }
            }
            (Err(error), None, Some(expected)) => errors::assert_matches(what, expected, &error),
            (outcome, _, _) => panic!("{what}: {outcome:?}"),
        }
    }
}
