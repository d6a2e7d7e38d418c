use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tonic::Code;
use tonic::transport::{Channel, Endpoint};

use crate::Error;
use crate::v1::checkpoints_client::CheckpointsClient;
use crate::v1::event_store_client::EventStoreClient;

const ANSWER_BYTES_MAX: usize = 64 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(30);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(10);
/// What a stream that nobody reads may hold back here. Many of them fit into the connection's window, so that they
/// do not stop the others.
const STREAM_WINDOW_BYTES: u32 = 512 << 10;
const CONNECTION_WINDOW_BYTES: u32 = 256 << 20;

/// The way to the server: a channel, which connects again by itself when its connection breaks, and is replaced when
/// its connection went silent: on the old one nobody may be left. The first use makes it, and must be within a Tokio
/// runtime.
#[derive(Debug)]
pub(crate) struct Connection {
    endpoint: Endpoint,
    current: Mutex<Current>,
}

#[derive(Debug, Default)]
struct Current {
    generation: u64,
    channel: Option<Channel>,
}

/// A channel, and which one of the connection's it is.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    generation: u64,
    channel: Channel,
}

impl Connection {
    pub(crate) fn to(endpoint: Endpoint) -> Self {
        Self { endpoint, current: Mutex::default() }
    }

    pub(crate) fn way(&self) -> Way {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let channel = current.channel.get_or_insert_with(|| self.endpoint.connect_lazy()).clone();
        Way { generation: current.generation, channel }
    }

    /// After a failure on this way: the next call takes another when nothing came on this one.
    pub(crate) fn failed(&self, way: &Way, failure: &Error) {
        if failure.code() == Code::DeadlineExceeded {
            let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
            if current.generation == way.generation {
                current.generation += 1;
                current.channel = None;
            }
        }
    }
}

impl Way {
    pub(crate) fn event_store(self) -> EventStoreClient<Channel> {
        EventStoreClient::new(self.channel).max_decoding_message_size(ANSWER_BYTES_MAX)
    }

    pub(crate) fn checkpoints(self) -> CheckpointsClient<Channel> {
        CheckpointsClient::new(self.channel).max_decoding_message_size(ANSWER_BYTES_MAX)
    }
}

/// How to reach an address: `http://host:port`, `https://host:port`, or `host:port`, which is without TLS.
pub(crate) fn endpoint(address: &str) -> Result<Endpoint, Error> {
    let wrong = || {
        Error::invalid_call(format!(
            "address: '{address}' (expected: host:port, http://host:port or https://host:port)"
        ))
    };
    let uri = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let endpoint = Endpoint::from_shared(uri).map_err(|_| wrong())?;
    if endpoint.uri().port().is_none() && endpoint.uri().scheme_str() != Some("https") {
        return Err(wrong());
    }
    let described = endpoint.user_agent(concat!("foldlog-rust/", env!("CARGO_PKG_VERSION"))).map_err(|_| wrong())?;
    Ok(described
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_keep_alive_interval(KEEPALIVE_INTERVAL)
        .keep_alive_timeout(KEEPALIVE_TIMEOUT)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_host_and_a_port() {
        let uri = |address| endpoint(address).map(|it| it.uri().to_string());
        assert_eq!(uri("127.0.0.1:7070").unwrap(), "http://127.0.0.1:7070/");
        assert_eq!(uri("http://[::1]:7070").unwrap(), "http://[::1]:7070/");
        assert_eq!(uri("https://events.example").unwrap(), "https://events.example/");
        for wrong in ["", "http://", "host", "a b:1", "host:port"] {
            let error = uri(wrong).unwrap_err();
            assert!(matches!(error, Error::InvalidCall { .. }), "{wrong}: {error}");
        }
    }

    #[tokio::test]
    async fn only_a_silent_way_is_replaced_and_only_once() {
        let connection = Connection::to(endpoint("127.0.0.1:1").unwrap());
        let (way, same) = (connection.way(), connection.way());
        let generation = || connection.way().generation;
        connection.failed(&way, &Error::ended_by_server());
        assert_eq!(generation(), way.generation);
        let silence = Error::deadline("silence".into());
        connection.failed(&way, &silence);
        connection.failed(&same, &silence);
        assert_eq!(generation(), way.generation + 1);
    }
}
