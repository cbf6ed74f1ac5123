package dev.mortise.host.packages;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells addresses of the public Internet from all others, which a package must not be fetched from unless the operator
 * says so: a host can reach neighbours that the sender of a URL cannot. Ranges are those of the IANA special-purpose
 * registries for IPv4 and IPv6. Addresses that carry an IPv4 address in them are judged by that one.
 */
final class AddressRange {

    private static final List<Block> NOT_PUBLIC_V4 = List.of(
            Block.v4(0, 0, 0, 0, 8), // this network, and the unspecified address
            Block.v4(10, 0, 0, 0, 8), // private
            Block.v4(100, 64, 0, 0, 10), // carrier-grade NAT
            Block.v4(127, 0, 0, 0, 8), // loopback
            Block.v4(169, 254, 0, 0, 16), // link-local, and the metadata services of clouds
            Block.v4(172, 16, 0, 0, 12), // private
            Block.v4(192, 0, 0, 0, 24), // protocol assignments
            Block.v4(192, 0, 2, 0, 24), // documentation
            Block.v4(192, 88, 99, 0, 24), // 6to4 relays
            Block.v4(192, 168, 0, 0, 16), // private
            Block.v4(198, 18, 0, 0, 15), // benchmarks
            Block.v4(198, 51, 100, 0, 24), // documentation
            Block.v4(203, 0, 113, 0, 24), // documentation
            Block.v4(224, 0, 0, 0, 3)); // multicast, reserved and broadcast

    /** All that is assigned to the public so far; loopback, unique-local, link-local and multicast lie outside. */
    private static final Block PUBLIC_V6 = Block.v6(3, 0x2000);

    private static final List<Block> NOT_PUBLIC_V6 = List.of(
            Block.v6(23, 0x2001), // protocol assignments, Teredo among them
            Block.v6(32, 0x2001, 0xdb8), // documentation
            Block.v6(20, 0x3fff)); // documentation

    private static final Block NAT64 = Block.v6(96, 0x64, 0xff9b);
    private static final Block SIX_TO_FOUR = Block.v6(16, 0x2002);
    private static final Block MAPPED_V4 = Block.v6(96, 0, 0, 0, 0, 0, 0xffff);

    private AddressRange() {}

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return carriedV4(bytes).map(AddressRange::isPublicV4).orElseGet(() -> isPublicV6(bytes));
    }

    private static Optional<byte[]> carriedV4(byte[] bytes) {
        if (bytes.length == 4) {
            return Optional.of(bytes);
        }
        if (NAT64.contains(bytes) || MAPPED_V4.contains(bytes)) {
            return Optional.of(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return Optional.of(Arrays.copyOfRange(bytes, 2, 6));
        }
        return Optional.empty();
    }

    private static boolean isPublicV4(byte[] bytes) {
        return NOT_PUBLIC_V4.stream().noneMatch(block -> block.contains(bytes));
    }

    private static boolean isPublicV6(byte[] bytes) {
        return PUBLIC_V6.contains(bytes) && NOT_PUBLIC_V6.stream().noneMatch(block -> block.contains(bytes));
    }

    /** Addresses whose first bits are these. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves this class
    private record Block(byte[] start, int bits) {

        static Block v4(int a, int b, int c, int d, int bits) {
            return new Block(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, bits);
        }

        static Block v6(int bits, int... groups) {
            byte[] start = new byte[16];
            for (int i = 0; i < groups.length; i++) {
                start[2 * i] = (byte) (groups[i] >> 8);
                start[2 * i + 1] = (byte) groups[i];
            }
            return new Block(start, bits);
        }

        boolean contains(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
