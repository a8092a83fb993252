package org.entente.gateway.partners;

import java.net.URI;
import java.util.List;
import org.entente.crypto.message.HttpRequestMessage;

/** What nodes read of each other before anything else, guarded or not: cards, the journal, and what was seen of it. */
final class PlainReads {
    private static final List<String> PATHS = List.of("/card", "/journal", "/witness");

    private PlainReads() {}

    static boolean isOne(HttpRequestMessage request) {
        String path = URI.create(request.targetUri()).getRawPath();
        return PATHS.stream().anyMatch(plain -> path.equals(plain) || path.startsWith(plain + "/"));
    }
}
