package dev.mortise.plugin.statusprobe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which targets an operator allows. Whoever writes components may not be the operator, and the host can reach neighbours that
 * they cannot: so an address that is not public has to be granted by itself or by the exact name of its host.
 */
public final class Grants {

    private static final Pattern NAME =
            Pattern.compile("(\\*|(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::([1-9][0-9]{0,4}))?");

    /** @param port 0 for any */
    private record Name(String pattern, int port) {

        boolean covers(Target target) {
            return (port == 0 || port == target.port())
                    && (pattern.equals("*")
                            || pattern.equals(target.host())
                            || pattern.startsWith("*.") && target.host().endsWith(pattern.substring(1)));
        }

        boolean isExact() {
            return !pattern.startsWith("*");
        }
    }

    private final List<Name> names = new ArrayList<>();
    private final List<AddressBlock> blocks = new ArrayList<>();

    private Grants() {}

    /**
     * Reads grants.
     *
     * @param key of the configuration, for the words of a refusal
     * @param texts each a host such as {@code example.com}, {@code *.example.com} or {@code *}, maybe with a port, or
     *     addresses such as {@code 10.1.0.0/16}
     * @throws IllegalArgumentException if one is neither
     */
    public static Grants of(String key, List<String> texts) {
        Grants grants = new Grants();
        for (String text : texts) {
            Optional<AddressBlock> block = AddressBlock.parse(text);
            Matcher name = NAME.matcher(text.toLowerCase(Locale.ROOT));
            if (block.isPresent()) {
                grants.blocks.add(block.get());
            } else if (name.matches()) {
                grants.names.add(new Name(name.group(1), name.group(2) == null ? 0 : Integer.parseInt(name.group(2))));
            } else {
                throw new IllegalArgumentException(key + ": '" + text
                        + "' is neither a host such as example.com, *.example.com or example.com:443, nor addresses such as"
                        + " 10.1.0.0/16");
            }
        }
        return grants;
    }

    /** Whether anything at all may be connected to for it; if not, its name is not even looked up. */
    boolean mayCover(Target target) {
        return !blocks.isEmpty() || names.stream().anyMatch(name -> name.covers(target));
    }

    /** @param address of the target's host */
    boolean cover(Target target, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address))
                || names.stream()
                        .filter(name -> name.covers(target))
                        .anyMatch(name -> name.isExact() || PublicAddresses.contain(address));
    }
}
