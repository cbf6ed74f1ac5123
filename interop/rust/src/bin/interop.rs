//! What the interoperability plugins in Go are, in Rust.

use std::collections::HashMap;
use std::sync::Mutex;

use mortise_interop::Answers;
use mortise_interop::broker::Broker;
use mortise_interop::pb::goplugin::stdio_data::Channel;
use mortise_interop::pb::interop::adder_client::AdderClient;
use mortise_interop::pb::interop::behaviour_server::{Behaviour, BehaviourServer};
use mortise_interop::pb::interop::counter_server::{Counter, CounterServer};
use mortise_interop::pb::interop::kv_server::{Kv, KvServer};
use mortise_interop::pb::interop::numbers_server::{Numbers, NumbersServer};
use mortise_interop::pb::interop::*;
use mortise_interop::stdio::Stdio;
use tokio_stream::StreamExt;
use tonic::{Request, Response, Status, Streaming};

#[derive(Default)]
struct Texts {
    values: Mutex<HashMap<String, String>>,
}

#[tonic::async_trait]
impl Kv for Texts {
    async fn put(&self, request: Request<PutRequest>) -> Result<Response<PutResponse>, Status> {
        let PutRequest { key, value } = request.into_inner();
        self.values
            .lock()
            .expect("nobody panics with the lock")
            .insert(key, value);
        Ok(Response::new(PutResponse {}))
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<GetResponse>, Status> {
        let key = request.into_inner().key;
        let values = self.values.lock().expect("nobody panics with the lock");
        let value = values
            .get(&key)
            .ok_or_else(|| Status::not_found(format!("there is no key {key:?}")))?;
        Ok(Response::new(GetResponse { value: value.clone() }))
    }
}

struct Counts {
    broker: Broker,
    values: tokio::sync::Mutex<HashMap<String, i64>>,
}

#[tonic::async_trait]
impl Counter for Counts {
    async fn add(&self, request: Request<AddRequest>) -> Result<Response<AddResponse>, Status> {
        let AddRequest {
            key,
            delta,
            adder_service,
        } = request.into_inner();
        let mut adder = AdderClient::new(self.broker.dial(adder_service).await?);
        let mut values = self.values.lock().await;
        let before = values.get(&key).copied().unwrap_or_default();
        let value = adder.sum(SumRequest { a: before, b: delta }).await?.into_inner().sum;
        values.insert(key, value);
        Ok(Response::new(AddResponse { value }))
    }
}

struct Streams;

#[tonic::async_trait]
impl Numbers for Streams {
    type CountStream = Answers<Number>;
    type DoubleStream = Answers<Number>;

    async fn count(&self, request: Request<CountRequest>) -> Result<Response<Self::CountStream>, Status> {
        let CountRequest { from, to } = request.into_inner();
        Ok(Response::new(Box::pin(tokio_stream::iter(
            (from..=to).map(|value| Ok(Number { value })),
        ))))
    }

    async fn total(&self, request: Request<Streaming<Number>>) -> Result<Response<Number>, Status> {
        let mut numbers = request.into_inner();
        let mut value = 0;
        while let Some(number) = numbers.message().await? {
            value += number.value;
        }
        Ok(Response::new(Number { value }))
    }

    async fn double(&self, request: Request<Streaming<Number>>) -> Result<Response<Self::DoubleStream>, Status> {
        let doubled = request
            .into_inner()
            .map(|number| number.map(|Number { value }| Number { value: 2 * value }));
        Ok(Response::new(Box::pin(doubled)))
    }
}

struct Deeds {
    stdio: Stdio,
}

#[tonic::async_trait]
impl Behaviour for Deeds {
    async fn print(&self, request: Request<PrintRequest>) -> Result<Response<PrintResponse>, Status> {
        let PrintRequest { to_stderr, data } = request.into_inner();
        self.stdio
            .write(if to_stderr { Channel::Stderr } else { Channel::Stdout }, &data)
            .await?;
        Ok(Response::new(PrintResponse {}))
    }

    async fn environment(&self, _: Request<EnvironmentRequest>) -> Result<Response<EnvironmentResponse>, Status> {
        Ok(Response::new(EnvironmentResponse {
            variables: std::env::vars().collect(),
        }))
    }

    async fn panic(&self, _: Request<PanicRequest>) -> Result<Response<PanicResponse>, Status> {
        std::process::abort()
    }

    async fn hang(&self, _: Request<HangRequest>) -> Result<Response<HangResponse>, Status> {
        std::future::pending().await
    }

    async fn spawn(&self, request: Request<SpawnRequest>) -> Result<Response<SpawnResponse>, Status> {
        let child = std::process::Command::new("sleep")
            .arg(request.into_inner().seconds.to_string())
            .spawn()?;
        Ok(Response::new(SpawnResponse { pid: child.id().into() }))
    }

    async fn log(&self, request: Request<LogRequest>) -> Result<Response<LogResponse>, Status> {
        let LogRequest { level, message, fields } = request.into_inner();
        let mut line = serde_json::Map::new();
        line.insert("@level".into(), level.into());
        line.insert("@message".into(), message.into());
        line.extend(fields.into_iter().map(|(name, value)| (name, value.into())));
        eprintln!("{}", serde_json::Value::Object(line));
        Ok(Response::new(LogResponse {}))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    mortise_interop::server::serve(|routes, broker, stdio| {
        routes
            .add_service(KvServer::new(Texts::default()))
            .add_service(CounterServer::new(Counts {
                broker,
                values: Default::default(),
            }))
            .add_service(NumbersServer::new(Streams))
            .add_service(BehaviourServer::new(Deeds { stdio }));
    })
}
