package dev.mortise.runtime.process.wire;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;

/** Wakes whoever drives a loop out of its wait; where nobody does, calls the loop's own thread. */
record FreeLoopHandler(SocketLoop loop, IoHandler handler) implements IoHandler {

    record Factory(IoHandlerFactory handlers) implements IoHandlerFactory {

        @Override
        public IoHandler newHandler(ThreadAwareExecutor loop) {
            return new FreeLoopHandler((SocketLoop) loop, handlers.newHandler(loop));
        }

        @Override
        public boolean isChangingThreadSupported() {
            return handlers.isChangingThreadSupported();
        }
    }

    @Override
    public void wakeup() {
        if (loop.isFree()) {
            loop.callBack();
        } else {
            handler.wakeup();
        }
    }

    @Override
    public void initialize() {
        handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return handler.run(context);
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return handler.register(handle);
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return handler.isCompatible(type);
    }
}
