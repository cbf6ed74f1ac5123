//! How the host ends the plugin.

use tokio::sync::watch;
use tonic::{Request, Response, Status};

use crate::pb::goplugin::Empty;
use crate::pb::goplugin::grpc_controller_server::GrpcController;

pub struct Controller {
    pub over: watch::Sender<bool>,
}

#[tonic::async_trait]
impl GrpcController for Controller {
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.over.send_replace(true);
        Ok(Response::new(Empty {}))
    }
}
