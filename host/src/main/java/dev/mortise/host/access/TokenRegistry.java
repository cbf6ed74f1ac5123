package dev.mortise.host.access;

import dev.mortise.host.Actor;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Role;
import dev.mortise.host.Tokens;
import dev.mortise.host.model.Text;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.TokenRecord;
import dev.mortise.host.spi.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Issues and recognises tokens. A secret has 256 random bits, so its SHA-256 needs no salt and no slow hash; it is
 * looked up by that hash, and what a clock could tell about the look-up says nothing about the secret.
 */
public final class TokenRegistry implements Tokens {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String PREFIX = "mrt_";

    private final HostStorage.Tokens records;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public TokenRegistry(HostStorage.Tokens records, AuditTrail audit, InstantSource clock) {
        this.records = records;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public synchronized Result<IssuedToken> issue(String name, Role role, Actor actor) {
        if (!NAME.matcher(name).matches()) {
            return Result.refused(Problem.of(
                    ProblemCode.INVALID_REQUEST,
                    "'" + Text.abbreviate(name)
                            + "' is no name for a token: 1 to 64 letters, digits, '.', '_' or '-'"));
        }
        if (records.all().stream().anyMatch(token -> token.name().equals(name))) {
            return Result.refused(Problem.of(
                    ProblemCode.NAME_TAKEN, "there is a token named '" + name + "' already; revoke it first"));
        }
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            records.put(new TokenRecord(name, role.label(), hash(secret), clock.instant()));
        } catch (StorageException e) {
            return Result.refused(Problem.of(ProblemCode.STORAGE_FAILED, "the token was not made: " + e.getMessage()));
        }
        audit.done(actor, "token_issue", name, role.label());
        return Result.ok(new IssuedToken(name, role, secret));
    }

    @Override
    public Optional<Principal> authenticate(String secret) {
        return records.findByHash(hash(secret)).map(token -> new Principal(token.name(), role(token)));
    }

    @Override
    public List<TokenView> list() {
        return records.all().stream().map(TokenRegistry::view).toList();
    }

    @Override
    public synchronized Result<TokenView> revoke(String name, Actor actor) {
        Optional<TokenRecord> token =
                records.all().stream().filter(one -> one.name().equals(name)).findFirst();
        if (token.isEmpty() || !records.delete(name)) {
            return Result.refused(
                    Problem.of(ProblemCode.NOT_FOUND, "there is no token named '" + Text.abbreviate(name) + "'"));
        }
        audit.done(actor, "token_revoke", name, token.get().role());
        return Result.ok(view(token.get()));
    }

    private static TokenView view(TokenRecord token) {
        return new TokenView(token.name(), role(token), token.createdAt());
    }

    private static Role role(TokenRecord token) {
        return Role.valueOf(token.role().toUpperCase(Locale.ROOT));
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
