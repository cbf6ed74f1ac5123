"""A plugin for Mortise written in Python: functions, a hook, an event and a listener."""

import json
import queue

from goplugin_server import serve
from mortise.plugin.v1 import host_pb2, host_pb2_grpc
from mortise.plugin.v1 import plugin_pb2 as pb
from mortise.plugin.v1 import plugin_pb2_grpc as pb_grpc


class Greeter(pb_grpc.PluginServicer):
    def __init__(self, broker):
        self._broker = broker
        self._host = None
        self._greeting = "Hello"
        self._events = queue.Queue(maxsize=1000)

    def Describe(self, request, context):
        return pb.DescribeResponse(
            functions=[
                pb.Function(
                    name="greet",
                    description="Greets somebody",
                    params_schema=json.dumps(
                        {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
                    ),
                    result_schema='{"type":"object"}',
                ),
                pb.Function(name="relay", description="Calls another function", idempotent=True),
                pb.Function(name="fail", description="Fails"),
            ],
            hooks=[pb.Hook(metadata_keys=["earlier"])],
            events=[pb.EventType(name="greeted", description="Somebody has been greeted")],
            listeners=[pb.Listener(event="measured")],
        )

    def Configure(self, request, context):
        config = json.loads(request.config)
        if "bad" in config:
            return pb.ConfigureResponse(refusal="'bad' is not to be set")
        first = self._host is None
        if first:
            self._host = host_pb2_grpc.HostStub(self._broker.dial(request.host_service))
        if not first and "greeting" not in config:
            return pb.ConfigureResponse(restart_required=True)
        self._greeting = config.get("greeting", "Hello")
        return pb.ConfigureResponse()

    def Call(self, request, context):
        params = json.loads(request.params)
        if request.function == "greet":
            name = params["name"]
            if not name:
                return pb.CallResponse(failure=pb.Failure(code="no_name", message="a name is needed"))
            count = self._host.IncrementState(host_pb2.IncrementStateRequest(key="greeted", delta=1)).value
            event = pb.Event(name="greeted", payload=json.dumps({"name": name}))
            # Where more events wait to be heard than there is room for, no longer than the call may take.
            self._events.put(event, timeout=context.time_remaining())
            result = {"message": "%s, %s!" % (self._greeting, name), "count": count, "caller": request.caller}
            return pb.CallResponse(result=json.dumps(result))
        if request.function == "relay":
            return self._host.CallFunction(
                host_pb2.HostCallRequest(function=params["function"], params='{"a":1}', call_id=request.call_id)
            )
        raise RuntimeError("as it was asked to")

    def RunHook(self, request, context):
        body = json.loads(request.body)
        response = pb.RunHookResponse(put_metadata={"seen": request.metadata.get("earlier", "null")})
        if body.get("topic") == "forbidden":
            response.block.status = 403
            response.block.error_type = "topic_blocked"
            response.block.message = "This topic is not available"
        else:
            response.modify = json.dumps({**body, "ring": request.ring})
        return response

    def Hear(self, request, context):
        self._host.SetState(
            host_pb2.SetStateRequest(key=request.event, value="%s %s" % (request.source, request.payload))
        )
        return pb.HearResponse()

    def Events(self, request, context):
        while context.is_active():
            try:
                yield self._events.get(timeout=0.5)
            except queue.Empty:
                pass  # asks again whether anybody still hears


serve(lambda server, broker, stdio: pb_grpc.add_PluginServicer_to_server(Greeter(broker), server))
