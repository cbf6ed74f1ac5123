package dev.mortise.plugin.toolguard;

import dev.mortise.plugin.recordedcases.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        return RecordedCases.of("tool_guard", ToolGuard.class, 5).tests();
    }
}
