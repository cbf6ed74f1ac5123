package dev.mortise.server.auth;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secret in an {@code Authorization} header, RFC 6750. */
final class BearerToken {

    /** The scheme in any case, one or more spaces, and the characters of a {@code b64token}. */
    private static final Pattern HEADER = Pattern.compile("(?i:bearer) {1,8}([A-Za-z0-9._~+/-]{1,512}=*) *");

    private BearerToken() {}

    /** The secret; nothing if there is no header, more than one, or one of another form. */
    static Optional<String> in(List<String> authorizationHeaders) {
        if (authorizationHeaders.size() != 1) {
            return Optional.empty();
        }
        String header = authorizationHeaders.getFirst();
        if (header.length() > 600) {
            return Optional.empty();
        }
        Matcher matcher = HEADER.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
