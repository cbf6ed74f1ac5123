package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.StoreMessages;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.HealthState;
import java.time.Duration;

/** What a store keeps, as messages and back. */
final class StoreTranslation {

    private StoreTranslation() {}

    static StoreMessages.Key key(String key) {
        return StoreMessages.Key.newBuilder().setKey(key).build();
    }

    static StoreMessages.Flag message(Flag flag) {
        StoreMessages.Flag.Builder message = StoreMessages.Flag.newBuilder()
                .setKey(flag.key())
                .setDescription(flag.description())
                .setEnabled(flag.enabled())
                .setScope(flag.scope())
                .setRollout(flag.rollout())
                .setCohort(flag.cohort())
                .setExperiment(flag.experiment())
                .setCreatedAtUnixNano(UnixNanos.of(flag.createdAt()))
                .setUpdatedAtUnixNano(UnixNanos.of(flag.updatedAt()));
        flag.variants()
                .forEach(variant -> message.addVariantsBuilder()
                        .setKey(variant.key())
                        .setValue(variant.value())
                        .setWeight(variant.weight()));
        return message.build();
    }

    static Flag flag(StoreMessages.Flag message) {
        return new Flag(
                message.getKey(),
                message.getDescription(),
                message.getEnabled(),
                message.getScope(),
                message.getRollout(),
                message.getVariantsList().stream()
                        .map(variant -> new Flag.Variant(variant.getKey(), variant.getValue(), variant.getWeight()))
                        .toList(),
                message.getCohort(),
                message.getExperiment(),
                UnixNanos.instant(message.getCreatedAtUnixNano()),
                UnixNanos.instant(message.getUpdatedAtUnixNano()));
    }

    static StoreMessages.Component message(Component component) {
        return StoreMessages.Component.newBuilder()
                .setKey(component.key())
                .setName(component.name())
                .setDescription(component.description())
                .setProvider(component.provider())
                .putAllConfig(component.config())
                .setCreatedAtUnixNano(UnixNanos.of(component.createdAt()))
                .setUpdatedAtUnixNano(UnixNanos.of(component.updatedAt()))
                .build();
    }

    static Component component(StoreMessages.Component message) {
        return new Component(
                message.getKey(),
                message.getName(),
                message.getDescription(),
                message.getProvider(),
                message.getConfigMap(),
                UnixNanos.instant(message.getCreatedAtUnixNano()),
                UnixNanos.instant(message.getUpdatedAtUnixNano()));
    }

    static StoreMessages.Check message(Check check) {
        return StoreMessages.Check.newBuilder()
                .setComponent(check.component())
                .setState(check.state().number())
                .setMessage(check.message())
                .setLatencyNanos(UnixNanos.of(check.latency()))
                .setCheckedAtUnixNano(UnixNanos.of(check.checkedAt()))
                .build();
    }

    static Check check(StoreMessages.Check message) {
        return new Check(
                message.getComponent(),
                HealthState.ofNumber(message.getState()),
                message.getMessage(),
                Duration.ofNanos(message.getLatencyNanos()),
                UnixNanos.instant(message.getCheckedAtUnixNano()));
    }
}
