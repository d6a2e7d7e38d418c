use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};
use tonic::{Code, Request, Response, Status};

use crate::Error;
use crate::client::Core;
use crate::connection::Way;
use crate::retry::Backoff;

/// What a call does, and so when it may be made again by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It only reads: again whenever the failure may pass.
    Read,
    /// It writes under ids that make a second time the same as the first: again whenever the failure may pass.
    WriteWithIds,
    /// It writes without such ids: again only when it is certain that it took no effect.
    WriteOnce,
}

impl Repeat {
    fn allows_after(self, failure: &Error) -> bool {
        failure.is_transient() && (self != Self::WriteOnce || failure.is_without_effect())
    }

    fn doubts(self, failure: &Error) -> bool {
        self != Self::Read && !failure.is_without_effect()
    }
}

impl Core {
    /// The answer to a call, made again where that is safe, until the deadline or the tries come to an end.
    ///
    /// A definite answer of the server ends a doubt about earlier tries: ids are looked up first, so a try that had
    /// been stored would have been answered.
    pub(crate) async fn unary<Q, A, F>(
        &self,
        repeat: Repeat,
        request: &Q,
        call: impl Fn(Way, Request<Q>) -> F,
    ) -> Result<A, Error>
    where
        Q: Clone,
        F: Future<Output = Result<Response<A>, Status>>,
    {
        let end = Instant::now() + self.options.deadline;
        let mut backoff = Backoff::new(self.options.retry);
        let mut is_in_doubt = false;
        let mut tries = 0;
        loop {
            tries += 1;
            let way = self.connection.way();
            let within = self.options.try_deadline.min(end.saturating_duration_since(Instant::now()));
            let failure = match once(within, request.clone(), |it| call(way.clone(), it)).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            self.connection.failed(&way, &failure);
            is_in_doubt |= repeat.doubts(&failure);
            let pause = backoff.after(&failure);
            let has_time = Instant::now() + pause < end;
            if !repeat.allows_after(&failure) || tries >= self.options.retry.tries_max || !has_time {
                let is_definite = failure.is_without_effect() && !failure.is_transient();
                return Err(if is_in_doubt && !is_definite { failure.in_doubt() } else { failure });
            }
            sleep(pause).await;
        }
    }
}

async fn once<Q, A, F>(within: Duration, message: Q, call: impl FnOnce(Request<Q>) -> F) -> Result<A, Error>
where
    F: Future<Output = Result<Response<A>, Status>>,
{
    let end = Instant::now() + within;
    let passed = || Error::deadline(format!("no answer within {within:?}"));
    let mut request = Request::new(message);
    request.set_timeout(within);
    match timeout_at(end, call(request)).await {
        Ok(Ok(response)) => Ok(response.into_inner()),
        Ok(Err(status)) => {
            let failure = Error::from(status);
            // The server's clock of the deadline starts later, so when its reset comes first, this one has passed.
            let is_reset = matches!(failure, Error::Transport { .. }) && failure.code() == Code::Unavailable;
            Err(if is_reset && Instant::now() >= end { passed() } else { failure })
        }
        Err(_) => Err(passed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures() -> [Error; 4] {
        let lost = Error::ended_by_server();
        let refused = Error::from(Status::unimplemented("no such method"));
        [lost, Error::deadline("late".into()), refused, Error::invalid_call("never")]
    }

    #[test]
    fn reads_and_writes_with_ids_are_repeated_whenever_a_failure_may_pass() {
        let [lost, late, refused, wrong] = failures();
        for repeat in [Repeat::Read, Repeat::WriteWithIds] {
            assert!(repeat.allows_after(&lost) && repeat.allows_after(&late));
            assert!(!repeat.allows_after(&refused) && !repeat.allows_after(&wrong));
        }
    }

    #[test]
    fn other_writes_are_not_repeated_when_they_may_have_taken_effect() {
        assert!(!failures().iter().any(|failure| Repeat::WriteOnce.allows_after(failure)));
    }

    #[test]
    fn only_writes_that_may_have_taken_effect_leave_a_doubt() {
        let [lost, late, refused, wrong] = failures();
        for repeat in [Repeat::WriteOnce, Repeat::WriteWithIds] {
            assert!(repeat.doubts(&lost) && repeat.doubts(&late));
            assert!(!repeat.doubts(&refused) && !repeat.doubts(&wrong));
        }
        assert!(!Repeat::Read.doubts(&lost));
    }
}
