//! What the plugin prints, on its way to the host.

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use crate::Answers;
use crate::pb::goplugin::StdioData;
use crate::pb::goplugin::grpc_stdio_server::GrpcStdio;

const CHUNK: usize = 1024;
const WAITING_CHUNKS: usize = 1000;

/// Takes output in any number of threads; whoever prints more than the host reads has to wait.
#[derive(Clone)]
pub struct Stdio {
    chunks: mpsc::Sender<Result<StdioData, Status>>,
    waiting: Arc<Mutex<Option<mpsc::Receiver<Result<StdioData, Status>>>>>,
}

impl Default for Stdio {
    fn default() -> Self {
        let (chunks, waiting) = mpsc::channel(WAITING_CHUNKS);
        Stdio {
            chunks,
            waiting: Arc::new(Mutex::new(Some(waiting))),
        }
    }
}

impl Stdio {
    pub async fn write(&self, channel: crate::pb::goplugin::stdio_data::Channel, data: &[u8]) -> Result<(), Status> {
        for chunk in data.chunks(CHUNK) {
            let data = StdioData {
                channel: channel.into(),
                data: chunk.to_vec(),
            };
            self.chunks
                .send(Ok(data))
                .await
                .map_err(|_| Status::unavailable("nobody reads the output any more"))?;
        }
        Ok(())
    }
}

#[tonic::async_trait]
impl GrpcStdio for Stdio {
    type StreamStdioStream = Answers<StdioData>;

    async fn stream_stdio(&self, _: Request<()>) -> Result<Response<Self::StreamStdioStream>, Status> {
        let waiting = self.waiting.lock().expect("nobody panics with the lock").take();
        let chunks = waiting.ok_or_else(|| Status::already_exists("the output is read already"))?;
        Ok(Response::new(Box::pin(ReceiverStream::new(chunks))))
    }
}
