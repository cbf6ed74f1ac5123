"""What the interoperability plugins in Go are, in Python."""

import threading

import grpc

from goplugin import stdio_pb2
from goplugin_server import serve
from mortise.interop.v1 import interop_pb2 as pb
from mortise.interop.v1 import interop_pb2_grpc as pb_grpc


class Kv(pb_grpc.KvServicer):
    def __init__(self):
        self._values = {}

    def Put(self, request, context):
        self._values[request.key] = request.value
        return pb.PutResponse()

    def Get(self, request, context):
        if request.key not in self._values:
            context.abort(grpc.StatusCode.NOT_FOUND, "there is no key %r" % request.key)
        return pb.GetResponse(value=self._values[request.key])


class Counter(pb_grpc.CounterServicer):
    def __init__(self, broker):
        self._broker = broker
        self._values = {}
        self._lock = threading.Lock()

    def Add(self, request, context):
        with self._broker.dial(request.adder_service) as channel, self._lock:
            value = self._values.get(request.key, 0)
            total = pb_grpc.AdderStub(channel).Sum(pb.SumRequest(a=value, b=request.delta)).sum
            self._values[request.key] = total
            return pb.AddResponse(value=total)


class Numbers(pb_grpc.NumbersServicer):
    def Count(self, request, context):
        yield from (pb.Number(value=value) for value in range(getattr(request, "from"), request.to + 1))

    def Total(self, request_iterator, context):
        return pb.Number(value=sum(number.value for number in request_iterator))

    def Double(self, request_iterator, context):
        for number in request_iterator:
            yield pb.Number(value=2 * number.value)


class Behaviour(pb_grpc.BehaviourServicer):
    def __init__(self, stdio):
        self._stdio = stdio

    def Print(self, request, context):
        channel = stdio_pb2.StdioData.STDERR if request.to_stderr else stdio_pb2.StdioData.STDOUT
        self._stdio.write(channel, request.data)
        return pb.PrintResponse()


def register(server, broker, stdio):
    pb_grpc.add_KvServicer_to_server(Kv(), server)
    pb_grpc.add_CounterServicer_to_server(Counter(broker), server)
    pb_grpc.add_NumbersServicer_to_server(Numbers(), server)
    pb_grpc.add_BehaviourServicer_to_server(Behaviour(stdio), server)


serve(register)
