package dev.mortise.runtime.process.peer;

import dev.mortise.interop.v1.AddRequest;
import dev.mortise.interop.v1.AddResponse;
import dev.mortise.interop.v1.AdderGrpc;
import dev.mortise.interop.v1.BehaviourGrpc;
import dev.mortise.interop.v1.CounterGrpc;
import dev.mortise.interop.v1.GetRequest;
import dev.mortise.interop.v1.GetResponse;
import dev.mortise.interop.v1.KvGrpc;
import dev.mortise.interop.v1.LogRequest;
import dev.mortise.interop.v1.LogResponse;
import dev.mortise.interop.v1.PrintRequest;
import dev.mortise.interop.v1.PrintResponse;
import dev.mortise.interop.v1.PutRequest;
import dev.mortise.interop.v1.PutResponse;
import dev.mortise.interop.v1.SumRequest;
import dev.mortise.interop.v1.SumResponse;
import dev.mortise.runtime.process.sdk.GoPluginServer;
import dev.mortise.runtime.process.sdk.PluginBroker;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the plugins in Go are, in Java. Arguments: further versions that it serves. */
public final class InteropPlugin {

    private InteropPlugin() {}

    public static void main(String[] arguments) {
        GoPluginServer server = GoPluginServer.withCookie("MORTISE_PLUGIN", "mortise-plugin-v1");
        System.Logger log = server.logger("interop");
        System.out.print("");
        server.version(1, broker -> List.of(new Kv(broker), new Counter(broker), new Behaviour(log)));
        for (String version : arguments) {
            server.version(Integer.parseInt(version), broker -> List.of(new Kv(broker)));
        }
        server.serve();
    }

    private static <T> void answer(StreamObserver<T> observer, T response) {
        observer.onNext(response);
        observer.onCompleted();
    }

    private static final class Kv extends KvGrpc.KvImplBase {

        private static final String SERVE = "serve an adder";

        private final Map<String, String> values = new ConcurrentHashMap<>();
        private final PluginBroker broker;

        Kv(PluginBroker broker) {
            this.broker = broker;
        }

        @Override
        public void put(PutRequest request, StreamObserver<PutResponse> observer) {
            values.put(request.getKey(), request.getValue());
            answer(observer, PutResponse.getDefaultInstance());
        }

        /** Tells under which id of the broker an Adder is served. */
        private void serve(StreamObserver<GetResponse> observer) {
            try {
                String id = Integer.toString(broker.serve(new Adder()));
                answer(observer, GetResponse.newBuilder().setValue(id).build());
            } catch (IOException e) {
                observer.onError(
                        Status.UNAVAILABLE.withDescription(e.getMessage()).asRuntimeException());
            }
        }

        @Override
        public void get(GetRequest request, StreamObserver<GetResponse> observer) {
            String value = values.get(request.getKey());
            if (request.getKey().equals(SERVE)) {
                serve(observer);
            } else if (value == null) {
                observer.onError(
                        Status.NOT_FOUND.withDescription("there is no such key").asRuntimeException());
            } else {
                answer(observer, GetResponse.newBuilder().setValue(value).build());
            }
        }
    }

    private static final class Adder extends AdderGrpc.AdderImplBase {
        @Override
        public void sum(SumRequest request, StreamObserver<SumResponse> observer) {
            answer(
                    observer,
                    SumResponse.newBuilder()
                            .setSum(request.getA() + request.getB())
                            .build());
        }
    }

    private static final class Counter extends CounterGrpc.CounterImplBase {

        private final Map<String, Long> values = new ConcurrentHashMap<>();
        private final PluginBroker broker;

        Counter(PluginBroker broker) {
            this.broker = broker;
        }

        @Override
        public void add(AddRequest request, StreamObserver<AddResponse> observer) {
            try {
                ManagedChannel host = broker.dial(request.getAdderService());
                try {
                    long sum = AdderGrpc.newBlockingStub(host)
                            .sum(SumRequest.newBuilder()
                                    .setA(values.getOrDefault(request.getKey(), 0L))
                                    .setB(request.getDelta())
                                    .build())
                            .getSum();
                    values.put(request.getKey(), sum);
                    answer(observer, AddResponse.newBuilder().setValue(sum).build());
                } finally {
                    host.shutdown();
                }
            } catch (IOException | InterruptedException e) {
                observer.onError(
                        Status.UNAVAILABLE.withDescription(e.getMessage()).asRuntimeException());
            }
        }
    }

    private static final class Behaviour extends BehaviourGrpc.BehaviourImplBase {

        private final System.Logger log;

        Behaviour(System.Logger log) {
            this.log = log;
        }

        @Override
        public void print(PrintRequest request, StreamObserver<PrintResponse> observer) {
            PrintStream stream = request.getToStderr() ? System.err : System.out;
            stream.writeBytes(request.getData().toByteArray());
            stream.flush();
            answer(observer, PrintResponse.getDefaultInstance());
        }

        @Override
        public void log(LogRequest request, StreamObserver<LogResponse> observer) {
            log.log(System.Logger.Level.WARNING, request.getMessage());
            answer(observer, LogResponse.getDefaultInstance());
        }
    }
}
