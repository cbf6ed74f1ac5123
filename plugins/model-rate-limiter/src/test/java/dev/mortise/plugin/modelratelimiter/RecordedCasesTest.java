package dev.mortise.plugin.modelratelimiter;

import dev.mortise.plugin.recordedcases.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        return RecordedCases.of("model_rate_limiter", ModelRateLimiter.class, 14)
                .tests();
    }
}
