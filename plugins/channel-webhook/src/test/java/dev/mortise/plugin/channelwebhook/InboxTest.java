package dev.mortise.plugin.channelwebhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.StateStore;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.plugin.channelwebhook.Inbox.Said;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While the plugin is swapped, two instances of it fill the same inbox. */
@PluginTest(ChannelWebhook.class)
class InboxTest {

    private static final Said SAID = new Said("c", "ada", "once", Map.of());

    private static Inbox inbox(StateStore state) {
        return new Inbox(state, Clock.systemUTC(), 10);
    }

    /** The store as it is, on which something else happens just before the first use of a key. */
    private static StateStore interrupted(StateStore state, String operation, String key, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals(operation)
                            && arguments[0].toString().startsWith(key)
                            && done.compareAndSet(false, true)) {
                        action.run();
                    }
                    return method.invoke(state, arguments);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys in/", "increment in-number", "compareAndSet seen/", "compareAndSet in/"})
    void aMessageThatBothAreGivenAtOnceIsKeptOnce(String moment, PluginUnderTest plugin) {
        StateStore state = plugin.state();
        Inbox after = inbox(state);
        Optional<String> id = Optional.of("msg-1");
        String[] words = moment.split(" ", 2);
        Inbox before = inbox(interrupted(
                state,
                words[0],
                words[1],
                () -> assertThat(after.accept(id, SAID)).isTrue()));

        assertThat(before.accept(id, SAID)).isTrue();
        assertThat(before.accept(id, SAID)).isTrue();

        assertThat(after.receive(10, Duration.ZERO))
                .extracting(IncomingMessage::text)
                .containsExactly("once");
    }
}
