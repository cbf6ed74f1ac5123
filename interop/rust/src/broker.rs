//! Further connections to the host.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Response, Status, Streaming};

use crate::Answers;
use crate::pb::goplugin::ConnInfo;
use crate::pb::goplugin::grpc_broker_server::GrpcBroker;

const PATIENCE: Duration = Duration::from_secs(5);

/// Knows where the host listens for the plugin; this one only dials.
#[derive(Clone)]
pub struct Broker {
    announced: Arc<watch::Sender<HashMap<u32, ConnInfo>>>,
}

impl Default for Broker {
    fn default() -> Self {
        Broker {
            announced: Arc::new(watch::Sender::new(HashMap::new())),
        }
    }
}

impl Broker {
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
        let target = match info.network.as_str() {
            "unix" => format!("unix://{}", info.address),
            _ => format!("http://{}", info.address),
        };
        let endpoint = Endpoint::from_shared(target).map_err(|error| Status::internal(error.to_string()))?;
        endpoint
            .connect()
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
