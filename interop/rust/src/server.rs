//! From the handshake to the end.

use std::io::Write;
use std::os::unix::process::parent_id;
use std::path::PathBuf;
use std::time::Duration;

use tokio::net::UnixListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tonic::service::RoutesBuilder;
use tonic::transport::Server;

use crate::broker::Broker;
use crate::controller::Controller;
use crate::pb::goplugin::grpc_broker_server::GrpcBrokerServer;
use crate::pb::goplugin::grpc_controller_server::GrpcControllerServer;
use crate::pb::goplugin::grpc_stdio_server::GrpcStdioServer;
use crate::socket::Socket;
use crate::stdio::Stdio;
use crate::tls::MutualTls;

const COOKIE: (&str, &str) = ("MORTISE_PLUGIN", "mortise-plugin-v1");
/// Lowest first.
const VERSIONS: [u32; 1] = [1];
/// A host waits for two seconds before it becomes rude.
const LAST_ANSWERS: Duration = Duration::from_millis(500);
const PARENT_CHECK: Duration = Duration::from_millis(500);

/// Serves what `register` adds, until the host shuts the plugin down or has died. Returns the exit status.
pub fn serve(register: impl FnOnce(&mut RoutesBuilder, Broker, Stdio)) -> Result<(), Box<dyn std::error::Error>> {
    if std::env::var(COOKIE.0).as_deref() != Ok(COOKIE.1) {
        eprintln!("This program is a plugin. It is not meant to be run directly.");
        std::process::exit(1);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(run(register));
    runtime.shutdown_background();
    served
}

async fn run(register: impl FnOnce(&mut RoutesBuilder, Broker, Stdio)) -> Result<(), Box<dyn std::error::Error>> {
    let tls = match std::env::var("PLUGIN_CLIENT_CERT") {
        Ok(host) if !host.is_empty() => Some(MutualTls::with(&host)?),
        _ => None,
    };
    let (broker, stdio) = (Broker::new(tls.clone()), Stdio::default());
    let over = watch::Sender::new(false);
    let (reporter, health) = tonic_health::server::health_reporter();
    reporter
        .set_service_status("plugin", tonic_health::ServingStatus::Serving)
        .await;
    let mut routes = RoutesBuilder::default();
    routes
        .add_service(health)
        .add_service(GrpcBrokerServer::new(broker.clone()))
        .add_service(GrpcStdioServer::new(stdio.clone()))
        .add_service(GrpcControllerServer::new(Controller { over: over.clone() }));
    register(&mut routes, broker, stdio);

    let folder = std::env::var_os("PLUGIN_UNIX_SOCKET_DIR")
        .filter(|folder| !folder.is_empty())
        .map_or_else(std::env::temp_dir, PathBuf::from);
    let path = folder.join(format!("plugin{}", std::process::id()));
    let listener = UnixListener::bind(&path)?;
    tokio::spawn(ignore_interrupts());
    tokio::spawn(watch_parent(over.clone()));
    let certificate = tls.as_ref().map(MutualTls::handshake_text).unwrap_or_default();
    writeln!(
        std::io::stdout(),
        "1|{}|unix|{}|grpc|{certificate}",
        version(),
        path.display()
    )?;

    let mut asked = over.subscribe();
    let mut late = over.subscribe();
    let server = Server::builder()
        .add_routes(routes.routes())
        .serve_with_incoming_shutdown(Socket::accepted(listener, tls), async move {
            let _ = asked.wait_for(|over| *over).await;
        });
    let served = tokio::select! {
        served = server => served,
        // Streams that the host leaves open do not keep the plugin.
        () = async {
            let _ = late.wait_for(|over| *over).await;
            tokio::time::sleep(LAST_ANSWERS).await;
        } => Ok(()),
    };
    let _ = std::fs::remove_file(&path);
    Ok(served?)
}

/// The highest that the host knows, or the lowest if it knows none.
fn version() -> u32 {
    let wanted = std::env::var("PLUGIN_PROTOCOL_VERSIONS").unwrap_or_default();
    let wanted: Vec<u32> = wanted.split(',').filter_map(|item| item.trim().parse().ok()).collect();
    VERSIONS
        .into_iter()
        .rev()
        .find(|known| wanted.contains(known))
        .unwrap_or(VERSIONS[0])
}

/// The host and its plugins get the terminal's interrupts alike; it is the host that ends its plugins.
async fn ignore_interrupts() {
    if let Ok(mut interrupts) = signal(SignalKind::interrupt()) {
        while interrupts.recv().await.is_some() {}
    }
}

/// A plugin whose host has died would live for ever.
async fn watch_parent(over: watch::Sender<bool>) {
    let parent = parent_id();
    while parent_id() == parent {
        tokio::time::sleep(PARENT_CHECK).await;
    }
    over.send_replace(true);
}
