package dev.mortise.plugin.statusprobe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses whose first bits are the same, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
record AddressBlock(InetAddress start, int bits) {

    /** An address in figures, so that no name is looked up. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** @return nothing if the text is no block */
    static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        String figures = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> start = literal(figures);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        int most = start.get().getAddress().length * 8;
        String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most
                ? Optional.of(new AddressBlock(start.get(), Integer.parseInt(bits)))
                : Optional.empty();
    }

    static AddressBlock of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no block of addresses"));
    }

    /** @return nothing if the text is a name or nonsense */
    static Optional<InetAddress> literal(String text) {
        try {
            return LITERAL.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] one = start.getAddress();
        byte[] two = other.getAddress();
        if (one.length != two.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((one[bit / 8] ^ two[bit / 8]) & 0x80 >> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }
}
