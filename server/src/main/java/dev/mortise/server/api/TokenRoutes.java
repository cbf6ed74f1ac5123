package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Role;
import dev.mortise.host.Tokens;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import dev.mortise.server.route.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who may use the host from outside. */
final class TokenRoutes {

    /** For those who read the document; the host holds to it. */
    private static final JsonObject NAME_SCHEMA = Schemas.pattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");

    private static final Parameter<String> NAME_IN_PATH =
            Parameter.inPath("name", "The token's name.", NAME_SCHEMA, "a name", text -> {
                if (text.isEmpty()) {
                    throw new IllegalArgumentException("empty");
                }
                return text;
            });
    private static final Field<String> NAME = Field.text(
                    "name", "What the token is to be called, in the history too.", NAME_SCHEMA, "text", text -> text)
            .mandatory();
    private static final Field<String> ROLE = Field.choice(
                    "role",
                    "What its bearer may do.",
                    Arrays.stream(Role.values()).map(Role::label).toList())
            .mandatory();

    private final Tokens tokens;

    TokenRoutes(Tokens tokens) {
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/tokens")
                        .named("listTokens", Groups.ACCESS, "The tokens, without their secrets.")
                        .needs(Role.ADMIN)
                        .answers("All tokens.", Schemas.listOf("tokens", "Token"))
                        .by(_ -> Answer.ok(JsonObject.of("tokens", JsonViews.array(tokens.list(), JsonViews::token)))),
                Route.post("/api/v1/tokens")
                        .named("issueToken", Groups.ACCESS, "Makes a token; its secret is shown this once.")
                        .needs(Role.ADMIN)
                        .changes("token_issue")
                        .takes(new Payload.Json(Shape.of(NAME, ROLE)))
                        .answers(Reply.json(201, "The token with its secret.", Schemas.ref("IssuedToken")))
                        .refuses(ProblemCode.NAME_TAKEN)
                        .by(this::issue),
                Route.delete("/api/v1/tokens/{name}")
                        .named("revokeToken", Groups.ACCESS, "Revokes a token, at once.")
                        .needs(Role.ADMIN)
                        .changes("token_revoke")
                        .takes(NAME_IN_PATH)
                        .answers("The token that was revoked.", Schemas.ref("Token"))
                        .refuses(ProblemCode.NOT_FOUND)
                        .by(call -> Answer.of(tokens.revoke(call.get(NAME_IN_PATH), call.actor()), JsonViews::token)));
    }

    private Answer issue(Call call) {
        Role role = Role.valueOf(call.get(ROLE).toUpperCase(Locale.ROOT));
        return Answer.from(
                tokens.issue(call.get(NAME), role, call.actor()),
                token -> new Answer.Json(201, JsonViews.issuedToken(token), Map.of()));
    }
}
