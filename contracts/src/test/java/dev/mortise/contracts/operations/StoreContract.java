package dev.mortise.contracts.operations;

import static dev.mortise.contracts.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.fixture.Crowd;
import dev.mortise.contracts.operations.Flag.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of a store rely on. The store may hold other things; the tests of one run use keys of their own. */
public abstract class StoreContract {

    /** A store keeps times to the microsecond at least. */
    private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00.123456Z");

    private static final Instant UPDATED = CREATED.plusSeconds(61);

    /** Clocks of two processes on one machine, and rounding. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";

    /** The implementation under test, ready. */
    protected abstract Store store();

    private String key(String name) {
        return prefix + name;
    }

    private Flag fullFlag(String name) {
        return new Flag(
                key(name),
                "What it is for",
                true,
                Flag.COHORT,
                37,
                List.of(new Variant("on", "1", 3), new Variant("off", "", 0)),
                "staff",
                "",
                CREATED,
                UPDATED);
    }

    private Component fullComponent(String name) {
        return new Component(
                key(name),
                "The site",
                "What everybody sees",
                "http",
                Map.of("url", "https://example.org/health?a=b&c", "timeout", ""),
                CREATED,
                UPDATED);
    }

    private Check check(String component, HealthState state, String message, Instant at) {
        return new Check(key(component), state, message, Duration.ofNanos(12_345_678), at);
    }

    private List<String> flagKeys() {
        return store().flags().stream()
                .map(Flag::key)
                .filter(key -> key.startsWith(prefix))
                .toList();
    }

    private List<String> componentKeys() {
        return store().components().stream()
                .map(Component::key)
                .filter(key -> key.startsWith(prefix))
                .toList();
    }

    private List<Check> checks() {
        return store().latestChecks().stream()
                .filter(check -> check.component().startsWith(prefix))
                .toList();
    }

    private static void assertNow(Instant time, Instant before) {
        assertThat(time).isBetween(before.minus(SLACK), Instant.now().plus(SLACK));
    }

    @Test
    void aStoreThatWorksAnswersAPing() {
        store().ping();
    }

    @Test
    void aFlagComesBackAsItWasGiven() {
        Flag flag = fullFlag("full");

        store().createFlag(flag);

        assertThat(store().flag(flag.key())).isEqualTo(flag);
        assertThat(store().flags()).contains(flag);
    }

    @Test
    void aFlagWithNothingButAKeyComesBackAsItWasGiven() {
        Flag flag = new Flag(key("bare"), "", false, "", 0, List.of(), "", "", CREATED, CREATED);

        store().createFlag(flag);

        assertThat(store().flag(flag.key())).isEqualTo(flag);
    }

    @Test
    void variantsKeepTheirOrder() {
        List<Variant> variants = IntStream.range(0, 20)
                .mapToObj(i -> new Variant("v" + (20 - i), "value", i))
                .toList();
        Flag flag =
                new Flag(key("variants"), "", true, Flag.EXPERIMENT, 100, variants, "", "colours", CREATED, UPDATED);

        store().createFlag(flag);

        assertThat(store().flag(flag.key()).variants()).isEqualTo(variants);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Grüße, 世界 🎉",
                "line\nbreak\ttab\r\n",
                "'; DROP TABLE flags; --",
                "\"quoted\" \\back\\ %s {0} $1 <&>",
                " spaces around "
            })
    void textIsKeptAsItIs(String text) {
        Flag flag = new Flag(
                key(text),
                text,
                true,
                Flag.ALL,
                100,
                List.of(new Variant(text, text, 1)),
                text,
                text,
                CREATED,
                UPDATED);
        Component component = new Component(key(text), text, text, text, Map.of(text, text), CREATED, UPDATED);
        Check check = check(text, HealthState.DOWN, text, CREATED);

        store().createFlag(flag);
        store().createComponent(component);
        store().recordCheck(check);

        assertThat(store().flag(flag.key())).isEqualTo(flag);
        assertThat(store().component(component.key())).isEqualTo(component);
        assertThat(store().latestCheck(check.component())).isEqualTo(check);
    }

    @Test
    void longTextIsKept() {
        String text = "0123456789".repeat(10_000);
        Check check = check("long", HealthState.DEGRADED, text, CREATED);

        store().recordCheck(check);

        assertThat(store().latestCheck(check.component()).message()).isEqualTo(text);
    }

    @Test
    void aTimeOfAFlagThatNobodyHasSaidIsNow() {
        Instant before = Instant.now();

        store().createFlag(Flag.of(key("timeless"), true));

        Flag kept = store().flag(key("timeless"));
        assertNow(kept.createdAt(), before);
        assertNow(kept.updatedAt(), before);
        assertThat(kept.withTimes(Instant.EPOCH, Instant.EPOCH)).isEqualTo(Flag.of(key("timeless"), true));
    }

    @Test
    void noSecondFlagHasTheSameKey() {
        Flag first = fullFlag("twice");
        store().createFlag(first);

        assertRefused(Kind.CONFLICT, () -> store().createFlag(first.withEnabled(false)))
                .contains(first.key());

        assertThat(store().flag(first.key())).isEqualTo(first);
    }

    @Test
    void anUpdateReplacesAFlag() {
        store().createFlag(fullFlag("update"));
        Flag next = new Flag(
                key("update"), "Other", false, Flag.BETA, 1, List.of(), "", "", CREATED, UPDATED.plusSeconds(1));

        store().updateFlag(next);

        assertThat(store().flag(next.key())).isEqualTo(next);
        assertThat(flagKeys()).containsExactly(next.key());
    }

    @Test
    void anUpdateThatNamesNoTimesKeepsTheCreationAndIsNow() {
        store().createFlag(fullFlag("times"));
        Instant before = Instant.now();

        store().updateFlag(fullFlag("times").withEnabled(false).withTimes(Instant.EPOCH, Instant.EPOCH));

        Flag kept = store().flag(key("times"));
        assertThat(kept.enabled()).isFalse();
        assertThat(kept.createdAt()).isEqualTo(CREATED);
        assertNow(kept.updatedAt(), before);
    }

    @Test
    void aFlagThatIsDeletedIsGone() {
        store().createFlag(fullFlag("gone"));
        store().createFlag(fullFlag("stays"));

        store().deleteFlag(key("gone"));

        assertRefused(Kind.NOT_FOUND, () -> store().flag(key("gone"))).contains(key("gone"));
        assertThat(flagKeys()).containsExactly(key("stays"));
        store().createFlag(fullFlag("gone"));
    }

    @Test
    void aFlagThatIsNotThereIsNotFound() {
        assertRefused(Kind.NOT_FOUND, () -> store().flag(key("none"))).contains(key("none"));
        assertRefused(Kind.NOT_FOUND, () -> store().updateFlag(fullFlag("none")))
                .contains(key("none"));
        assertRefused(Kind.NOT_FOUND, () -> store().deleteFlag(key("none"))).contains(key("none"));
        assertThat(flagKeys()).isEmpty();
    }

    @Test
    void flagsAreOrderedByTheCharactersOfTheirKeys() {
        List<String> keys = Stream.of("ab", "ä", "a", "Z", "a-b", "10", "9")
                .map(this::key)
                .peek(key -> store().createFlag(Flag.of(key, true)))
                .sorted()
                .toList();

        assertThat(flagKeys()).isEqualTo(keys);
    }

    @Test
    void anEmptyKeyMakesNoSense() {
        assertRefused(Kind.INVALID, () -> store().createFlag(Flag.of("", true)));
        assertRefused(Kind.INVALID, () -> store().flag(""));
        assertRefused(Kind.INVALID, () -> store().updateFlag(Flag.of("", true)));
        assertRefused(Kind.INVALID, () -> store().deleteFlag(""));
        assertRefused(Kind.INVALID, () -> store().createComponent(Component.of("", "", "", Map.of())));
        assertRefused(Kind.INVALID, () -> store().component(""));
        assertRefused(Kind.INVALID, () -> store().updateComponent(Component.of("", "", "", Map.of())));
        assertRefused(Kind.INVALID, () -> store().deleteComponent(""));
        assertRefused(
                Kind.INVALID, () -> store().recordCheck(new Check("", HealthState.DOWN, "", Duration.ZERO, CREATED)));
        assertRefused(Kind.INVALID, () -> store().latestCheck(""));
    }

    @Test
    void aComponentComesBackAsItWasGiven() {
        Component component = fullComponent("full");
        Component bare = new Component(key("bare"), "", "", "", Map.of(), CREATED, CREATED);

        store().createComponent(component);
        store().createComponent(bare);

        assertThat(store().component(component.key())).isEqualTo(component);
        assertThat(store().component(bare.key())).isEqualTo(bare);
        assertThat(store().components()).contains(component, bare);
    }

    @Test
    void aTimeOfAComponentThatNobodyHasSaidIsNow() {
        Instant before = Instant.now();

        store().createComponent(Component.of(key("timeless"), "Name", "http", Map.of("a", "b")));

        Component kept = store().component(key("timeless"));
        assertNow(kept.createdAt(), before);
        assertNow(kept.updatedAt(), before);
    }

    @Test
    void noSecondComponentHasTheSameKey() {
        store().createComponent(fullComponent("twice"));

        assertRefused(
                        Kind.CONFLICT,
                        () -> store().createComponent(Component.of(key("twice"), "Other", "tcp", Map.of())))
                .contains(key("twice"));

        assertThat(store().component(key("twice"))).isEqualTo(fullComponent("twice"));
    }

    @Test
    void anUpdateReplacesAComponent() {
        store().createComponent(fullComponent("update"));
        Component next =
                new Component(key("update"), "Other", "", "tcp", Map.of("port", "80"), CREATED, UPDATED.plusSeconds(1));

        store().updateComponent(next);
        assertThat(store().component(next.key())).isEqualTo(next);

        Instant before = Instant.now();
        store().updateComponent(next.withTimes(Instant.EPOCH, Instant.EPOCH));
        assertThat(store().component(next.key()).createdAt()).isEqualTo(CREATED);
        assertNow(store().component(next.key()).updatedAt(), before);
    }

    @Test
    void aComponentThatIsDeletedIsGoneWithItsChecks() {
        store().createComponent(fullComponent("gone"));
        store().createComponent(fullComponent("stays"));
        store().recordCheck(check("gone", HealthState.DOWN, "", CREATED));
        store().recordCheck(check("stays", HealthState.OPERATIONAL, "", CREATED));

        store().deleteComponent(key("gone"));

        assertRefused(Kind.NOT_FOUND, () -> store().component(key("gone")));
        assertRefused(Kind.NOT_FOUND, () -> store().latestCheck(key("gone")));
        assertThat(componentKeys()).containsExactly(key("stays"));
        assertThat(checks()).extracting(Check::component).containsExactly(key("stays"));
        store().createComponent(fullComponent("gone"));
        assertRefused(Kind.NOT_FOUND, () -> store().latestCheck(key("gone")));
    }

    @Test
    void aComponentThatIsNotThereIsNotFound() {
        assertRefused(Kind.NOT_FOUND, () -> store().component(key("none"))).contains(key("none"));
        assertRefused(Kind.NOT_FOUND, () -> store().updateComponent(fullComponent("none")))
                .contains(key("none"));
        assertRefused(Kind.NOT_FOUND, () -> store().deleteComponent(key("none")))
                .contains(key("none"));
        assertThat(componentKeys()).isEmpty();
    }

    @Test
    void componentsAreOrderedByTheCharactersOfTheirKeys() {
        List<String> keys = Stream.of("b", "B", "a", "_", "é")
                .map(this::key)
                .peek(key -> store().createComponent(Component.of(key, "", "", Map.of())))
                .sorted()
                .toList();

        assertThat(componentKeys()).isEqualTo(keys);
    }

    @Test
    void aFlagAndAComponentMayHaveTheSameKey() {
        store().createFlag(fullFlag("same"));
        store().createComponent(fullComponent("same"));

        store().deleteFlag(key("same"));

        assertThat(store().component(key("same"))).isEqualTo(fullComponent("same"));
    }

    @Test
    void theLatestCheckIsTheOneThatWasMadeLast() {
        Check first = check("site", HealthState.OPERATIONAL, "fine", CREATED);
        Check second = check("site", HealthState.DOWN, "no answer", CREATED.plusNanos(1_000));
        Check stale = check("site", HealthState.DEGRADED, "slow", CREATED.minusSeconds(1));

        store().recordCheck(first);
        assertThat(store().latestCheck(key("site"))).isEqualTo(first);
        store().recordCheck(second);
        assertThat(store().latestCheck(key("site"))).isEqualTo(second);
        store().recordCheck(stale);
        assertThat(store().latestCheck(key("site"))).isEqualTo(second);
        assertThat(checks()).containsExactly(second);
    }

    @Test
    void checksOfAllStatesAreKeptForComponentsThatNobodyKnows() {
        List<Check> given = Stream.of(HealthState.values())
                .map(state -> check("state-" + state.number(), state, "", CREATED))
                .toList();

        given.reversed().forEach(check -> store().recordCheck(check));

        assertThat(checks()).isEqualTo(given);
    }

    @Test
    void aComponentThatWasNeverCheckedHasNoCheck() {
        store().createComponent(fullComponent("unchecked"));

        assertRefused(Kind.NOT_FOUND, () -> store().latestCheck(key("unchecked")))
                .contains(key("unchecked"));
        assertThat(checks()).isEmpty();
    }

    @Test
    void ofManyWhoCreateTheSameFlagAtOnceOneDoes() throws Exception {
        List<Boolean> done = Crowd.each(number -> () -> isDone(
                () -> store().createFlag(Flag.of(key("race"), true).withEnabled(number % 2 == 0)), Kind.CONFLICT));

        assertThat(done).containsOnlyOnce(true);
        assertThat(flagKeys()).containsExactly(key("race"));
    }

    @Test
    void ofManyWhoDeleteTheSameComponentAtOnceOneDoes() throws Exception {
        store().createComponent(fullComponent("race"));

        List<Boolean> done =
                Crowd.each(number -> () -> isDone(() -> store().deleteComponent(key("race")), Kind.NOT_FOUND));

        assertThat(done).containsOnlyOnce(true);
        assertThat(componentKeys()).isEmpty();
    }

    private static boolean isDone(Runnable action, Kind otherwise) {
        try {
            action.run();
            return true;
        } catch (ServiceException e) {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(otherwise);
            return false;
        }
    }

    @Test
    void aFlagThatManyUpdateIsNeverHalfOfOneAndHalfOfAnother() throws Exception {
        store().createFlag(whole(0));

        Crowd.each(number -> () -> {
            for (int round = 0; round < 5; round++) {
                store().updateFlag(whole(number));
                Flag seen = store().flag(key("whole"));
                assertThat(seen).isEqualTo(whole(seen.rollout()));
            }
            return number;
        });
    }

    private Flag whole(int number) {
        String text = "by " + number;
        return new Flag(
                key("whole"),
                text,
                number % 2 == 0,
                Flag.ALL,
                number,
                List.of(new Variant(text, text, number)),
                text,
                text,
                CREATED,
                UPDATED);
    }

    @Test
    void manyWhoWorkAtOnceOnThingsOfTheirOwnLoseNothing() throws Exception {
        Crowd.each(number -> () -> {
            for (int round = 0; round < 5; round++) {
                String name = "n" + number + "-" + round;
                store().createFlag(fullFlag(name));
                store().createComponent(fullComponent(name));
                store().recordCheck(check(name, HealthState.OPERATIONAL, name, CREATED));
                assertThat(store().flag(key(name))).isEqualTo(fullFlag(name));
                if (round % 2 == 1) {
                    store().deleteFlag(key(name));
                }
            }
            return number;
        });

        assertThat(flagKeys()).hasSize(Crowd.SIZE * 3);
        assertThat(componentKeys()).hasSize(Crowd.SIZE * 5);
        assertThat(checks()).hasSize(Crowd.SIZE * 5);
    }

    @Test
    void theLatestOfChecksThatArriveAtOnceIsTheNewest() throws Exception {
        Crowd.each(number -> () -> {
            for (int round = 0; round < 5; round++) {
                store().recordCheck(check(
                        "race", HealthState.OPERATIONAL, "by " + number, CREATED.plusSeconds(number + 100L * round)));
            }
            return number;
        });

        assertThat(store().latestCheck(key("race")))
                .isEqualTo(check(
                        "race",
                        HealthState.OPERATIONAL,
                        "by " + (Crowd.SIZE - 1),
                        CREATED.plusSeconds(Crowd.SIZE - 1 + 400L)));
    }
}
