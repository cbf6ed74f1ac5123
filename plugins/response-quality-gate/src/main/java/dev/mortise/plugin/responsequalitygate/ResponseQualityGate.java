package dev.mortise.plugin.responsequalitygate;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.Set;

/** Notes down how good a response seems, for the hooks and people that choose what to do about it. It refuses nothing. */
public final class ResponseQualityGate implements Hook {

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Inspection inspection;

    @Override
    public void onLoad(PluginContext context) {
        inspection = new Inspection(context.config().as(Settings.class));
    }

    @Override
    public Decision execute(HookContext request) {
        if (request.metadata("_cache_status")
                .filter(new JsonString("HIT")::equals)
                .isPresent()) {
            note(request, 1, "cached");
            return Decision.passthrough();
        }
        Set<Issue> issues = inspection.of(new Exchange(request.body(), request.response()));
        Grade grade = Grade.of(issues);
        note(request, grade.score(), grade.label());
        if (!issues.isEmpty()) {
            request.putMetadata(
                    "_quality_issues",
                    JsonValue.of(issues.stream().map(Issue::label).toList()));
        }
        return Decision.passthrough();
    }

    private static void note(HookContext request, double score, String status) {
        request.putMetadata("_quality_score", JsonNumber.of(score));
        request.putMetadata("_quality_status", new JsonString(status));
    }
}
