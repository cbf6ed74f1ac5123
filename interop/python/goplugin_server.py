"""The plugin's end of the go-plugin protocol in Python, with grpcio and grpcio-health-checking.

Plain text only: the TLS of grpcio refuses the P-521 certificates that hosts in Go make, and this plugin has none, so a
manifest of it says "auto_mtls": false.
"""

import os
import queue
import signal
import sys
import tempfile
import threading
from concurrent import futures

import grpc
from google.protobuf import empty_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from goplugin import broker_pb2, broker_pb2_grpc, controller_pb2, controller_pb2_grpc, stdio_pb2, stdio_pb2_grpc

COOKIE = ("MORTISE_PLUGIN", "mortise-plugin-v1")
VERSIONS = [1]


class Broker(broker_pb2_grpc.GRPCBrokerServicer):
    """Further connections to the host; this one only dials."""

    def __init__(self):
        self._announced = {}
        self._changed = threading.Condition()

    def StartStream(self, request_iterator, context):
        for info in request_iterator:
            with self._changed:
                self._announced[info.service_id] = info
                self._changed.notify_all()
        return
        yield  # a stream that sends nothing

    def dial(self, service):
        with self._changed:
            if not self._changed.wait_for(lambda: service in self._announced, timeout=5):
                raise TimeoutError("timeout waiting for connection info")
            info = self._announced.pop(service)
        target = info.address if info.network == "tcp" else "unix:" + info.address
        return grpc.insecure_channel(target, options=[("grpc.default_authority", "localhost")])


class Stdio(stdio_pb2_grpc.GRPCStdioServicer):
    """What the plugin prints, in chunks."""

    def __init__(self):
        self._chunks = queue.Queue(maxsize=1000)

    def write(self, channel, data):
        for start in range(0, len(data), 1024):
            self._chunks.put(stdio_pb2.StdioData(channel=channel, data=data[start : start + 1024]))

    def StreamStdio(self, request, context):
        while context.is_active():
            try:
                yield self._chunks.get(timeout=0.5)
            except queue.Empty:
                pass  # asks again whether anybody still reads


class Controller(controller_pb2_grpc.GRPCControllerServicer):
    def __init__(self):
        self.shutdown = threading.Event()

    def Shutdown(self, request, context):
        self.shutdown.set()
        return controller_pb2.Empty()


def watch_parent(event):
    """A plugin whose host has died would live for ever."""
    parent = os.getppid()
    while not event.wait(0.5):
        if os.getppid() != parent:
            event.set()


def serve(register):
    """Serves what register(server, broker, stdio) adds, until the host shuts the plugin down or has died."""
    if os.environ.get(COOKIE[0]) != COOKIE[1]:
        print("This program is a plugin. It is not meant to be run directly.", file=sys.stderr)
        sys.exit(1)
    if os.environ.get("PLUGIN_CLIENT_CERT"):
        print("[ERROR] this plugin cannot speak TLS; set auto_mtls to false for it", file=sys.stderr)
        sys.exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wanted = {int(item) for item in os.environ.get("PLUGIN_PROTOCOL_VERSIONS", "").split(",") if item.isdigit()}
    version = max((known for known in VERSIONS if known in wanted), default=min(VERSIONS))

    broker, stdio, controller = Broker(), Stdio(), Controller()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
    checks = health.HealthServicer()
    checks.set("plugin", health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    broker_pb2_grpc.add_GRPCBrokerServicer_to_server(broker, server)
    stdio_pb2_grpc.add_GRPCStdioServicer_to_server(stdio, server)
    controller_pb2_grpc.add_GRPCControllerServicer_to_server(controller, server)
    register(server, broker, stdio)

    folder = os.environ.get("PLUGIN_UNIX_SOCKET_DIR") or tempfile.gettempdir()
    path = os.path.join(folder, "plugin%d" % os.getpid())
    server.add_insecure_port("unix:" + path)
    server.start()
    threading.Thread(target=watch_parent, args=(controller.shutdown,), daemon=True).start()
    print("1|%d|unix|%s|grpc|" % (version, path), flush=True)
    controller.shutdown.wait()
    server.stop(0.5).wait()
    if os.path.exists(path):
        os.remove(path)
