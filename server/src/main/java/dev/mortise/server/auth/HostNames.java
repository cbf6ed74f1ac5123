package dev.mortise.server.auth;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.model.Text;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names under which a server may be spoken to. A page of some other site whose name was made to lead to this
 * machine (DNS rebinding) gives itself away by the {@code Host} header.
 */
public final class HostNames {

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private final boolean loopbackOnly;
    private final Set<String> names;

    /**
     * A check for one server.
     *
     * @param loopbackOnly whether the server listens on a loopback address; elsewhere any name will do
     * @param names in addition to the loopback ones
     */
    public HostNames(boolean loopbackOnly, Set<String> names) {
        this.loopbackOnly = loopbackOnly;
        this.names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        this.names.addAll(names);
    }

    /**
     * Why the server does not answer to the name; nothing if it does.
     *
     * @param hostHeader as it was sent, with or without a port
     */
    public Optional<Problem> check(String hostHeader) {
        String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
        if (!loopbackOnly || isLoopback(host) || names.contains(host)) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                ProblemCode.PERMISSION_DENIED,
                "this server does not answer to the name '" + Text.abbreviate(host)
                        + "'; use localhost, or have the operator add the name"));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || LOOPBACK_V4.matcher(host).matches();
    }

    private static String withoutPort(String header) {
        int colon = header.lastIndexOf(':');
        return colon > header.lastIndexOf(']') && colon >= 0 ? header.substring(0, colon) : header;
    }
}
