package dev.mortise.host.generation;

import dev.mortise.host.Services;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.ServiceContract;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls implementations of contracts, in the generation that its entrance leads to. */
final class ServiceCalls implements Services {

    /** Leads into a generation for one use of it, and out again. */
    @FunctionalInterface
    interface Entrance {
        @Nullable
        Object use(Use use) throws Throwable;
    }

    /** What is done inside. */
    @FunctionalInterface
    interface Use {
        @Nullable
        Object in(CallScope scope) throws Throwable;
    }

    /** Whose reference remembers something. */
    private record Remembering(String contract, Optional<PluginId> provider) {}

    private final ServiceCatalog catalog;
    private final Entrance entrance;
    private final Map<Remembering, Object> remembering = new ConcurrentHashMap<>();

    ServiceCalls(ServiceCatalog catalog, Entrance entrance) {
        this.catalog = catalog;
        this.entrance = entrance;
    }

    @Override
    public <T> T get(Class<T> contract) {
        return reference(catalog.of(contract), null);
    }

    @Override
    public <T> T get(Class<T> contract, PluginId provider) {
        return reference(catalog.of(contract), provider);
    }

    private <T> T reference(ServiceContract<T> contract, @Nullable PluginId provider) {
        if (contract.reference().isEmpty()) {
            return proxy(contract, provider);
        }
        UnaryOperator<T> making = contract.reference().get();
        return contract.type()
                .cast(remembering.computeIfAbsent(
                        new Remembering(contract.key(), Optional.ofNullable(provider)),
                        _ -> making.apply(proxy(contract, provider))));
    }

    private <T> T proxy(ServiceContract<T> contract, @Nullable PluginId provider) {
        Class<T> type = contract.type();
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? ofObject(contract, provider, self, method, arguments)
                        : call(contract, provider, method, arguments));
        return type.cast(proxy);
    }

    private @Nullable Object call(
            ServiceContract<?> contract, @Nullable PluginId provider, Method method, Object @Nullable [] arguments)
            throws Throwable {
        return entrance.use(scope -> {
            LiveService service = scope.generation().services().find(contract, provider);
            return service.instance().call(service, method, arguments, scope);
        });
    }

    private static Object ofObject(
            ServiceContract<?> contract,
            @Nullable PluginId provider,
            Object self,
            Method method,
            Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && arguments[0] == self;
            case "hashCode" -> System.identityHashCode(self);
            default -> "service " + contract.key() + (provider == null ? "" : " of " + provider);
        };
    }

    @Override
    public List<PluginId> providers(Class<?> contract) {
        ServiceContract<?> known = catalog.of(contract);
        return look(table -> table.providers(known));
    }

    @Override
    public List<ServiceView> list() {
        return look(ServiceTable::views);
    }

    @SuppressWarnings("unchecked")
    private <T> T look(Function<ServiceTable, T> question) {
        try {
            return (T) Objects.requireNonNull(
                    entrance.use(scope -> question.apply(scope.generation().services())));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("looking at a table failed", e);
        }
    }
}
