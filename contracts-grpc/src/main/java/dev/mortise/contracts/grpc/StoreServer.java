package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.StoreMessages;
import dev.mortise.contracts.grpc.console.StoreMessages.Empty;
import dev.mortise.contracts.grpc.console.StoreMessages.Key;
import dev.mortise.contracts.grpc.console.StoreServiceGrpc;
import dev.mortise.contracts.operations.Store;
import dev.mortise.runtime.process.wire.service.ServiceAnswer;
import io.grpc.stub.StreamObserver;

/** Serves a store. */
final class StoreServer extends StoreServiceGrpc.StoreServiceImplBase {

    private final Store store;

    StoreServer(Store store) {
        this.store = store;
    }

    private static void done(StreamObserver<Empty> caller, Runnable work) {
        ServiceAnswer.done(caller, Empty.getDefaultInstance(), work);
    }

    @Override
    public void createFlag(StoreMessages.Flag request, StreamObserver<Empty> caller) {
        done(caller, () -> store.createFlag(StoreTranslation.flag(request)));
    }

    @Override
    public void getFlag(Key request, StreamObserver<StoreMessages.Flag> caller) {
        ServiceAnswer.respond(caller, () -> StoreTranslation.message(store.flag(request.getKey())));
    }

    @Override
    public void listFlags(Empty request, StreamObserver<StoreMessages.FlagList> caller) {
        ServiceAnswer.respond(
                caller,
                () -> StoreMessages.FlagList.newBuilder()
                        .addAllFlags(store.flags().stream()
                                .map(StoreTranslation::message)
                                .toList())
                        .build());
    }

    @Override
    public void updateFlag(StoreMessages.Flag request, StreamObserver<Empty> caller) {
        done(caller, () -> store.updateFlag(StoreTranslation.flag(request)));
    }

    @Override
    public void deleteFlag(Key request, StreamObserver<Empty> caller) {
        done(caller, () -> store.deleteFlag(request.getKey()));
    }

    @Override
    public void createComponent(StoreMessages.Component request, StreamObserver<Empty> caller) {
        done(caller, () -> store.createComponent(StoreTranslation.component(request)));
    }

    @Override
    public void getComponent(Key request, StreamObserver<StoreMessages.Component> caller) {
        ServiceAnswer.respond(caller, () -> StoreTranslation.message(store.component(request.getKey())));
    }

    @Override
    public void listComponents(Empty request, StreamObserver<StoreMessages.ComponentList> caller) {
        ServiceAnswer.respond(
                caller,
                () -> StoreMessages.ComponentList.newBuilder()
                        .addAllComponents(store.components().stream()
                                .map(StoreTranslation::message)
                                .toList())
                        .build());
    }

    @Override
    public void updateComponent(StoreMessages.Component request, StreamObserver<Empty> caller) {
        done(caller, () -> store.updateComponent(StoreTranslation.component(request)));
    }

    @Override
    public void deleteComponent(Key request, StreamObserver<Empty> caller) {
        done(caller, () -> store.deleteComponent(request.getKey()));
    }

    @Override
    public void recordCheck(StoreMessages.Check request, StreamObserver<Empty> caller) {
        done(caller, () -> store.recordCheck(StoreTranslation.check(request)));
    }

    @Override
    public void latestCheck(Key request, StreamObserver<StoreMessages.Check> caller) {
        ServiceAnswer.respond(caller, () -> StoreTranslation.message(store.latestCheck(request.getKey())));
    }

    @Override
    public void latestChecks(Empty request, StreamObserver<StoreMessages.CheckList> caller) {
        ServiceAnswer.respond(
                caller,
                () -> StoreMessages.CheckList.newBuilder()
                        .addAllChecks(store.latestChecks().stream()
                                .map(StoreTranslation::message)
                                .toList())
                        .build());
    }

    @Override
    public void ping(Empty request, StreamObserver<Empty> caller) {
        done(caller, store::ping);
    }
}
