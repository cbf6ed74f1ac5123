package dev.mortise.plugin.systempromptenforcer;

import dev.mortise.plugin.recordedcases.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        return RecordedCases.of("system_prompt_enforcer", SystemPromptEnforcer.class, 7)
                .tests();
    }
}
