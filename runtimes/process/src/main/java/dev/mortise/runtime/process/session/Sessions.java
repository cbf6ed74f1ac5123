package dev.mortise.runtime.process.session;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.PluginServices;
import dev.mortise.plugin.v1.ConfigureRequest;
import dev.mortise.plugin.v1.DescribeRequest;
import dev.mortise.plugin.v1.DescribeResponse;
import dev.mortise.plugin.v1.EventsRequest;
import dev.mortise.plugin.v1.PluginGrpc;
import dev.mortise.runtime.process.goplugin.PluginConnection;
import dev.mortise.runtime.process.reflection.ReflectedFunction;
import dev.mortise.runtime.process.reflection.ReflectedFunctions;
import dev.mortise.runtime.process.reflection.ReflectionException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Finds out what a connected plugin is, and opens the session that fits. */
public final class Sessions {

    private final String plugin;
    private final PluginServices services;
    private final Duration timeout;

    /** @param timeout for each of the questions that a plugin is asked at first */
    public Sessions(String plugin, PluginServices services, Duration timeout) {
        this.plugin = plugin;
        this.services = services;
        this.timeout = timeout;
    }

    /**
     * Opens a session.
     *
     * @param config that the plugin begins with
     * @throws PluginFault if it describes itself in a way that makes no sense, or refuses its configuration
     */
    public PluginSession open(PluginConnection connection, JsonObject config)
            throws PluginFault, IOException, InterruptedException {
        Optional<DescribeResponse> described = describe(connection.channel());
        return described.isPresent() ? authored(connection, config, described.get()) : foreign(connection.channel());
    }

    private Optional<DescribeResponse> describe(Channel channel) throws PluginFault {
        try {
            return Optional.of(ClientCalls.blockingUnaryCall(
                    channel, PluginGrpc.getDescribeMethod(), soon(), DescribeRequest.getDefaultInstance()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return Optional.empty();
            }
            throw PluginFault.of(e.getStatus());
        }
    }

    private CallOptions soon() {
        return CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private PluginSession authored(PluginConnection connection, JsonObject config, DescribeResponse described)
            throws PluginFault, IOException {
        HostService host = new HostService(services);
        int id = connection.broker().nextId();
        connection.broker().serve(id, List.of(host.bindService()));
        ConfigureRequest settings = ConfigureRequest.newBuilder()
                .setConfig(config.toString())
                .setPluginId(plugin)
                .setDataDirectory(services.dataDirectory().toString())
                .setHostService(id)
                .build();
        AuthoredSession session = new AuthoredSession(
                connection.channel(), host, new CallDeadline(services.clock()), settings, described);
        session.configure(soon());
        if (!session.offer().events().isEmpty()) {
            PluginGrpc.newStub(connection.channel())
                    .events(
                            EventsRequest.getDefaultInstance(),
                            new EmittedEvents(
                                    session.offer().events().stream()
                                            .map(Offer.EventType::name)
                                            .collect(Collectors.toUnmodifiableSet()),
                                    services));
        }
        return session;
    }

    private PluginSession foreign(Channel channel) throws InterruptedException {
        try {
            Optional<List<ReflectedFunction>> functions = ReflectedFunctions.of(channel, timeout);
            if (functions.isPresent()) {
                return new ReflectedSession(channel, functions.get(), services.clock());
            }
            services.logger()
                    .log(
                            Level.INFO,
                            "the plugin has neither server reflection nor " + PluginGrpc.SERVICE_NAME
                                    + ", so it offers no functions");
        } catch (ReflectionException e) {
            services.logger().log(Level.WARNING, "the plugin offers no functions, because " + e.getMessage());
        }
        return new SilentSession();
    }
}
