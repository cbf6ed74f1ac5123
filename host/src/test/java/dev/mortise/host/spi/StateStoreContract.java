package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface StateStoreContract extends StorageUnderTest {

    @Test
    default void aValueIsReadBackUntilItIsDeleted() {
        StateStore state = state();
        assertThat(state.get("greeting")).isEmpty();

        state.set("greeting", "hello");
        assertThat(state.get("greeting")).contains("hello");
        state.set("greeting", "");
        assertThat(state.get("greeting")).contains("");

        assertThat(state.delete("greeting")).isTrue();
        assertThat(state.delete("greeting")).isFalse();
        assertThat(state.get("greeting")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "a\0b", "it's", "\"", "%", "_", "\\", " ", "\n", "é", "e\u0301", "😀", "\uFFFF", "null"})
    default void keysAndValuesHoldAnyCharacter(String text) {
        StateStore state = state();
        state.set(text, text + text);

        assertThat(state.get(text)).contains(text + text);
        assertThat(state.keys(text, 10)).containsExactly(text);
        assertThat(state.compareAndSet(text, text + text, text)).isTrue();
        assertThat(state.get(text)).contains(text);
    }

    @Test
    default void noPluginSeesTheStateOfAnother() {
        StateStore mine = state();
        StateStore others = storage().state(new PluginId("greeter-2"));
        mine.set("key", "mine");
        others.set("key", "others");
        others.set("only-there", "x");

        assertThat(mine.get("key")).contains("mine");
        assertThat(mine.get("only-there")).isEmpty();
        assertThat(mine.keys("", 10)).containsExactly("key");
        assertThat(mine.delete("only-there")).isFalse();
        assertThat(others.get("key")).contains("others");
    }

    @Test
    default void everyInstanceOfAPluginHasTheSameState() {
        StateStore old = state();
        StateStore young = state();

        old.set("key", "of the old one");

        assertThat(young.get("key")).contains("of the old one");
        assertThat(young.increment("count", 1)).isEqualTo(1);
        assertThat(old.increment("count", 1)).isEqualTo(2);
    }

    @Test
    default void clearingForgetsThePluginsStateAndNoOther() {
        StateStore others = storage().state(new PluginId("other"));
        others.set("key", "kept");
        StateStore mine = state();
        mine.set("key", "gone");
        mine.set("timed", "gone", Duration.ofDays(1));

        storage().clearState(new PluginId("greeter"));
        storage().clearState(new PluginId("never-seen"));

        assertThat(mine.keys("", 10)).isEmpty();
        assertThat(others.get("key")).contains("kept");
        mine.set("key", "anew");
        assertThat(mine.get("key")).contains("anew");
    }

    @Test
    default void keysHold1To512Characters() {
        StateStore state = state();
        for (String key : List.of("k", "k".repeat(512), "😀".repeat(512))) {
            state.set(key, "value");
            assertThat(state.get(key)).contains("value");
        }

        for (String key : List.of("", "k".repeat(513), "😀".repeat(513))) {
            List<Runnable> uses = List.of(
                    () -> state.get(key),
                    () -> state.set(key, "value"),
                    () -> state.set(key, "value", Duration.ofDays(1)),
                    () -> state.delete(key),
                    () -> state.compareAndSet(key, null, "value"),
                    () -> state.increment(key, 1),
                    () -> state.increment(key, 1, Duration.ofDays(1)));
            for (Runnable use : uses) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("512");
            }
        }
        assertThat(state.keys("", 10)).hasSize(3);
    }

    @Test
    default void valuesHoldAtMostOneMebibyte() {
        StateStore state = state();
        for (String value : List.of("v".repeat(1 << 20), "é".repeat(1 << 19))) {
            state.set("large", value);
            assertThat(state.get("large").orElseThrow().equals(value)).isTrue();
        }
        state.set("large", "small");

        for (String value : List.of("v".repeat((1 << 20) + 1), "é".repeat((1 << 19) + 1))) {
            List<Runnable> uses = List.of(
                    () -> state.set("large", value),
                    () -> state.set("large", value, Duration.ofDays(1)),
                    () -> state.compareAndSet("large", "small", value));
            for (Runnable use : uses) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1 MiB");
            }
        }
        assertThat(state.get("large")).contains("small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db"})
    default void halvesOfCharactersAreRefusedRatherThanMangled(String half) {
        StateStore state = state();
        state.set("?", "?");

        assertThatThrownBy(() -> state.set(half, "value")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state.set("key", half)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state.get(half)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state.keys(half, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(state.compareAndSet("?", half, "other")).isFalse();
        assertThat(state.keys("", 10)).containsExactly("?");
    }

    @Test
    default void anEntryIsGoneOnceItsTimeToLiveHasPassed() {
        StateStore state = state();
        state.set("session", "value", Duration.ofSeconds(10));
        state.set("for-ever", "value");

        clock().advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(state.get("session")).contains("value");
        assertThat(state.keys("", 10)).containsExactly("for-ever", "session");

        clock().advance(Duration.ofMillis(1));
        assertThat(state.get("session")).isEmpty();
        assertThat(state.keys("", 10)).containsExactly("for-ever");
        assertThat(state.delete("session")).isFalse();
    }

    @Test
    default void settingAValueTakesAwayItsTimeToLive() {
        StateStore state = state();
        state.set("key", "timed", Duration.ofSeconds(10));
        state.set("key", "for ever");

        clock().advance(Duration.ofDays(1));
        assertThat(state.get("key")).contains("for ever");

        state.set("key", "timed again", Duration.ofSeconds(10));
        clock().advance(Duration.ofSeconds(10));
        assertThat(state.get("key")).isEmpty();
    }

    @Test
    default void aTimeToLiveMayBeShortOrLongerThanAnyClock() {
        StateStore state = state();
        state.set("short", "value", Duration.ofNanos(1));
        state.set("long", "value", Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(state.get("short")).contains("value");
        clock().advance(Duration.ofMillis(1));
        assertThat(state.get("short")).isEmpty();
        clock().advance(Duration.ofDays(365_000));
        assertThat(state.get("long")).contains("value");

        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> state.set("key", "value", none)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> state.increment("key", 1, none)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void compareAndSetReplacesTheExpectedValueOnly() {
        StateStore state = state();
        assertThat(state.compareAndSet("key", "old", "new")).isFalse();
        assertThat(state.compareAndSet("key", null, "first")).isTrue();
        assertThat(state.compareAndSet("key", null, "second")).isFalse();
        assertThat(state.compareAndSet("key", "First", "second")).isFalse();
        assertThat(state.get("key")).contains("first");
        assertThat(state.compareAndSet("key", "first", "second")).isTrue();
        assertThat(state.get("key")).contains("second");
    }

    @Test
    default void compareAndSetDeletesTheExpectedValue() {
        StateStore state = state();
        state.set("key", "value");

        assertThat(state.compareAndSet("key", "other", null)).isFalse();
        assertThat(state.compareAndSet("key", null, null)).isFalse();
        assertThat(state.get("key")).contains("value");
        assertThat(state.compareAndSet("key", "value", null)).isTrue();
        assertThat(state.get("key")).isEmpty();
        assertThat(state.compareAndSet("key", null, null)).isTrue();
    }

    @Test
    default void compareAndSetTakesAnEndedEntryForNone() {
        StateStore state = state();
        state.set("lock", "holder", Duration.ofSeconds(10));
        clock().advance(Duration.ofSeconds(10));

        assertThat(state.compareAndSet("lock", "holder", "thief")).isFalse();
        assertThat(state.compareAndSet("lock", "holder", null)).isFalse();
        assertThat(state.compareAndSet("lock", null, "next holder")).isTrue();
        clock().advance(Duration.ofDays(1));
        assertThat(state.get("lock")).contains("next holder");
    }

    @Test
    default void compareAndSetLeavesATimeToLiveAlone() {
        StateStore state = state();
        state.set("session", "a", Duration.ofSeconds(10));

        assertThat(state.compareAndSet("session", "a", "b")).isTrue();

        clock().advance(Duration.ofSeconds(9));
        assertThat(state.get("session")).contains("b");
        clock().advance(Duration.ofSeconds(1));
        assertThat(state.get("session")).isEmpty();
    }

    @Test
    default void aCounterBeginsAtZero() {
        StateStore state = state();

        assertThat(state.increment("count", 5)).isEqualTo(5);
        assertThat(state.increment("count", -7)).isEqualTo(-2);
        assertThat(state.increment("count", 0)).isEqualTo(-2);
        assertThat(state.get("count")).contains("-2");
        state.set("count", "41");
        assertThat(state.increment("count", 1)).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "1.5", "1e3", " 1", "0x10", "9223372036854775808", "hunter2"})
    default void whatIsNoWholeNumberIsNotCountedUp(String value) {
        StateStore state = state();
        state.set("count", value);

        assertThatThrownBy(() -> state.increment("count", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'count'")
                .hasMessageContaining("not a whole number")
                .hasMessageNotContaining("hunter2");
        assertThat(state.get("count")).contains(value);
    }

    @Test
    default void aCounterDoesNotWrapAround() {
        StateStore state = state();
        assertThat(state.increment("high", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(state.increment("low", Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);

        assertThatThrownBy(() -> state.increment("high", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> state.increment("low", -1)).isInstanceOf(IllegalStateException.class);
        assertThat(state.increment("high", -1)).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    default void aCountersTimeToLiveIsSetWhenItBeginsAndThenLeftAlone() {
        StateStore state = state();
        assertThat(state.increment("per-minute", 1, Duration.ofSeconds(60))).isEqualTo(1);

        clock().advance(Duration.ofSeconds(59));
        assertThat(state.increment("per-minute", 1, Duration.ofSeconds(60))).isEqualTo(2);
        assertThat(state.increment("per-minute", 1)).isEqualTo(3);

        clock().advance(Duration.ofSeconds(1));
        assertThat(state.get("per-minute")).isEmpty();
        assertThat(state.increment("per-minute", 1, Duration.ofSeconds(60))).isEqualTo(1);

        assertThat(state.increment("for-ever", 1)).isEqualTo(1);
        assertThat(state.increment("for-ever", 1, Duration.ofSeconds(60))).isEqualTo(2);
        clock().advance(Duration.ofDays(1));
        assertThat(state.get("for-ever")).contains("2");
    }

    @Test
    default void keysComeByPrefixInOrderAndNoMoreThanAskedFor() {
        StateStore state = state();
        List<String> keys = List.of("a", "a%b", "a%c", "aXb", "a_b", "b", "A%b", "a\\b", "é", "\uFFFD", "😀", "😀b");
        keys.forEach(key -> state.set(key, "value"));

        assertThat(state.keys("a%", 10)).containsExactly("a%b", "a%c");
        assertThat(state.keys("a_", 10)).containsExactly("a_b");
        assertThat(state.keys("a\\", 10)).containsExactly("a\\b");
        assertThat(state.keys("a", 3)).containsExactly("a", "a%b", "a%c");
        assertThat(state.keys("😀", 10)).containsExactly("😀", "😀b");
        assertThat(state.keys("c", 10)).isEmpty();
        assertThat(state.keys("a", 0)).isEmpty();
        assertThat(state.keys("", 100))
                .containsExactly("A%b", "a", "a%b", "a%c", "aXb", "a\\b", "a_b", "b", "é", "\uFFFD", "😀", "😀b");
        assertThatThrownBy(() -> state.keys("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void prefixesAtTheEdgesOfUnicodeFindTheirKeys() {
        StateStore state = state();
        String last = Character.toString(Character.MAX_CODE_POINT);
        TreeSet<String> keys = new TreeSet<>(
                List.of("\uD7FF", "\uD7FFx", "\uE000", last, last + "x", "a" + last, "a" + last + "x", "b"));
        keys.forEach(key -> state.set(key, "value"));

        for (String prefix : keys) {
            List<String> expected =
                    keys.stream().filter(key -> key.startsWith(prefix)).toList();
            assertThat(state.keys(prefix, 100)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    default void noIncrementOfSixteenThreadsIsLost() throws Exception {
        int times = 250;

        List<List<Long>> seen = inSixteenThreads(thread -> () -> {
            List<Long> values = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                values.add(state().increment("count", 1));
            }
            return values;
        });

        assertThat(state().get("count")).contains(Integer.toString(16 * times));
        assertThat(seen.stream().flatMap(List::stream).distinct()).hasSize(16 * times);
        assertThat(seen).allSatisfy(values -> assertThat(values).isSorted());
    }

    @Test
    default void everyCompareAndSetOfSixteenThreadsFollowsExactlyOneOther() throws Exception {
        StateStore state = state();
        state.set("chain", "0");
        int times = 100;

        // Each success replaces n by n + 1, so no number can be reached twice and none is left out.
        List<List<Integer>> reached = inSixteenThreads(thread -> () -> {
            List<Integer> own = new ArrayList<>();
            while (own.size() < times) {
                String there = state().get("chain").orElseThrow();
                String next = Integer.toString(Integer.parseInt(there) + 1);
                if (state().compareAndSet("chain", there, next)) {
                    own.add(Integer.parseInt(next));
                }
            }
            return own;
        });

        assertThat(state.get("chain")).contains(Integer.toString(16 * times));
        assertThat(reached.stream().flatMap(List::stream).distinct()).hasSize(16 * times);
        assertThat(reached).allSatisfy(own -> assertThat(own).isSorted());
    }

    @Test
    default void oneOfSixteenThreadsGetsALock() throws Exception {
        for (int round = 0; round < 20; round++) {
            CyclicBarrier together = new CyclicBarrier(16);
            List<Boolean> got = inSixteenThreads(thread -> () -> {
                together.await();
                return state().compareAndSet("lock", null, "thread " + thread);
            });

            assertThat(got).containsOnlyOnce(true);
            assertThat(state().get("lock")).contains("thread " + got.indexOf(true));
            assertThat(state().delete("lock")).isTrue();
        }
    }

    private StateStore state() {
        return storage().state(new PluginId("greeter"));
    }

    private static <T> List<T> inSixteenThreads(IntFunction<Callable<T>> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                futures.add(threads.submit(work.apply(thread)));
            }
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }
}
