//! The worker of the README, killed again and again.

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::Duration;

use foldlog::v1::{EventFilter, ReadAllRequest};
use foldlog::{Client, Error, SubscribeOptions};
use serde_json::{Value, json};
use tokio::time::{interval, timeout};

use crate::runner::PATIENCE;

/// Scores that must have come between two kills.
const SCORES_BETWEEN_KILLS: i64 = 10;

/// An example of this package, which `cargo test` has built beside this test.
pub fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let example = test.parent().unwrap().parent().unwrap().join("examples").join(name);
    assert!(example.exists(), "{example:?} is not there (expected: built by `cargo test` without `--test`)");
    example
}

/// A worker as a process of its own, which is killed with this value.
struct Worker {
    command: Command,
    process: Child,
}

impl Worker {
    fn start(address: &str, checkpoint: &str) -> Self {
        let mut command = Command::new(example("worker"));
        command.args([address, checkpoint]);
        let process = command.spawn().unwrap();
        Self { command, process }
    }

    /// A worker that met the last append of the one before it gives up, and is started again as a service would be.
    fn restart_if_ended(&mut self) {
        if self.process.try_wait().unwrap().is_some() {
            self.process = self.command.spawn().unwrap();
        }
    }

    fn is_killed_while_running(&mut self) -> bool {
        let is_running = self.process.try_wait().unwrap().is_none();
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        is_running
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn scores() -> EventFilter {
    EventFilter { actions: vec!["score".into()], ..EventFilter::default() }
}

pub async fn kill(address: &str, client: &Client, checkpoint: &str, events: i64, kills: i64) -> Result<Value, Error> {
    let mut stored = client.subscribe(SubscribeOptions::after(0).matching(scores()));
    let mut looks = interval(Duration::from_millis(20));
    let mut killed = 0;
    while killed < kills {
        let mut worker = Worker::start(address, checkpoint);
        let mut more = 0;
        let some_more = timeout(PATIENCE, async {
            while more < SCORES_BETWEEN_KILLS {
                tokio::select! {
                    score = stored.next_event() => {
                        score.expect("a subscription goes on")?;
                        more += 1;
                    }
                    _ = looks.tick() => worker.restart_if_ended(),
                }
            }
            Ok::<_, Error>(())
        });
        some_more.await.expect("the worker goes on")?;
        killed += i64::from(worker.is_killed_while_running());
    }
    let mut worker = Worker::start(address, checkpoint);
    let done = timeout(PATIENCE, async {
        while client.checkpoints().get(checkpoint).await?.is_none_or(|it| it.position < events) {
            looks.tick().await;
            worker.restart_if_ended();
        }
        Ok::<_, Error>(())
    });
    done.await.expect("the last worker comes to the end")?;
    let derived = client.read_all(ReadAllRequest::from(scores())).into_vec().await?;
    let distinct: HashSet<_> = derived.iter().map(|score| &score.artifact_id).collect();
    Ok(json!({"kills": killed, "derived": derived.len(), "distinct": distinct.len()}))
}
