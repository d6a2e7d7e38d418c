use std::collections::HashMap;
use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use prost::Message;
use prost_types::Any;
use tonic::{Code, ConnectError, Status, TimeoutExpired};
use tonic_types::pb;

use crate::v1;

const DOMAIN: &str = "foldlog.dev";

/// What every [`Error`](crate::Error) has. Its text is the message.
#[derive(Clone, Debug)]
pub struct ErrorContext(Box<Facts>);

#[derive(Clone, Debug)]
struct Facts {
    code: Code,
    message: String,
    reason: String,
    metadata: HashMap<String, String>,
    retry_delay: Option<Duration>,
    was_sent: bool,
}

impl ErrorContext {
    pub(crate) fn of(status: &Status, details: &Details) -> Self {
        let (code, was_sent) = seen(status);
        let text = status.message();
        let delay = details.detail::<pb::RetryInfo>().retry_delay;
        Self(Box::new(Facts {
            code,
            message: if text.is_empty() { code.description().to_owned() } else { text.to_owned() },
            reason: details.reason().unwrap_or_default().to_owned(),
            metadata: details.info.metadata.clone(),
            retry_delay: delay.and_then(|delay| delay.try_into().ok()),
            was_sent,
        }))
    }

    pub(crate) fn sent(code: Code, message: String) -> Self {
        Self(Box::new(Facts {
            code,
            message,
            reason: String::new(),
            metadata: HashMap::new(),
            retry_delay: None,
            was_sent: true,
        }))
    }

    pub(crate) fn local(code: Code, message: String) -> Self {
        let mut context = Self::sent(code, message);
        context.0.was_sent = false;
        context
    }

    pub(crate) fn saying(&self, what: &str) -> Self {
        let mut context = self.clone();
        context.0.message = format!("{what}: {}", self.0.message);
        context
    }

    /// The status of gRPC.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What happened, for people.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The reason's name as the server sent it, such as `CONCURRENCY_CONFLICT`; empty when the error is not the
    /// server's own.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Facts beside the message, as `errors.proto` lists them for the reason.
    pub fn metadata(&self) -> &HashMap<String, String> {
        &self.0.metadata
    }

    /// How long the server asks to wait before another try; `None` when it does not ask.
    pub fn retry_delay(&self) -> Option<Duration> {
        self.0.retry_delay
    }

    /// `false` when it is certain that the call never left this machine.
    pub(crate) fn was_sent(&self) -> bool {
        self.0.was_sent
    }
}

impl fmt::Display for ErrorContext {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.message)
    }
}

/// A message that travels among the details of a status.
pub(crate) trait Detail: Message + Default {
    /// Its name in protobuf.
    const NAME: &'static str;
}

macro_rules! details {
    ($($message:ty = $name:literal),* $(,)?) => {
        $(impl Detail for $message {
            const NAME: &'static str = $name;
        })*
    };
}

details! {
    pb::ErrorInfo = "google.rpc.ErrorInfo",
    pb::BadRequest = "google.rpc.BadRequest",
    pb::RetryInfo = "google.rpc.RetryInfo",
    pb::RequestInfo = "google.rpc.RequestInfo",
    v1::AppendConflict = "foldlog.v1.AppendConflict",
    v1::ExpressionErrors = "foldlog.v1.ExpressionErrors",
}

/// The details of a status, as the server packed them.
pub(crate) struct Details {
    info: pb::ErrorInfo,
    packed: Vec<Any>,
}

impl Details {
    pub(crate) fn of(status: &Status) -> Self {
        let packed = pb::Status::decode(status.details()).unwrap_or_default();
        let mut details = Self { info: pb::ErrorInfo::default(), packed: packed.details };
        details.info = details.detail();
        details
    }

    /// The reason's name; `None` when the error is not Foldlog's.
    pub(crate) fn reason(&self) -> Option<&str> {
        (self.info.domain == DOMAIN).then_some(self.info.reason.as_str())
    }

    /// The detail of this type; the default when there is none, or none that can be read.
    pub(crate) fn detail<M: Detail>(&self) -> M {
        let mut packed = self.packed.iter();
        packed
            .find(|any| any.type_url.rsplit('/').next() == Some(M::NAME))
            .and_then(|any| M::decode(any.value.as_slice()).ok())
            .unwrap_or_default()
    }

    /// A fact beside the message, or an empty text.
    pub(crate) fn text(&self, key: &str) -> String {
        self.info.metadata.get(key).cloned().unwrap_or_default()
    }

    /// A number beside the message, or 0.
    pub(crate) fn number(&self, key: &str) -> i64 {
        self.text(key).parse().unwrap_or_default()
    }
}

/// The code that a status means here, and whether the call can have left this machine.
///
/// tonic gives many codes to a connection that breaks; such statuses have a source, those of a server have none. A
/// CANCELLED can only be the server's: it resets a stream whose reader was too slow when others need the room, and
/// who gives up a call here is not there to see how it ends. Both can be asked for again.
fn seen(status: &Status) -> (Code, bool) {
    let mut cause = status.source();
    let is_of_transport = cause.is_some();
    while let Some(error) = cause {
        if error.is::<ConnectError>() {
            return (Code::Unavailable, false);
        }
        if error.is::<TimeoutExpired>() {
            return (Code::DeadlineExceeded, true);
        }
        cause = error.source();
    }
    match status.code() {
        Code::Cancelled => (Code::Unavailable, true),
        _ if is_of_transport => (Code::Unavailable, true),
        code => (code, true),
    }
}
