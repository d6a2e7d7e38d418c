use std::time::Duration;

use tonic::{Code, Status};

use crate::context::{Details, ErrorContext};
use crate::payload::PayloadError;
use crate::v1::{AppendConflict, AppendRequest, ErrorReason, ExpressionErrors};

/// A field of a request that is missing or malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldViolation {
    /// Path of the field, such as `events[0].action`; empty when it is the request itself.
    pub field: String,
    /// What is wrong with it.
    pub description: String,
    /// What is wrong with it, as a name; can be empty.
    pub reason: String,
}

/// A precondition that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConflictViolation {
    /// Index in the preconditions of the request, from 0.
    pub index: i32,
    /// The partition, for a condition on one; otherwise empty.
    pub partition_key: String,
    /// The partition's last sequence as it is, for a condition on one.
    pub actual_sequence: i64,
    /// Position of the first event that matches, for a condition that none does; otherwise 0.
    pub matching_position: i64,
}

/// A mistake in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExpressionError {
    /// Path of the field that has the expression.
    pub field: String,
    /// Line, from 1.
    pub line: i32,
    /// Column in code points, from 1.
    pub column: i32,
    /// What is wrong.
    pub message: String,
    /// The line around the column, with a caret under it.
    pub snippet: String,
}

/// The table of errors: each reason of `errors.proto` with its variant and how the facts of it are read.
macro_rules! errors {
    ($(
        $(#[$doc:meta])*
        $reason:ident {
            $( $(#[$fact_doc:meta])* $fact:ident: $type:ty = $read:expr, )*
        }
    )*) => {
        /// A call that failed: one variant for each reason of `errors.proto` with its facts, [`Error::UnknownReason`]
        /// for a reason of a newer server, [`Error::Transport`] for a failure of the way there, and two for what
        /// never left this process.
        ///
        /// What all of them have is [`Error::context`]. Newer versions can add variants and facts.
        #[derive(Debug, thiserror::Error)]
        #[non_exhaustive]
        pub enum Error {
            $(
                $(#[$doc])*
                #[error("{context}")]
                #[non_exhaustive]
                $reason {
                    $( $(#[$fact_doc])* $fact: $type, )*
                    /// What every error has.
                    context: ErrorContext,
                },
            )*
            /// The server is newer: a reason that this client does not know. [`ErrorContext::reason`] is its name.
            #[error("{context}")]
            #[non_exhaustive]
            UnknownReason {
                /// What every error has.
                context: ErrorContext,
            },
            /// A failure of the way to the server and not of Foldlog: no connection, one that broke, a deadline that
            /// passed, a silent server, an unknown method. [`Error::code`] tells which. Whether a call that writes
            /// took effect is then not known; such calls fail with [`Error::OutcomeUnknown`] instead.
            #[error("{context}")]
            #[non_exhaustive]
            Transport {
                /// What the transport said; `None` for a deadline of this client.
                source: Option<Box<Status>>,
                /// What every error has.
                context: ErrorContext,
            },
            /// A call that makes no sense, such as an option out of its range. Nothing was sent.
            #[error("{context}")]
            #[non_exhaustive]
            InvalidCall {
                /// What every error has.
                context: ErrorContext,
            },
            /// A value that is no payload, or a payload that is not the value wanted. Nothing was sent.
            #[error("{context}")]
            #[non_exhaustive]
            Payload {
                /// What is wrong.
                source: PayloadError,
                /// What every error has.
                context: ErrorContext,
            },
        }

        impl Error {
            /// What every error has: status, message, reason and metadata.
            pub fn context(&self) -> &ErrorContext {
                match self {
                    $( Self::$reason { context, .. } )|* => context,
                    Self::UnknownReason { context }
                    | Self::Transport { context, .. }
                    | Self::InvalidCall { context }
                    | Self::Payload { context, .. } => context,
                }
            }

            fn of_reason(reason: ErrorReason, details: &Details, context: ErrorContext) -> Self {
                match reason {
                    ErrorReason::Unspecified => Self::UnknownReason { context },
                    $(
                        ErrorReason::$reason => Self::$reason {
                            $( $fact: { let read: fn(&Details) -> $type = $read; read(details) }, )*
                            context,
                        },
                    )*
                }
            }
        }
    };
}

errors! {
    /// The request has a field that is missing or malformed.
    InvalidField {
        /// The violations, as many as fit into 4 KiB.
        field_violations: Vec<FieldViolation> = field_violations,
        /// All violations, also those that did not fit; 0 when the server did not say.
        violation_count: i64 = |details| details.number("violation_count"),
    }
    /// An expression does not compile.
    InvalidExpression {
        /// What the compiler says, as much as fits into 4 KiB.
        expression_errors: Vec<ExpressionError> = expression_errors,
    }
    /// An upcaster chain with a gap, a skip or a double step.
    InvalidUpcasterChain {}
    /// A size or a count is over a limit of the server; [`Client::store_info`](crate::Client::store_info) states them all.
    LimitExceeded {
        /// The name of the limit.
        limit: String = |details| details.text("limit"),
        /// What was sent.
        actual: i64 = |details| details.number("actual"),
        /// What is allowed.
        max: i64 = |details| details.number("max"),
        /// Path of the field; empty when it is not one field's limit.
        field: String = |details| details.text("field"),
    }
    /// The event version is not on the chain.
    EventVersionUnknown {}
    /// A precondition of an append did not hold, so nothing was stored: read again and decide again.
    ConcurrencyConflict {
        /// The preconditions that did not hold, in order of index, as many as fit into 4 KiB.
        violations: Vec<ConflictViolation> = conflict_violations,
        /// All of them, also those that did not fit.
        violation_count: i32 = |details| details.detail::<AppendConflict>().violation_count,
    }
    /// An event id is stored with other content, or only some events of the append are stored. Nothing was stored now.
    EventIdConflict {
        /// The id.
        event_id: String = |details| details.text("event_id"),
        /// Where the event with this id is.
        position: i64 = |details| details.number("position"),
    }
    /// The request id was used with other content or another number of events. Nothing was stored.
    RequestIdReused {
        /// Where the earlier append is; 0 when the server did not say.
        position: i64 = |details| details.number("position"),
    }
    /// A resource of that name exists with other content.
    ResourceExists {}
    /// There is no such event, checkpoint or other resource.
    ResourceNotFound {}
    /// The resource is at another revision than expected: read it again and decide again.
    RevisionConflict {}
    /// The resource is in a state that does not allow the call.
    InvalidState {}
    /// A synchronous projection failed on an event, so nothing was appended.
    SyncProjectionFailed {
        /// The projection's name.
        projection: String = |details| details.text("projection"),
        /// Index of the event in the append, from 0.
        event_index: i64 = |details| details.number("event_index"),
        /// What the projection says.
        failure: String = |details| details.text("message"),
    }
    /// The store is not the one that the position belongs to: a restored backup, or another server. Start anew, do
    /// not resume.
    StoreMismatch {}
    /// A position is past the head of the store.
    PositionAhead {
        /// Path of the field.
        field: String = |details| details.text("field"),
        /// The position asked for.
        position: i64 = |details| details.number("position"),
        /// The head of the store.
        head_position: i64 = |details| details.number("head_position"),
    }
    /// Retention removed events after the position, so that nothing can go on from there.
    RetentionGap {
        /// The oldest position there is.
        oldest_position: i64 = |details| details.number("oldest_position"),
    }
    /// A checkpoint would go back. Nothing was stored.
    CheckpointWentBack {
        /// The checkpoint's name.
        checkpoint: String = |details| details.text("checkpoint"),
        /// Where it was to go.
        position: i64 = |details| details.number("position"),
        /// Where it is.
        current_position: i64 = |details| details.number("current_position"),
    }
    /// A checkpoint is not where it was expected: another worker moved it. Nothing was stored.
    CheckpointMoved {
        /// The checkpoint's name.
        checkpoint: String = |details| details.text("checkpoint"),
        /// Where it was expected; 0: nowhere yet.
        expected_position: i64 = |details| details.number("expected_position"),
        /// Where it is; 0: nowhere yet.
        current_position: i64 = |details| details.number("current_position"),
    }
    /// An expression took too many steps, or made too large a value.
    ExpressionBudgetExceeded {}
    /// The write queue, the calls or the subscriptions of the server are at their limit; nothing took effect. The
    /// client has tried again by itself.
    Overloaded {}
    /// The disk, the database or the memory of the server is full. Nothing was stored.
    StorageFull {}
    /// The server starts or stops, or its store has failed and waits for a restart; nothing took effect. The client
    /// has tried again by itself.
    NotReady {}
    /// A stored event cannot be read.
    EventUnreadable {
        /// Its position; 0 when the server does not know it.
        position: i64 = |details| details.number("position"),
    }
    /// The caller may not do this.
    Forbidden {}
    /// The call has no credential, or a wrong one.
    Unauthenticated {}
    /// A defect of the server. Whether the call took effect is not known.
    Internal {
        /// The id under which the server's log has it; empty when the server did not say.
        request_id: String = |details| details.detail::<tonic_types::pb::RequestInfo>().request_id,
    }
    /// It is not known whether a call that writes took effect: the server said so, or no answer came. An append is
    /// stored whole or not at all, and sending the same request again stores it once; the client has done so until
    /// its deadline or its tries came to an end.
    OutcomeUnknown {
        /// The append as it was sent, its ids filled in: appending it again is safe. `None` for other calls.
        request: Option<Box<AppendRequest>> = |_| None,
    }
    /// This server lacks the feature.
    FeatureUnsupported {
        /// Its name, as in `GetStoreInfoResponse::features`.
        feature: String = |details| details.text("feature"),
    }
    /// An event's timestamp is further ahead of the server's clock than allowed. Nothing was stored.
    TimestampAhead {
        /// Path of the field.
        field: String = |details| details.text("field"),
        /// The timestamp, in ISO 8601.
        timestamp: String = |details| details.text("timestamp"),
        /// The latest that is allowed, in ISO 8601.
        max: String = |details| details.text("max"),
        /// The same as violations of fields.
        field_violations: Vec<FieldViolation> = field_violations,
    }
}

impl Error {
    /// The status of gRPC.
    pub fn code(&self) -> Code {
        self.context().code()
    }

    /// Whether the same call may succeed later without anybody's help.
    pub fn is_transient(&self) -> bool {
        match self.code() {
            Code::Unavailable | Code::DeadlineExceeded => true,
            Code::ResourceExhausted => matches!(self, Self::Overloaded { .. }),
            _ => false,
        }
    }

    /// Whether it is certain that the call did nothing. Of no interest for calls that only read.
    pub fn is_without_effect(&self) -> bool {
        match self {
            Self::Transport { context, .. } => {
                !context.was_sent()
                    || matches!(
                        context.code(),
                        Code::Unimplemented | Code::Unauthenticated | Code::PermissionDenied | Code::InvalidArgument
                    )
            }
            Self::UnknownReason { .. } | Self::Internal { .. } | Self::OutcomeUnknown { .. } => false,
            _ => true,
        }
    }

    /// How long the server asks to wait before another try; `None` when it does not ask.
    pub fn retry_delay(&self) -> Option<Duration> {
        self.context().retry_delay()
    }

    pub(crate) fn invalid_call(message: impl Into<String>) -> Self {
        Self::InvalidCall { context: ErrorContext::local(Code::InvalidArgument, message.into()) }
    }

    pub(crate) fn deadline(message: String) -> Self {
        Self::Transport { source: None, context: ErrorContext::sent(Code::DeadlineExceeded, message) }
    }

    pub(crate) fn ended_by_server() -> Self {
        Self::Transport {
            source: None,
            context: ErrorContext::sent(Code::Unavailable, "the server ended the stream".to_owned()),
        }
    }

    /// The same failure of a call that writes, when nothing tells whether it did.
    pub(crate) fn in_doubt(self) -> Self {
        match self {
            known @ Self::OutcomeUnknown { .. } => known,
            last => Self::OutcomeUnknown {
                request: None,
                context: last.context().saying("it is not known whether the call took effect"),
            },
        }
    }

    /// An unknown outcome of an append knows the request.
    pub(crate) fn of_append(self, sent: AppendRequest) -> Self {
        match self {
            Self::OutcomeUnknown { context, .. } => Self::OutcomeUnknown { request: Some(Box::new(sent)), context },
            other => other,
        }
    }
}

impl From<Status> for Error {
    /// The error that a status of the generated stubs means.
    fn from(status: Status) -> Self {
        let details = Details::of(&status);
        let context = ErrorContext::of(&status, &details);
        match details.reason() {
            None => Self::Transport { source: Some(Box::new(status)), context },
            Some(name) => match ErrorReason::from_str_name(&format!("ERROR_REASON_{name}")) {
                Some(reason) => Self::of_reason(reason, &details, context),
                None => Self::UnknownReason { context },
            },
        }
    }
}

impl From<PayloadError> for Error {
    fn from(source: PayloadError) -> Self {
        Self::Payload { context: ErrorContext::local(Code::InvalidArgument, source.to_string()), source }
    }
}

fn field_violations(details: &Details) -> Vec<FieldViolation> {
    let request = details.detail::<tonic_types::pb::BadRequest>();
    let violations = request.field_violations.into_iter();
    violations
        .map(|violation| FieldViolation {
            field: violation.field,
            description: violation.description,
            reason: violation.reason,
        })
        .collect()
}

fn conflict_violations(details: &Details) -> Vec<ConflictViolation> {
    let violations = details.detail::<AppendConflict>().violations.into_iter();
    violations
        .map(|violation| ConflictViolation {
            index: violation.index,
            partition_key: violation.partition_key,
            actual_sequence: violation.actual_sequence,
            matching_position: violation.matching_position,
        })
        .collect()
}

fn expression_errors(details: &Details) -> Vec<ExpressionError> {
    let errors = details.detail::<ExpressionErrors>().errors.into_iter();
    errors
        .map(|error| ExpressionError {
            field: error.field,
            line: error.line,
            column: error.column,
            message: error.message,
            snippet: error.snippet,
        })
        .collect()
}
