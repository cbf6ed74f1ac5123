package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LifecycleTest {

    /** The picture of the design, written down independently of the code. */
    private static final Set<String> EDGES = Set.of(
            "Resolved→Loaded",
            "Resolved→Failed",
            "Loaded→Active",
            "Loaded→Stopped",
            "Loaded→Failed",
            "Active→Stopped",
            "Active→Failed");

    @Property
    void followsThePictureAndNothingElse(@ForAll("walks") List<Lifecycle> walk) {
        Lifecycle state = new Lifecycle.Resolved();
        for (Lifecycle next : walk) {
            Lifecycle from = state;
            if (EDGES.contains(name(from) + "→" + name(next))) {
                state = from.to(next);
                assertThat(state).isEqualTo(next);
            } else {
                assertThatThrownBy(() -> from.to(next)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Provide
    Arbitrary<List<Lifecycle>> walks() {
        return Arbitraries.of(
                        new Lifecycle.Resolved(),
                        new Lifecycle.Loaded(),
                        new Lifecycle.Active(),
                        new Lifecycle.Stopped(),
                        new Lifecycle.Failed("reason"))
                .map(state -> (Lifecycle) state)
                .list()
                .ofMaxSize(8);
    }

    private static String name(Lifecycle state) {
        return state.getClass().getSimpleName();
    }
}
