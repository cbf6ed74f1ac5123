package dev.mortise.plugin.maxtokensenforcer;

import dev.mortise.plugin.recordedcases.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        return RecordedCases.of("max_tokens_enforcer", MaxTokensEnforcer.class, 5)
                .tests();
    }
}
