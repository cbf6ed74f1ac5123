package dev.mortise.runtime.process.sdk;

import com.google.protobuf.Empty;
import dev.mortise.runtime.process.wire.goplugin.GRPCStdioGrpc;
import dev.mortise.runtime.process.wire.goplugin.StdioData;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** Streams what the plugin prints to its host, as fast as the host reads. */
final class StdioService extends GRPCStdioGrpc.GRPCStdioImplBase {

    private final StdioBuffer buffer;

    StdioService(StdioBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public void streamStdio(Empty request, StreamObserver<StdioData> host) {
        ServerCallStreamObserver<StdioData> stream = (ServerCallStreamObserver<StdioData>) host;
        Delivery delivery = new Delivery(stream);
        stream.setOnCancelHandler(buffer::abandon);
        stream.setOnReadyHandler(delivery::run);
        buffer.read(delivery::run);
        delivery.run();
    }

    /** One thread at a time delivers; another that comes meanwhile leaves it to do so. */
    private final class Delivery {

        private final ServerCallStreamObserver<StdioData> stream;
        private boolean completed;

        Delivery(ServerCallStreamObserver<StdioData> stream) {
            this.stream = stream;
        }

        synchronized void run() {
            while (stream.isReady() && !stream.isCancelled() && !completed) {
                Optional<StdioData> chunk = buffer.next();
                if (chunk.isPresent()) {
                    stream.onNext(chunk.get());
                } else if (buffer.hasEnded()) {
                    completed = true;
                    stream.onCompleted();
                } else {
                    return;
                }
            }
        }
    }
}
