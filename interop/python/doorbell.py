"""A plugin for Mortise written in Python that receives webhooks: it counts those that were signed."""

import hashlib
import hmac
import json

from goplugin_server import serve
from mortise.plugin.v1 import host_pb2, host_pb2_grpc
from mortise.plugin.v1 import plugin_pb2 as pb
from mortise.plugin.v1 import plugin_pb2_grpc as pb_grpc


class Doorbell(pb_grpc.PluginServicer):
    def __init__(self, broker):
        self._broker = broker
        self._host = None
        self._secret = b""

    def Describe(self, request, context):
        return pb.DescribeResponse(webhook=True)

    def Configure(self, request, context):
        secret = json.loads(request.config).get("secret")
        if not secret:
            return pb.ConfigureResponse(refusal="a 'secret' is needed")
        if self._host is None:
            self._host = host_pb2_grpc.HostStub(self._broker.dial(request.host_service))
        self._secret = secret.encode()
        return pb.ConfigureResponse()

    def ReceiveWebhook(self, request, context):
        if not self._is_signed(request):
            return reply(401, {"error": "the signature is missing or wrong"})
        if (request.method, request.path) == ("POST", "/rings"):
            count = self._host.IncrementState(host_pb2.IncrementStateRequest(key="rings", delta=1)).value
            return reply(202, {"rings": count, "query": request.query})
        if request.path == "/broken":
            raise RuntimeError("the bell is broken")
        return reply(404, {"error": "there is no %s here" % request.path})

    def _is_signed(self, request):
        """Compares in constant time, and over the very bytes that were sent."""
        expected = hmac.new(self._secret, request.body, hashlib.sha256).hexdigest()
        sent = [header.value for header in request.headers if header.name.lower() == "x-signature"]
        return bool(sent) and hmac.compare_digest(sent[0].encode("latin-1"), expected.encode())


def reply(status, value):
    return pb.ReceiveWebhookResponse(
        status=status,
        headers=[pb.Header(name="Content-Type", value="application/json")],
        body=json.dumps(value).encode(),
    )


serve(lambda server, broker, stdio: pb_grpc.add_PluginServicer_to_server(Doorbell(broker), server))
