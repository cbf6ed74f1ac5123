package dev.mortise.host.packages;

import dev.mortise.host.HostSettings;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where packages may be fetched from. It is asked about the URL that somebody gave, about every one that a server
 * redirects to, and about every address that a name stands for.
 *
 * @param hosts that may be asked at all; no pattern means none
 * @param plainHttpHosts that may be asked without TLS as well
 * @param privateHosts whose addresses need not be public, such as those of the machine itself or of its network
 */
public record UrlPolicy(Set<HostPattern> hosts, Set<HostPattern> plainHttpHosts, Set<HostPattern> privateHosts) {

    private static final Set<HostPattern> ANY = Set.of(new HostPattern("*"));

    /** HTTPS to any host with a public address. */
    public static final UrlPolicy PUBLIC_HTTPS = new UrlPolicy(ANY, Set.of(), Set.of());

    public UrlPolicy {
        hosts = Set.copyOf(hosts);
        plainHttpHosts = Set.copyOf(plainHttpHosts);
        privateHosts = Set.copyOf(privateHosts);
    }

    /** @throws IllegalArgumentException if an allowed host is no {@link HostPattern} */
    public static UrlPolicy of(HostSettings settings) {
        return new UrlPolicy(
                settings.allowedHosts().isEmpty() ? ANY : patterns(settings.allowedHosts().stream()),
                settings.allowPlainHttp() ? ANY : Set.of(),
                settings.allowPrivateAddresses() ? ANY : Set.of());
    }

    /** The same, but for these hosts alone. */
    public UrlPolicy only(String... patterns) {
        return new UrlPolicy(patterns(Arrays.stream(patterns)), plainHttpHosts, privateHosts);
    }

    /** The same, with HTTP without TLS allowed for these hosts too. */
    public UrlPolicy allowingPlainHttp(String... patterns) {
        return new UrlPolicy(hosts, joined(plainHttpHosts, patterns), privateHosts);
    }

    /** The same, with addresses that are not public allowed for these hosts too. */
    public UrlPolicy allowingPrivateAddresses(String... patterns) {
        return new UrlPolicy(hosts, plainHttpHosts, joined(privateHosts, patterns));
    }

    /** Checks all that can be checked without asking for addresses; gives the URL back, or {@code URL_REFUSED}. */
    public Result<URI> check(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return refused("The URL must begin with https://.");
        }
        // Where an authority is not of the form host:port, Java reports no host, and user info stays hidden in it.
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        if (url.getRawUserInfo() != null || authority.contains("@")) {
            return refused("The URL must not carry a user name or a password.");
        }
        String host = url.getHost();
        if (host == null || host.isEmpty()) {
            return refused("The URL must name a host.");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return refused("The URL must have a port between 1 and 65535, or none.");
        }
        if (!matches(hosts, host)) {
            return refused(shown(url) + " is not on a host that this host may fetch packages from. Allowed: "
                    + hosts.stream().map(HostPattern::text).sorted().collect(Collectors.joining(", ")) + ".");
        }
        if (scheme.equals("http") && !matches(plainHttpHosts, host)) {
            return refused(shown(url) + " would be fetched without TLS. Use https://, or allow plain HTTP.");
        }
        return Result.ok(url);
    }

    /** Checks that every address is one that the URL's host may have; gives them back, or {@code URL_REFUSED}. */
    Result<List<InetAddress>> check(URI url, List<InetAddress> addresses) {
        boolean allowed =
                matches(privateHosts, url.getHost()) || addresses.stream().allMatch(AddressRange::isPublic);
        return allowed
                ? Result.ok(addresses)
                : refused(shown(url) + " has an address that is not on the public Internet. To fetch packages from this"
                        + " machine or its network, allow private addresses.");
    }

    /** The URL for messages: without what may be secret, and with control characters still encoded. */
    static String shown(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return Text.abbreviate(url.getScheme() + "://" + url.getHost() + port + url.getRawPath());
    }

    private static boolean matches(Set<HostPattern> patterns, String host) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(host));
    }

    private static <T> Result<T> refused(String message) {
        return Result.refused(Problem.of(ProblemCode.URL_REFUSED, message));
    }

    private static Set<HostPattern> patterns(Stream<String> texts) {
        return texts.map(HostPattern::new).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<HostPattern> joined(Set<HostPattern> some, String... more) {
        Set<HostPattern> all = new HashSet<>(some);
        all.addAll(patterns(Arrays.stream(more)));
        return all;
    }
}
