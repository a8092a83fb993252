package org.entente.gateway.region.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, true",
        "2606:4700::1111, true",
        "100.63.255.255, true",
        "0.0.0.0, false",
        "10.1.2.3, false",
        "100.64.0.1, false",
        "127.0.0.1, false",
        "169.254.169.254, false",
        "172.16.0.1, false",
        "192.0.2.7, false",
        "192.168.1.1, false",
        "198.18.0.1, false",
        "203.0.113.9, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::, false",
        "::1, false",
        "::ffff:127.0.0.1, false",
        "64:ff9b::7f00:1, false",
        "2002:7f00:1::, false",
        "2001:db8::1, false",
        "fd00::1, false",
        "fe80::1, false",
        "ff02::1, false"
    })
    void onlyWhatAnybodyCouldReachIsPublic(String address, boolean isPublic) throws UnknownHostException {
        assertEquals(isPublic, PublicAddresses.isPublic(InetAddress.getByName(address)), address);
    }
}
