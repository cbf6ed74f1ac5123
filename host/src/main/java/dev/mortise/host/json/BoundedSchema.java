package dev.mortise.host.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Applies a schema for a bounded time. What cannot be checked within the bounds does not fit. */
record BoundedSchema(Schema schema) {

    private static final long STEPS = 1_000_000;
    private static final int DEPTH = 1_000;
    private static final int REPORTED = 100;

    /** What does not fit, in the order in which it was found; at most the first hundred. */
    List<Violation> violations(JsonValue value) {
        try {
            JsonNode node = JsonTree.of(value);
            List<Error> errors = ScopedValue.where(PatternBudget.CURRENT, new PatternBudget())
                    .call(() -> schema.validate(node, BoundedSchema::bound));
            return errors.stream()
                    .map(ViolationText::of)
                    .distinct()
                    .limit(REPORTED)
                    .toList();
        } catch (JsonTree.NumberOutOfRange e) {
            return List.of(new Violation("", "", "holds a number that is too large or too small"));
        } catch (PatternBudget.Exhausted e) {
            return unchecked(String.valueOf(e.getMessage()));
        } catch (ValidationLimitExceededException e) {
            return unchecked(
                    switch (e.getLimitKind()) {
                        case EVALUATION_STEPS -> "it takes too many steps";
                        case EVALUATION_DEPTH -> "the schema or the value is nested too deeply";
                    });
        } catch (StackOverflowError e) {
            return unchecked("the schema or the value is nested too deeply");
        } catch (SchemaException e) {
            return unchecked("the schema is faulty");
        }
    }

    private static void bound(ExecutionContext context) {
        context.executionConfig(config -> config.maxEvaluationSteps(STEPS).maxEvaluationDepth(DEPTH));
    }

    private static List<Violation> unchecked(String why) {
        return List.of(new Violation("", "", "cannot be checked against the schema: " + why));
    }
}
