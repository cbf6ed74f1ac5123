package dev.mortise.plugin.abmodelrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.recordedcases.Agreement;
import dev.mortise.plugin.recordedcases.RecordedCase;
import dev.mortise.plugin.recordedcases.RecordedCases;
import dev.mortise.testkit.HookOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    private static final String MARKER = "_ab_meta";

    private final Map<String, String> modelsOfStickySessions = new HashMap<>();
    private final Set<String> modelsInTheSplit = new HashSet<>();

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        DynamicTest both = DynamicTest.dynamicTest(
                "the even split has used both models",
                () -> assertThat(modelsInTheSplit).containsExactlyInAnyOrder("gpt-4o", "gpt-4o-mini"));
        return Stream.concat(
                RecordedCases.of("ab_model_router", AbModelRouter.class, 35)
                        .comparing(this::compare)
                        .tests(),
                Stream.of(both));
    }

    /** The recorded arm is chance, and its marker stood in the body, where the service saw it. */
    private void compare(RecordedCase recorded, HookOutcome actual) {
        Agreement.compareDecision(recorded, actual.decision());
        JsonObject body = Agreement.bodyAfter(recorded, actual.decision());
        if (recorded.expected().action().equals("passthrough")) {
            assertThat(body).isEqualTo(recorded.expected().body());
            assertThat(actual.metadata()).isEmpty();
            return;
        }
        String model = body.text("model").orElseThrow();
        JsonObject marker = (JsonObject) actual.metadata().get(MARKER);
        String arm = model.equals(recorded.config().text("variant_model").orElseThrow()) ? "variant" : "control";
        JsonObject expected = recorded.expected().body().object(MARKER).orElseThrow();
        assertThat(marker).isEqualTo(expected.with("arm", arm));
        assertThat(body).isEqualTo(recorded.body().with("model", model));
        JsonObject config = recorded.config();
        if (config.bool("sticky").orElseThrow()) {
            assertThat(model).isEqualTo(modelsOfStickySessions.computeIfAbsent(recorded.session(), _ -> model));
        } else if (recorded.expected()
                .body()
                .object(MARKER)
                .orElseThrow()
                .text("experiment_id")
                .orElseThrow()
                .equals("test_exp")) {
            modelsInTheSplit.add(model);
        } else {
            // All of the traffic goes to the variant.
            assertThat(arm).isEqualTo("variant");
        }
    }
}
