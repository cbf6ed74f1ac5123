package dev.mortise.plugin.agenticloopbreaker;

import dev.mortise.plugin.recordedcases.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        return RecordedCases.of("agentic_loop_breaker", AgenticLoopBreaker.class, 26)
                .tests();
    }
}
