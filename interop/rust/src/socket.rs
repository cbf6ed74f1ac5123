//! Connections to and from the host, in plain text or not.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::server::Connected;

use crate::tls::MutualTls;

const WAITING_CONNECTIONS: usize = 8;
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// One connection, of whatever kind.
pub struct Socket(Box<dyn Duplex>);

impl Socket {
    /// Connects to where the host listens, which is in this machine.
    pub async fn connect(network: &str, address: &str, tls: Option<MutualTls>) -> io::Result<Self> {
        match network {
            "unix" => Self::secured(UnixStream::connect(address).await?, tls).await,
            _ => Self::secured(TcpStream::connect(address).await?, tls).await,
        }
    }

    async fn secured(stream: impl Duplex + 'static, tls: Option<MutualTls>) -> io::Result<Self> {
        Ok(match tls {
            None => Socket(Box::new(stream)),
            Some(tls) => {
                let name = ServerName::try_from("localhost").map_err(io::Error::other)?;
                Socket(Box::new(tls.connector.connect(name, stream).await?))
            }
        })
    }

    /// Those that come in. One that is slow to prove who it is keeps no other waiting.
    pub fn accepted(listener: UnixListener, tls: Option<MutualTls>) -> ReceiverStream<io::Result<Self>> {
        let (sender, accepted) = mpsc::channel(WAITING_CONNECTIONS);
        tokio::spawn(async move {
            loop {
                let stream = match listener.accept().await {
                    Ok((stream, _)) => stream,
                    Err(error) => {
                        // Such as too many open files, which passes.
                        eprintln!("[WARN] a connection could not be accepted: {error}");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                        continue;
                    }
                };
                let (sender, tls) = (sender.clone(), tls.clone());
                tokio::spawn(async move {
                    let socket = match tls {
                        None => Ok(Socket(Box::new(stream))),
                        Some(tls) => tls.acceptor.accept(stream).await.map(|secure| Socket(Box::new(secure))),
                    };
                    match socket {
                        Ok(socket) => drop(sender.send(Ok(socket)).await),
                        Err(error) => eprintln!("[WARN] somebody could not prove who it is: {error}"),
                    }
                });
            }
        });
        ReceiverStream::new(accepted)
    }
}

impl Connected for Socket {
    type ConnectInfo = ();

    fn connect_info(&self) -> Self::ConnectInfo {}
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
