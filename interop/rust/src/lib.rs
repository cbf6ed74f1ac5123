//! The plugin's end of the go-plugin protocol in Rust, with tonic.
//!
//! Plain text only, so a manifest of such a plugin says `"auto_mtls": false`.

pub mod broker;
pub mod server;
pub mod stdio;

mod controller;

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
