#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod buffered;
mod checkpoints;
mod client;
mod connection;
mod context;
mod error;
mod event;
mod fetch;
mod ids;
mod matching;
mod options;
mod pages;
mod payload;
mod read;
mod read_kinds;
mod retry;
mod subscription;
mod subscription_loop;
mod transaction;
mod unary;
mod unit_reads;

/// The messages and the stubs of the API, generated from `proto/foldlog/v1`. Their comments are the contract.
///
/// The stubs are enough for everything: [`event_store_client::EventStoreClient`](v1::event_store_client::EventStoreClient)
/// over any channel of [`tonic`]. What they fail with becomes an [`Error`] by `Error::from`.
#[allow(missing_docs, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
pub mod v1 {
    include!("generated/foldlog.v1.rs");
}

pub use checkpoints::Checkpoints;
pub use client::{Client, HISTORY};
pub use context::ErrorContext;
pub use error::{ConflictViolation, Error, ExpressionError, FieldViolation};
pub use options::ClientBuilder;
pub use pages::Pages;
pub use payload::PayloadError;
pub use prost_types;
pub use read::EventStream;
pub use retry::RetryPolicy;
pub use serde_json;
pub use subscription::{SubscribeOptions, Subscription, SubscriptionMessage};
pub use tonic;
pub use transaction::UnitOfWork;
