package dev.mortise.runtime.process.reflection;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server about its services, one question at a time. Speaks version 1 of the reflection service and the older
 * {@code v1alpha}, which has the same messages under another name. For one thread.
 */
final class ServerReflection implements AutoCloseable {

    private static final MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> V1 =
            ServerReflectionGrpc.getServerReflectionInfoMethod();

    private static final MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> V1_ALPHA = V1.toBuilder()
            .setFullMethodName("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
            .build();

    private final BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call;
    private final long deadline;
    private final List<String> services;

    private ServerReflection(
            BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call,
            long deadline,
            List<String> services) {
        this.call = call;
        this.deadline = deadline;
        this.services = services;
    }

    /** A server's reflection, if it has one. */
    static Optional<ServerReflection> of(Channel channel, Duration timeout)
            throws ReflectionException, InterruptedException {
        Optional<ServerReflection> current = of(channel, V1, timeout);
        return current.isPresent() ? current : of(channel, V1_ALPHA, timeout);
    }

    private static Optional<ServerReflection> of(
            Channel channel,
            MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> method,
            Duration timeout)
            throws ReflectionException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call =
                ClientCalls.blockingBidiStreamingCall(
                        channel,
                        method,
                        CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
        try {
            ServerReflectionResponse answer = ask(
                    call,
                    deadline,
                    ServerReflectionRequest.newBuilder().setListServices("").build());
            return Optional.of(new ServerReflection(
                    call,
                    deadline,
                    answer.getListServicesResponse().getServiceList().stream()
                            .map(ServiceResponse::getName)
                            .toList()));
        } catch (StatusException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return Optional.empty();
            }
            throw new ReflectionException("it cannot say which services it has: " + e.getStatus());
        }
    }

    private static ServerReflectionResponse ask(
            BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call,
            long deadline,
            ServerReflectionRequest question)
            throws StatusException, InterruptedException, ReflectionException {
        try {
            call.write(question);
            ServerReflectionResponse answer =
                    call.read(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (answer == null) {
                throw new ReflectionException("its reflection service ends instead of answering");
            }
            return answer;
        } catch (TimeoutException e) {
            throw new ReflectionException("its reflection service does not answer in time");
        } catch (StatusRuntimeException e) {
            throw new ReflectionException("its reflection service fails: " + e.getStatus());
        }
    }

    List<String> services() {
        return services;
    }

    /** The files that a symbol needs, as far as the server sends them at once. */
    List<ByteString> filesFor(String symbol) throws ReflectionException, InterruptedException {
        return files(
                ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol(symbol)
                        .build(),
                symbol);
    }

    List<ByteString> file(String name) throws ReflectionException, InterruptedException {
        return files(
                ServerReflectionRequest.newBuilder().setFileByFilename(name).build(), name);
    }

    private List<ByteString> files(ServerReflectionRequest question, String what)
            throws ReflectionException, InterruptedException {
        ServerReflectionResponse answer;
        try {
            answer = ask(call, deadline, question);
        } catch (StatusException e) {
            throw new ReflectionException("it cannot describe " + what + ": " + e.getStatus());
        }
        if (answer.hasErrorResponse()) {
            throw new ReflectionException("it cannot describe " + what + ": "
                    + answer.getErrorResponse().getErrorMessage());
        }
        return answer.getFileDescriptorResponse().getFileDescriptorProtoList();
    }

    @Override
    public void close() {
        call.cancel("all questions have been answered", null);
    }
}
