package dev.mortise.runtime.process.goplugin;

import com.google.protobuf.Empty;
import dev.mortise.runtime.process.output.OutputChannel;
import dev.mortise.runtime.process.output.OutputSink;
import dev.mortise.runtime.process.wire.goplugin.GRPCStdioGrpc;
import dev.mortise.runtime.process.wire.goplugin.StdioData;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the plugin writes after its handshake, as it comes over the connection. One chunk at a time is under way. */
final class StdioStream {

    private final OutputSink sink;
    private final System.Logger log;
    private final String plugin;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    StdioStream(OutputSink sink, System.Logger log, String plugin) {
        this.sink = sink;
        this.log = log;
        this.plugin = plugin;
    }

    void open(Channel channel) {
        GRPCStdioGrpc.newStub(channel).streamStdio(Empty.getDefaultInstance(), new Chunks());
    }

    /** Completed when the plugin, or its connection, has ended; never exceptionally. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private final class Chunks implements ClientResponseObserver<Empty, StdioData> {

        private Optional<ClientCallStreamObserver<Empty>> call = Optional.empty();

        @Override
        public void beforeStart(ClientCallStreamObserver<Empty> stream) {
            call = Optional.of(stream);
            stream.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(StdioData chunk) {
            byte[] bytes = chunk.getData().toByteArray();
            switch (chunk.getChannel()) {
                case STDOUT -> sink.write(OutputChannel.STDOUT, bytes, bytes.length);
                case STDERR -> sink.write(OutputChannel.STDERR, bytes, bytes.length);
                case INVALID, UNRECOGNIZED ->
                    log.log(
                            System.Logger.Level.WARNING,
                            "plugin " + plugin
                                    + " sent output on a channel that the protocol does not have; it is left out");
            }
            call.ifPresent(stream -> stream.request(1));
        }

        @Override
        public void onError(Throwable cause) {
            Status status = Status.fromThrowable(cause);
            switch (status.getCode()) {
                case UNIMPLEMENTED ->
                    log.log(
                            System.Logger.Level.DEBUG,
                            "plugin " + plugin + " has no stdio service; what it prints is read from its pipes");
                case UNAVAILABLE, CANCELLED -> {
                    // It has ended, or we have.
                }
                default ->
                    log.log(
                            System.Logger.Level.WARNING,
                            "the output of plugin " + plugin + " is lost from here on: " + status);
            }
            ended.complete(null);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }
}
