use std::time::Duration;

use tonic::transport::Endpoint;

use crate::connection::{Connection, endpoint};
use crate::{Client, Error, RetryPolicy};

/// How a client behaves.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) deadline: Duration,
    pub(crate) try_deadline: Duration,
    pub(crate) silence_max: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) reruns_max: u32,
}

/// Makes a [`Client`] that behaves otherwise than the standard one. From [`Client::builder`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    endpoint: Result<Endpoint, Error>,
    options: Options,
}

impl ClientBuilder {
    pub(crate) fn of(address: &str) -> Self {
        Self {
            endpoint: endpoint(address),
            options: Options {
                deadline: Duration::from_secs(30),
                try_deadline: Duration::from_secs(10),
                silence_max: Duration::from_secs(30),
                retry: RetryPolicy::default(),
                reruns_max: 5,
            },
        }
    }

    /// How long a call may take with all its tries; 30 s. Reads and subscriptions have no deadline as a whole.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = deadline;
        self
    }

    /// How long one try may take, after which its outcome counts as unknown; 10 s.
    pub fn try_deadline(mut self, deadline: Duration) -> Self {
        self.options.try_deadline = deadline;
        self
    }

    /// How long a read waits for its next batch before the connection counts as broken; 30 s.
    pub fn silence_max(mut self, silence: Duration) -> Self {
        self.options.silence_max = silence;
        self
    }

    /// Tries and pauses of calls and reads; subscriptions use the pauses and never give up.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = policy;
        self
    }

    /// How often the function of [`Client::with_transaction`] runs again after a conflict; 5.
    pub fn reruns_max(mut self, reruns: u32) -> Self {
        self.options.reruns_max = reruns;
        self
    }

    /// Changes how the server is reached, by tonic's own means: TLS (with a TLS feature of tonic), a proxy, windows.
    ///
    /// ```
    /// # use std::time::Duration;
    /// let client = foldlog::Client::builder("127.0.0.1:7070")
    ///     .configure(|endpoint| Ok(endpoint.tcp_keepalive(Some(Duration::from_secs(60)))))
    ///     .build()?;
    /// # Ok::<_, foldlog::Error>(())
    /// ```
    pub fn configure(mut self, change: impl FnOnce(Endpoint) -> Result<Endpoint, tonic::transport::Error>) -> Self {
        self.endpoint = self.endpoint.and_then(|endpoint| {
            change(endpoint).map_err(|failure| Error::invalid_call(format!("endpoint: {failure}")))
        });
        self
    }

    /// The client. Nothing is sent: the first call connects.
    ///
    /// # Errors
    /// [`Error::InvalidCall`] when the address or an option is out of its range.
    pub fn build(self) -> Result<Client, Error> {
        let options = self.options;
        let durations = [
            ("deadline", options.deadline),
            ("try_deadline", options.try_deadline),
            ("silence_max", options.silence_max),
        ];
        if let Some((name, _)) = durations.iter().find(|(_, value)| value.is_zero()) {
            return Err(Error::invalid_call(format!("{name}: 0 (expected: > 0)")));
        }
        options.retry.checked()?;
        Ok(Client::of(Connection::to(self.endpoint?), options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_out_of_their_range_are_refused_by_name() {
        let builder = || Client::builder("127.0.0.1:1");
        let refused = |builder: ClientBuilder| builder.build().unwrap_err().to_string();
        assert!(builder().build().is_ok());
        assert_eq!(refused(builder().deadline(Duration::ZERO)), "deadline: 0 (expected: > 0)");
        assert_eq!(refused(builder().try_deadline(Duration::ZERO)), "try_deadline: 0 (expected: > 0)");
        assert_eq!(refused(builder().silence_max(Duration::ZERO)), "silence_max: 0 (expected: > 0)");
        let never = RetryPolicy::default().with_tries_max(0);
        assert_eq!(refused(builder().retry(never)), "tries_max: 0 (expected: >= 1)");
    }
}
