package dev.mortise.plugin.tenantqosrouter;

import dev.mortise.plugin.recordedcases.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        return RecordedCases.of("tenant_qos_router", TenantQosRouter.class, 4).tests();
    }
}
