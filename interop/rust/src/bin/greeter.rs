//! A plugin for Mortise written in Rust: functions, a hook, an event and a listener.

use std::sync::Mutex;

use mortise_interop::Answers;
use mortise_interop::broker::Broker;
use mortise_interop::pb::plugin::host_client::HostClient;
use mortise_interop::pb::plugin::plugin_server::{Plugin, PluginServer};
use mortise_interop::pb::plugin::run_hook_response::Decision;
use mortise_interop::pb::plugin::*;
use serde_json::{Value, json};
use tokio::sync::{OnceCell, mpsc};
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;
use tonic::{Request, Response, Status};

const WAITING_EVENTS: usize = 1000;

type EventReceiver = mpsc::Receiver<Result<Event, Status>>;

struct Greeter {
    broker: Broker,
    host: OnceCell<HostClient<Channel>>,
    greeting: Mutex<String>,
    events: mpsc::Sender<Result<Event, Status>>,
    waiting_events: Mutex<Option<EventReceiver>>,
}

impl Greeter {
    fn new(broker: Broker) -> Self {
        let (events, waiting) = mpsc::channel(WAITING_EVENTS);
        Greeter {
            broker,
            host: OnceCell::new(),
            greeting: Mutex::new("Hello".into()),
            events,
            waiting_events: Mutex::new(Some(waiting)),
        }
    }

    fn host(&self) -> Result<HostClient<Channel>, Status> {
        self.host
            .get()
            .cloned()
            .ok_or_else(|| Status::failed_precondition("the plugin is not configured yet"))
    }

    async fn greet(&self, params: &Value, caller: &str) -> Result<CallResponse, Status> {
        let name = params["name"].as_str().unwrap_or_default();
        if name.is_empty() {
            return Ok(failure("no_name", "a name is needed"));
        }
        let increment = IncrementStateRequest {
            key: "greeted".into(),
            delta: 1,
            ..Default::default()
        };
        let count = self.host()?.increment_state(increment).await?.into_inner().value;
        let event = Event {
            name: "greeted".into(),
            payload: json!({ "name": name }).to_string(),
        };
        self.events
            .send(Ok(event))
            .await
            .map_err(|_| Status::unavailable("nobody hears events any more"))?;
        let greeting = self.greeting.lock().expect("nobody panics with the lock").clone();
        Ok(result(
            &json!({ "message": format!("{greeting}, {name}!"), "count": count, "caller": caller }),
        ))
    }

    async fn relay(&self, params: &Value, call_id: u64) -> Result<CallResponse, Status> {
        let function = params["function"].as_str().unwrap_or_default().into();
        let call = HostCallRequest {
            function,
            params: r#"{"a":1}"#.into(),
            call_id,
        };
        Ok(self.host()?.call_function(call).await?.into_inner())
    }
}

#[tonic::async_trait]
impl Plugin for Greeter {
    type EventsStream = Answers<Event>;

    async fn describe(&self, _: Request<DescribeRequest>) -> Result<Response<DescribeResponse>, Status> {
        let params = json!({ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] });
        Ok(Response::new(DescribeResponse {
            functions: vec![
                Function {
                    name: "greet".into(),
                    description: "Greets somebody".into(),
                    params_schema: params.to_string(),
                    result_schema: r#"{"type":"object"}"#.into(),
                    ..Default::default()
                },
                Function {
                    name: "relay".into(),
                    description: "Calls another function".into(),
                    idempotent: true,
                    ..Default::default()
                },
                Function {
                    name: "fail".into(),
                    description: "Fails".into(),
                    ..Default::default()
                },
            ],
            hooks: vec![Hook {
                metadata_keys: vec!["earlier".into()],
                ..Default::default()
            }],
            events: vec![EventType {
                name: "greeted".into(),
                description: "Somebody has been greeted".into(),
                ..Default::default()
            }],
            listeners: vec![Listener {
                event: "measured".into(),
                ..Default::default()
            }],
            ..Default::default()
        }))
    }

    async fn configure(&self, request: Request<ConfigureRequest>) -> Result<Response<ConfigureResponse>, Status> {
        let request = request.into_inner();
        let config = parsed(&request.config)?;
        if config.get("bad").is_some() {
            let refusal = "'bad' is not to be set".into();
            return Ok(Response::new(ConfigureResponse {
                refusal,
                ..Default::default()
            }));
        }
        let first = !self.host.initialized();
        self.host
            .get_or_try_init(|| async { self.broker.dial(request.host_service).await.map(HostClient::new) })
            .await?;
        let greeting = config["greeting"].as_str();
        if !first && greeting.is_none() {
            return Ok(Response::new(ConfigureResponse {
                restart_required: true,
                ..Default::default()
            }));
        }
        *self.greeting.lock().expect("nobody panics with the lock") = greeting.unwrap_or("Hello").into();
        Ok(Response::new(ConfigureResponse::default()))
    }

    async fn call(&self, request: Request<CallRequest>) -> Result<Response<CallResponse>, Status> {
        let request = request.into_inner();
        let params = parsed(&request.params)?;
        match request.function.as_str() {
            "greet" => self.greet(&params, &request.caller).await.map(Response::new),
            "relay" => self.relay(&params, request.call_id).await.map(Response::new),
            _ => Err(Status::unknown("as it was asked to")),
        }
    }

    async fn run_hook(&self, request: Request<RunHookRequest>) -> Result<Response<RunHookResponse>, Status> {
        let request = request.into_inner();
        let mut body = parsed(&request.body)?;
        let seen = request.metadata.get("earlier").map_or("null", String::as_str);
        let decision = if body["topic"] == "forbidden" {
            Decision::Block(Block {
                status: 403,
                error_type: "topic_blocked".into(),
                message: "This topic is not available".into(),
            })
        } else {
            body["ring"] = request.ring.into();
            Decision::Modify(body.to_string())
        };
        Ok(Response::new(RunHookResponse {
            decision: Some(decision),
            put_metadata: [("seen".into(), seen.into())].into(),
            ..Default::default()
        }))
    }

    async fn receive_webhook(
        &self,
        _: Request<ReceiveWebhookRequest>,
    ) -> Result<Response<ReceiveWebhookResponse>, Status> {
        Err(Status::unimplemented("this plugin receives no webhooks"))
    }

    async fn hear(&self, request: Request<HearRequest>) -> Result<Response<HearResponse>, Status> {
        let HearRequest {
            event, payload, source, ..
        } = request.into_inner();
        let state = SetStateRequest {
            key: event,
            value: format!("{source} {payload}"),
            ..Default::default()
        };
        self.host()?.set_state(state).await?;
        Ok(Response::new(HearResponse {}))
    }

    async fn events(&self, _: Request<EventsRequest>) -> Result<Response<Self::EventsStream>, Status> {
        let waiting = self.waiting_events.lock().expect("nobody panics with the lock").take();
        let events = waiting.ok_or_else(|| Status::already_exists("somebody hears the events already"))?;
        Ok(Response::new(Box::pin(ReceiverStream::new(events))))
    }
}

fn parsed(text: &str) -> Result<Value, Status> {
    serde_json::from_str(text).map_err(|error| Status::invalid_argument(error.to_string()))
}

fn result(value: &Value) -> CallResponse {
    CallResponse {
        outcome: Some(call_response::Outcome::Result(value.to_string())),
    }
}

fn failure(code: &str, message: &str) -> CallResponse {
    let failure = Failure {
        code: code.into(),
        message: message.into(),
        ..Default::default()
    };
    CallResponse {
        outcome: Some(call_response::Outcome::Failure(failure)),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    mortise_interop::server::serve(|routes, broker, _| {
        routes.add_service(PluginServer::new(Greeter::new(broker)));
    })
}
