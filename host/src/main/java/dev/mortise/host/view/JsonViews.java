package dev.mortise.host.view;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Functions.FunctionView;
import dev.mortise.host.Generations.GenerationView;
import dev.mortise.host.HostEvent;
import dev.mortise.host.HostStatus;
import dev.mortise.host.Plan;
import dev.mortise.host.PluginView;
import dev.mortise.host.Plugins.CatalogEntry;
import dev.mortise.host.Plugins.PackageReport;
import dev.mortise.host.Rings.RequestTrace;
import dev.mortise.host.Rings.RingView;
import dev.mortise.host.Services.ServiceView;
import dev.mortise.host.Tokens.IssuedToken;
import dev.mortise.host.Tokens.TokenView;
import dev.mortise.host.Traces.Trace;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.Version;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import java.util.List;
import java.util.function.Function;

/**
 * What the host's operations return, as JSON: the same in every adapter. Members are named as the components of the
 * records, in snake case; what is absent is left out; times are ISO 8601, durations are numbers of milliseconds and say
 * so in their names.
 */
public final class JsonViews {

    private JsonViews() {}

    /** A ring with its hooks in their order, durations in microseconds. */
    public static JsonObject ring(RingView ring) {
        return RingJson.ring(ring);
    }

    public static JsonObject requestTrace(RequestTrace trace) {
        return RingJson.trace(trace);
    }

    public static JsonObject service(ServiceView service) {
        return new Members()
                .put("contract", service.contract())
                .put("type", service.type())
                .put("plugin", service.plugin().value())
                .put("version", service.version().value())
                .put("priority", service.priority())
                .put("preferred", service.preferred())
                .toObject();
    }

    /** An array of views. */
    public static <T> JsonArray array(List<T> values, Function<T, JsonObject> view) {
        return new JsonArray(values.stream().<JsonValue>map(view).toList());
    }

    public static JsonObject status(HostStatus status) {
        return new Members()
                .put("version", status.version())
                .put("phase", status.phase())
                .put("started_at", status.startedAt())
                .put("generation", status.generation())
                .put("active", status.active())
                .put("failed", status.failed())
                .put("disabled", status.disabled())
                .put("in_flight", status.inFlight())
                .put("leaked", status.leaked())
                .put("runtimes", status.runtimes())
                .toObject();
    }

    /** Flat, with what the manifest and the installation say beside what is going on. Secrets stay masked. */
    public static JsonObject plugin(PluginView plugin) {
        return PluginJson.plugin(plugin);
    }

    /** The effective configuration with the fields of its form and, where the manifest has one, its schema. */
    public static JsonObject configuration(PluginView plugin) {
        return PluginJson.configuration(plugin);
    }

    public static JsonObject plan(Plan plan) {
        return new Members()
                .put("base", plan.base())
                .put("cause", cause(plan.cause()))
                .put("steps", array(plan.steps(), JsonViews::step))
                .put("permissions", array(plan.permissions(), JsonViews::permissions))
                .put("rings", array(plan.rings(), RingJson::order))
                .put("webhooks", array(plan.webhooks(), JsonViews::webhook))
                .toObject();
    }

    public static JsonObject outcome(ChangeOutcome outcome) {
        return new Members()
                .put("generation", outcome.generation())
                .put("changed", outcome.changed())
                .put("plan", plan(outcome.plan()))
                .put("plugins", array(outcome.plugins(), JsonViews::plugin))
                .toObject();
    }

    public static JsonObject catalogEntry(CatalogEntry entry) {
        return new Members()
                .put("name", entry.name())
                .put("location", entry.location().toString())
                .toObject();
    }

    public static JsonObject packageReport(PackageReport report) {
        return new Members()
                .put("id", report.id().value())
                .put("version", report.version())
                .put("digest", report.digest())
                .put("permissions", report.permissions())
                .put("description", report.description())
                .toObject();
    }

    /** Without the plugins' configurations, for those may hold secrets. */
    public static JsonObject generation(GenerationView generation) {
        GenerationRecord record = generation.record();
        return new Members()
                .put("number", record.number())
                .put("at", record.at())
                .put("actor", record.actor())
                .put("via", record.via())
                .put("cause", cause(record.cause()))
                .put("live", generation.live())
                .put("difference", generation.difference())
                .put("plugins", array(List.copyOf(record.plugins().values()), PluginJson::entry))
                .toObject();
    }

    public static JsonObject function(FunctionView function) {
        return new Members()
                .put("name", function.name())
                .put("qualified_name", function.qualifiedName())
                .put("plugin", function.plugin().value())
                .put("version", function.version().value())
                .put("description", function.description())
                .put("params", function.params())
                .put("result", function.result())
                .put("idempotent", function.idempotent())
                .toObject();
    }

    public static JsonObject event(HostEvent event) {
        return new Members()
                .put("sequence", event.sequence())
                .put("at", event.at())
                .put("kind", event.kind())
                .put("name", event.name())
                .put("source", event.source())
                .put("data", event.data())
                .toObject();
    }

    public static JsonObject trace(Trace trace) {
        return new Members()
                .put("trace_id", trace.traceId())
                .put("at", trace.at())
                .put("plugin", trace.plugin())
                .put("contribution", trace.contribution())
                .put("generation", trace.generation())
                .put("caller", trace.caller())
                .putMillis("duration", trace.duration())
                .put("outcome", trace.outcome())
                .put("message", trace.message())
                .toObject();
    }

    public static JsonObject auditEntry(AuditEntry entry) {
        return new Members()
                .put("number", entry.number())
                .put("at", entry.at())
                .put("actor", entry.actor())
                .put("via", entry.via())
                .put("action", entry.action())
                .put("subject", entry.subject())
                .put("outcome", entry.outcome())
                .put("detail", entry.detail())
                .toObject();
    }

    public static JsonObject token(TokenView token) {
        return new Members()
                .put("name", token.name())
                .put("role", token.role())
                .put("created_at", token.createdAt())
                .toObject();
    }

    /** The one view that shows a secret, for the one time that it is shown. */
    public static JsonObject issuedToken(IssuedToken token) {
        return new Members()
                .put("name", token.name())
                .put("role", token.role())
                .put("secret", token.secret())
                .toObject();
    }

    private static JsonObject cause(Cause cause) {
        return new Members()
                .put("action", cause.action())
                .put("subject", cause.subject())
                .put("detail", cause.detail())
                .toObject();
    }

    private static JsonObject step(Plan.Step step) {
        return new Members()
                .put("action", step.action())
                .put("plugin", step.plugin().value())
                .put("from", step.from().map(Version::value))
                .put("to", step.to().map(Version::value))
                .put("digest", step.digest().map(Object::toString))
                .put("reason", step.reason())
                .toObject();
    }

    private static JsonObject webhook(Plan.WebhookChange change) {
        return new Members()
                .put("plugin", change.plugin().value())
                .put("prefix", change.prefix())
                .put("opens", change.opens())
                .toObject();
    }

    private static JsonObject permissions(Plan.PermissionChange change) {
        return new Members()
                .put("plugin", change.plugin().value())
                .put("added", change.added())
                .put("removed", change.removed())
                .toObject();
    }
}
