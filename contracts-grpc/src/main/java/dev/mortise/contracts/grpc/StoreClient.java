package dev.mortise.contracts.grpc;

import dev.mortise.api.ServiceException;
import dev.mortise.contracts.grpc.console.StoreMessages.Empty;
import dev.mortise.contracts.grpc.console.StoreServiceGrpc;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.MethodDescriptor;
import java.util.List;

/** A store that a plugin serves. */
record StoreClient(ServiceChannel channel) implements Store {

    /** One that does not work now may do so later; one that is not there will not come. */
    static StoreClient of(ServiceChannel channel) {
        try {
            Empty unused = channel.ask(StoreServiceGrpc.getPingMethod(), Empty.getDefaultInstance());
        } catch (ServiceException e) {
            if (e.kind() == ServiceException.Kind.UNSUPPORTED) {
                throw e;
            }
        }
        return new StoreClient(channel);
    }

    private <Q> void send(MethodDescriptor<Q, Empty> method, Q request) {
        Empty unused = channel.call(method, request);
    }

    @Override
    public void createFlag(Flag flag) {
        send(StoreServiceGrpc.getCreateFlagMethod(), StoreTranslation.message(flag));
    }

    @Override
    public Flag flag(String key) {
        return StoreTranslation.flag(channel.call(StoreServiceGrpc.getGetFlagMethod(), StoreTranslation.key(key)));
    }

    @Override
    public List<Flag> flags() {
        return channel.call(StoreServiceGrpc.getListFlagsMethod(), Empty.getDefaultInstance()).getFlagsList().stream()
                .map(StoreTranslation::flag)
                .toList();
    }

    @Override
    public void updateFlag(Flag flag) {
        send(StoreServiceGrpc.getUpdateFlagMethod(), StoreTranslation.message(flag));
    }

    @Override
    public void deleteFlag(String key) {
        send(StoreServiceGrpc.getDeleteFlagMethod(), StoreTranslation.key(key));
    }

    @Override
    public void createComponent(Component component) {
        send(StoreServiceGrpc.getCreateComponentMethod(), StoreTranslation.message(component));
    }

    @Override
    public Component component(String key) {
        return StoreTranslation.component(
                channel.call(StoreServiceGrpc.getGetComponentMethod(), StoreTranslation.key(key)));
    }

    @Override
    public List<Component> components() {
        return channel
                .call(StoreServiceGrpc.getListComponentsMethod(), Empty.getDefaultInstance())
                .getComponentsList()
                .stream()
                .map(StoreTranslation::component)
                .toList();
    }

    @Override
    public void updateComponent(Component component) {
        send(StoreServiceGrpc.getUpdateComponentMethod(), StoreTranslation.message(component));
    }

    @Override
    public void deleteComponent(String key) {
        send(StoreServiceGrpc.getDeleteComponentMethod(), StoreTranslation.key(key));
    }

    @Override
    public void recordCheck(Check check) {
        send(StoreServiceGrpc.getRecordCheckMethod(), StoreTranslation.message(check));
    }

    @Override
    public Check latestCheck(String component) {
        return StoreTranslation.check(
                channel.call(StoreServiceGrpc.getLatestCheckMethod(), StoreTranslation.key(component)));
    }

    @Override
    public List<Check> latestChecks() {
        return channel
                .call(StoreServiceGrpc.getLatestChecksMethod(), Empty.getDefaultInstance())
                .getChecksList()
                .stream()
                .map(StoreTranslation::check)
                .toList();
    }

    @Override
    public void ping() {
        send(StoreServiceGrpc.getPingMethod(), Empty.getDefaultInstance());
    }
}
