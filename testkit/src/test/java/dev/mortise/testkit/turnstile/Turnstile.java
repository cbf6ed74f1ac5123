package dev.mortise.testkit.turnstile;

import dev.mortise.api.Decision;
import dev.mortise.api.Emits;
import dev.mortise.api.Event;
import dev.mortise.api.Every;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Health;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.On;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonNumber;
import java.time.Duration;
import java.time.Instant;

/** Counts the requests of each session and blocks those beyond a limit. */
@Emits({Turnstile.LimitReached.class, Turnstile.Report.class})
@SuppressWarnings("NullAway.Init")
public final class Turnstile implements Hook {

    private PluginContext context;
    private Settings settings;
    private volatile boolean jammed;
    private int sinceLoad;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
        settings = given.config().as(Settings.class);
        given.logger().log(System.Logger.Level.INFO, "limit is {0}", settings.limit());
    }

    @Override
    public Health health() {
        return jammed ? Health.unhealthy("jammed") : Health.healthy();
    }

    @Override
    public Decision execute(HookContext request) {
        if (request.body().bool("spin").orElse(false)) {
            spin();
        }
        if (request.body().bool("fail").orElse(false)) {
            throw new IllegalStateException("the arm is stuck");
        }
        String key = "passed." + request.sessionId();
        long passed = request.state().increment(key, 1, Duration.ofHours(1));
        request.putMetadata("turnstile.passed", JsonNumber.of(passed));
        if (passed <= settings.limit()) {
            return Decision.passthrough();
        }
        context.emit(new LimitReached(request.sessionId(), passed));
        return Decision.block(429, "too_many_requests", "Limit of " + settings.limit() + " reached");
    }

    @Rpc(description = "How many requests of a session have passed", idempotent = true)
    public Passed passed(@Param(minLength = 1) String session) throws FunctionException {
        String count = context.state()
                .get("passed." + session)
                .orElseThrow(() -> new FunctionException("no_such_session", "no request of session " + session));
        return new Passed(session, Long.parseLong(count), context.clock().instant());
    }

    @Rpc(description = "Jams the turnstile")
    public void jam(boolean on) {
        jammed = on;
    }

    @Rpc(description = "Calls since this instance was loaded")
    public int sinceLoad() {
        return ++sinceLoad;
    }

    @Rpc(description = "The name of the class loader that this runs in")
    public String loader() {
        return String.valueOf(getClass().getClassLoader().getName());
    }

    @On(value = "session_closed", from = "sessions")
    public void forget(SessionClosed closed) {
        if (closed.session().isEmpty()) {
            throw new IllegalArgumentException("a session without a name");
        }
        context.state().delete("passed." + closed.session());
    }

    @On("alarm")
    public void jamOnAlarm() {
        jammed = true;
    }

    @Every("${window}")
    public void report() {
        if (jammed) {
            throw new IllegalStateException("cannot report while jammed");
        }
        context.emit(new Report(context.state().keys("passed.", 100).size()));
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void spin() {
        long turns = 0;
        while (true) {
            turns++;
        }
    }

    record Settings(int limit, String window) {}

    public record Passed(
            String session, @Param("request_count") long count, Instant at) {}

    public record SessionClosed(String session) {}

    @Event("limit_reached")
    public record LimitReached(String session, long passed) {}

    @Event("report")
    public record Report(int sessions) {}
}
