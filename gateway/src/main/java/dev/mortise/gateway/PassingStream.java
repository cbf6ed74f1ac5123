package dev.mortise.gateway;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.gateway.Upstreams.Opened;
import dev.mortise.host.RingOutcome;
import java.io.IOException;
import java.time.Duration;

/**
 * A stream that the client sees as it comes. The ring behind the model gets all of it at the end: it can still turn the
 * end into an error, and no longer change what has gone out.
 */
final class PassingStream implements ReplyStream {

    private final RequestPass pass;
    private final Opened opened;
    private final Client client;
    private final GatewaySettings settings;
    private final StreamAssembly assembly;
    private long saidAt;
    private boolean over;

    PassingStream(RequestPass pass, Opened opened, Client client, GatewaySettings settings, StreamAssembly assembly) {
        this.pass = pass;
        this.opened = opened;
        this.client = client;
        this.settings = settings;
        this.assembly = assembly;
    }

    @Override
    public void writeTo(Target target) throws IOException {
        try {
            write(target);
        } finally {
            close();
        }
    }

    private void write(Target target) throws IOException {
        Duration idle = settings.timeouts(opened.target().provider()).idle();
        UpstreamEvent event = opened.first();
        while (event instanceof UpstreamEvent.Chunk(JsonObject json)) {
            String text = json.toString();
            boolean fitted = !assembly.isTruncated();
            assembly.add(json, text.length());
            if (fitted && assembly.isTruncated() && pass.mustBeChecked()) {
                fail(GatewayError.tooLarge(settings.streamBuffer()), target);
                return;
            }
            say(() -> target.data(text));
            event = opened.call().await(idle, client, () -> beat(target));
        }
        if (event instanceof UpstreamEvent.Failure(ServiceException reason)) {
            fail(GatewayError.of(reason), target);
        } else {
            end(target);
        }
    }

    private void fail(GatewayError error, Target target) throws IOException {
        over = true;
        pass.answered();
        pass.respond(assembly.toResponse());
        pass.failed(error);
        pass.finish();
        target.data(error.body().toString());
    }

    private void end(Target target) throws IOException {
        over = true;
        pass.answered();
        JsonObject answer = assembly.toResponse();
        pass.respond(answer);
        if (assembly.isTruncated()) {
            pass.unchecked();
            pass.finish();
            target.done();
            return;
        }
        RingOutcome outcome = pass.run(GatewayRings.POST_FLIGHT);
        if (!(outcome instanceof RingOutcome.Blocked) && pass.response(answer) != answer) {
            pass.changedTooLate();
        }
        pass.finish();
        if (outcome instanceof RingOutcome.Blocked blocked) {
            target.data(GatewayError.of(blocked).body().toString());
        } else {
            target.done();
        }
    }

    private void beat(Target target) throws IOException {
        if (System.nanoTime() - saidAt >= settings.heartbeat().toNanos()) {
            say(target::heartbeat);
        }
    }

    private void say(UpstreamCall.Pause word) throws IOException {
        word.pass();
        saidAt = System.nanoTime();
    }

    /** If it is not over, the client is gone, or never was there. */
    @Override
    public void close() {
        opened.call().close();
        if (!over) {
            over = true;
            pass.respond(assembly.toResponse());
            pass.abandoned();
        }
        // Whatever has gone wrong on the way: a generation that is not left stays for ever.
        pass.close();
    }
}
