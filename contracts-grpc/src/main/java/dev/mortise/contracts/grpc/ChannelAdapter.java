package dev.mortise.contracts.grpc;

import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.grpc.channel.ChannelGrpc;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.BindableService;

/** {@link Channel} as {@code mortise.channel.v1.Channel}. */
public final class ChannelAdapter implements ServiceAdapter<Channel> {

    @Override
    public String key() {
        return Channel.KEY;
    }

    @Override
    public Class<Channel> type() {
        return Channel.class;
    }

    @Override
    public String service() {
        return ChannelGrpc.SERVICE_NAME;
    }

    @Override
    public Channel client(ServiceChannel channel) {
        return ChannelClient.of(channel);
    }

    @Override
    public BindableService server(Channel implementation) {
        return new ChannelServer(implementation);
    }
}
