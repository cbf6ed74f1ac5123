package dev.mortise.runtime.process.service;

import dev.mortise.interop.v1.GetRequest;
import dev.mortise.interop.v1.GetResponse;
import dev.mortise.interop.v1.KvGrpc;
import dev.mortise.interop.v1.PutRequest;
import dev.mortise.interop.v1.PutResponse;
import dev.mortise.runtime.process.notebook.Notebook;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceAnswer;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;

/** {@link Notebook} as {@code mortise.interop.v1.Kv}. */
public final class NotebookAdapter implements ServiceAdapter<Notebook> {

    @Override
    public String key() {
        return "notebook";
    }

    @Override
    public Class<Notebook> type() {
        return Notebook.class;
    }

    @Override
    public String service() {
        return KvGrpc.SERVICE_NAME;
    }

    @Override
    public Notebook client(ServiceChannel channel) {
        return new Notebook() {
            @Override
            public String read(String key) {
                return channel.call(
                                KvGrpc.getGetMethod(),
                                GetRequest.newBuilder().setKey(key).build())
                        .getValue();
            }

            @Override
            public void write(String key, String text) {
                PutResponse unused = channel.call(
                        KvGrpc.getPutMethod(),
                        PutRequest.newBuilder().setKey(key).setValue(text).build());
            }
        };
    }

    @Override
    public BindableService server(Notebook notebook) {
        return new KvGrpc.KvImplBase() {
            @Override
            public void get(GetRequest request, StreamObserver<GetResponse> caller) {
                ServiceAnswer.respond(
                        caller,
                        () -> GetResponse.newBuilder()
                                .setValue(notebook.read(request.getKey()))
                                .build());
            }

            @Override
            public void put(PutRequest request, StreamObserver<PutResponse> caller) {
                ServiceAnswer.done(
                        caller,
                        PutResponse.getDefaultInstance(),
                        () -> notebook.write(request.getKey(), request.getValue()));
            }
        };
    }
}
