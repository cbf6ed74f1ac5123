package dev.mortise.cli.client;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.output.ProblemDetails;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a host's problem document, RFC 9457, into words for a person. */
final class Refusal {

    private Refusal() {}

    static CommandFailure of(int status, String body, HostAddress address) {
        if (!(JsonCodec.STANDARD.parseObject(body) instanceof Result.Ok<JsonObject>(JsonObject problem))) {
            return CommandFailure.of(
                    address.url() + " answered with status " + status + " and no reason; is it a Mortise host?");
        }
        String code = problem.text("code").orElse("status " + status);
        String message =
                problem.text("detail").or(() -> problem.text("title")).orElse("the host refused without saying why");
        return CommandFailure.refused(message + " (" + code + ")", problem, advice(status, problem, address));
    }

    private static List<String> advice(int status, JsonObject problem, HostAddress address) {
        List<String> lines = new ArrayList<>();
        problem.object("details").map(ProblemDetails::lines).ifPresent(lines::addAll);
        if (status == 401) {
            lines.add(
                    address.local().isPresent()
                            ? "the token in " + address.local().get().tokenFile()
                                    + " is not readable or not valid; starting the host again renews it"
                            : "set MORTISE_TOKEN to a token made with: mortise token create NAME --role viewer");
        } else if (status == 403 && problem.text("code").equals(Optional.of("permission_denied"))) {
            lines.add("use a token with a greater role; an administrator makes one with: mortise token create");
        }
        return lines;
    }
}
