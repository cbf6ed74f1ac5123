package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionWatchTest {

    /** Such as a plugin that has used up everybody's memory for a moment. */
    @Test
    void goesOnAfterWhateverHasGoneWrongWhileItLooked() throws Exception {
        Thread test = Thread.currentThread();
        AtomicBoolean failed = new AtomicBoolean();
        LongSupplier clock = () -> {
            if (Thread.currentThread() != test && failed.compareAndSet(false, true)) {
                throw new OutOfMemoryError("as it happens to anybody");
            }
            return System.nanoTime();
        };
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept();
                ConnectionWatch watch = new ConnectionWatch(Duration.ofMillis(40), Duration.ofMinutes(1), clock)) {
            watch.accepted(accepted);

            assertThat(client.read(ByteBuffer.allocate(1)))
                    .as("the end, because the connection was closed")
                    .isEqualTo(-1);
        }
        assertThat(failed).isTrue();
    }
}
