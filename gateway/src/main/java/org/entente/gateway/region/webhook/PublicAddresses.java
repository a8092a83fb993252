package org.entente.gateway.region.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which addresses lie in the public Internet, and not in a network that only this machine may reach (RFC 6890). Pure. */
final class PublicAddresses {
    private static final int BYTE = 0xff;

    private PublicAddresses() {}

    /** Whether anybody could reach the address, so that calling it gives away nothing of the network around the node. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicFour(bytes) : isPublicSix(bytes);
    }

    private static boolean isPublicFour(byte[] bytes) {
        int first = bytes[0] & BYTE;
        int second = bytes[1] & BYTE;
        int third = bytes[2] & BYTE;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean protocol = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean benchmark = first == 198 && (second == 18 || second == 19);
        boolean documentation =
                (first == 198 && second == 51 && third == 100) || (first == 203 && second == 0 && third == 113);
        return first != 0 && first < 240 && !shared && !protocol && !benchmark && !documentation;
    }

    /** Only global unicast (2000::/3), without what leads to IPv4 addresses by tunnel or is for documents. */
    private static boolean isPublicSix(byte[] bytes) {
        int first = ((bytes[0] & BYTE) << 8) | (bytes[1] & BYTE);
        int second = ((bytes[2] & BYTE) << 8) | (bytes[3] & BYTE);
        boolean global = (first & 0xe000) == 0x2000;
        boolean sixToFour = first == 0x2002;
        boolean teredo = first == 0x2001 && second == 0;
        boolean documentation = first == 0x2001 && second == 0x0db8;
        return global && !sixToFour && !teredo && !documentation;
    }
}
