package dev.mortise.runtime.process.wire.yamux;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;

/** The options of a stream: those that every channel has, and whether it outlives the end of what comes in. */
final class StreamChannelConfig extends DefaultChannelConfig {

    private final StreamChannel stream;
    private volatile boolean allowHalfClosure;

    StreamChannelConfig(StreamChannel stream) {
        super(stream);
        this.stream = stream;
    }

    boolean allowsHalfClosure() {
        return allowHalfClosure;
    }

    @Override
    protected void autoReadCleared() {
        stream.stopReading();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getOption(ChannelOption<T> option) {
        return option == ChannelOption.ALLOW_HALF_CLOSURE
                ? (T) Boolean.valueOf(allowHalfClosure)
                : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (option == ChannelOption.ALLOW_HALF_CLOSURE) {
            allowHalfClosure = (Boolean) value;
            return true;
        }
        return super.setOption(option, value);
    }
}
