//! Further connections to the host.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Response, Status, Streaming};

use crate::Answers;
use crate::pb::goplugin::ConnInfo;
use crate::pb::goplugin::grpc_broker_server::GrpcBroker;
use crate::socket::Socket;
use crate::tls::MutualTls;

const PATIENCE: Duration = Duration::from_secs(5);

/// Knows where the host listens for the plugin; this one only dials.
#[derive(Clone)]
pub struct Broker {
    announced: Arc<watch::Sender<HashMap<u32, ConnInfo>>>,
    tls: Option<MutualTls>,
}

impl Broker {
    /// With what proves who both ends are, unless they talk in plain text.
    pub fn new(tls: Option<MutualTls>) -> Self {
        Broker {
            announced: Arc::new(watch::Sender::new(HashMap::new())),
            tls,
        }
    }

    /// Connects to a service that the host has announced, or is about to.
    pub async fn dial(&self, service: u32) -> Result<Channel, Status> {
        let mut announcements = self.announced.subscribe();
        tokio::time::timeout(PATIENCE, announcements.wait_for(|known| known.contains_key(&service)))
            .await
            .map_err(|_| Status::deadline_exceeded("timeout waiting for connection info"))?
            .map_err(|_| Status::unavailable("the host is gone"))?;
        let mut found = None;
        self.announced.send_if_modified(|known| {
            found = known.remove(&service);
            found.is_some()
        });
        let info = found.ok_or_else(|| Status::unavailable("somebody else has dialled the service"))?;
        let tls = self.tls.clone();
        let connector = tower::service_fn(move |_| {
            let (info, tls) = (info.clone(), tls.clone());
            async move {
                Socket::connect(&info.network, &info.address, tls)
                    .await
                    .map(TokioIo::new)
            }
        });
        Endpoint::from_static("http://localhost")
            .connect_with_connector(connector)
            .await
            .map_err(|error| Status::unavailable(error.to_string()))
    }
}

#[tonic::async_trait]
impl GrpcBroker for Broker {
    type StartStreamStream = Answers<ConnInfo>;

    /// Lasts as long as the host sends. Nothing is sent back, because this end never listens.
    async fn start_stream(
        &self,
        request: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<Self::StartStreamStream>, Status> {
        let announced = Arc::clone(&self.announced);
        let mut infos = request.into_inner();
        let (held, nothing) = tokio::sync::mpsc::channel(1);
        tokio::spawn(async move {
            while let Ok(Some(info)) = infos.message().await {
                announced.send_modify(|known| {
                    known.insert(info.service_id, info);
                });
            }
            drop(held);
        });
        Ok(Response::new(Box::pin(tokio_stream::wrappers::ReceiverStream::new(
            nothing,
        ))))
    }
}
