package dev.mortise.plugin.statusprobe;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses that anybody can reach from those that only neighbours can, by the special-purpose registries of IANA.
 * An address of version 6 that stands for one of version 4 is judged as that one.
 */
final class PublicAddresses {

    private static final List<AddressBlock> SPECIAL_V4 = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3")
            .map(AddressBlock::of)
            .toList();
    private static final List<AddressBlock> SPECIAL_V6 = Stream.of("2001::/23", "2001:db8::/32", "3fff::/20")
            .map(AddressBlock::of)
            .toList();
    private static final AddressBlock ASSIGNED_V6 = AddressBlock.of("2000::/3");
    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.of("2002::/16");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return none(SPECIAL_V4, address);
        }
        if (NAT64.contains(address)) {
            return contain(carried(address, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return contain(carried(address, 2));
        }
        return ASSIGNED_V6.contains(address) && none(SPECIAL_V6, address);
    }

    private static boolean none(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().noneMatch(block -> block.contains(address));
    }

    private static InetAddress carried(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
