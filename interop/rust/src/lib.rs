//! The plugin's end of the go-plugin protocol in Rust, with tonic.
//!
//! With AutoMTLS for hosts whose certificate is on P-256 or P-384, as Mortise's is. Those in Go make theirs on P-521,
//! which the cryptography behind this TLS does not know.

pub mod broker;
pub mod server;
pub mod stdio;
pub mod tls;

mod controller;
mod socket;

/// The messages and services, as `interop/generate` writes them.
pub mod pb {
    #[rustfmt::skip]
    #[allow(clippy::all)]
    #[path = "plugin.rs"]
    pub mod goplugin;

    #[rustfmt::skip]
    #[allow(clippy::all)]
    #[path = "mortise.interop.v1.rs"]
    pub mod interop;

    #[rustfmt::skip]
    #[allow(clippy::all)]
    #[path = "mortise.plugin.v1.rs"]
    pub mod plugin;
}

use std::pin::Pin;

use tokio_stream::Stream;
use tonic::Status;

/// What a streaming method answers with.
pub type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;
