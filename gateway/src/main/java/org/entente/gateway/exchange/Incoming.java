package org.entente.gateway.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.Partner;
import org.jspecify.annotations.Nullable;

/**
 * A request for data that has passed the door, whether it is answered at once or after a person has decided.
 *
 * @param cardDigest digest of the card whose key signed it
 * @param part what the journal says of it
 */
record Incoming(
        Partner partner, String cardDigest, HttpRequestMessage request, RequestPart part, ExchangeHeaders headers) {
    private static final List<String> IDENTIFYING = List.of(
            "accept",
            ExchangeHeaders.AGREEMENT,
            ExchangeHeaders.EXCHANGE,
            ExchangeHeaders.LEG,
            ExchangeHeaders.PURPOSE,
            ExchangeHeaders.REQUESTER);

    static Incoming of(AuthenticatedCall call, ExchangeHeaders headers) {
        return new Incoming(
                call.partner(),
                call.cardDigest(),
                call.request(),
                RequestPart.of(call.request(), call.signature()),
                headers);
    }

    String party() {
        return partner.party();
    }

    /** Path below the SDMX base, still percent-encoded. */
    String rawPath() {
        String path = URI.create(request.targetUri()).getRawPath();
        return path.substring(path.indexOf(WireQuery.BASE + "/data/") + WireQuery.BASE.length());
    }

    /** Query part, still percent-encoded. */
    @Nullable
    String rawQuery() {
        return URI.create(request.targetUri()).getRawQuery();
    }

    /** What makes a repeat the same request: partner, id, method, target, content and the covered fields that carry meaning. */
    byte[] fingerprint() {
        return fingerprint(party(), request);
    }

    /** The same of a request that a party has made before. */
    static byte[] fingerprint(String party, HttpRequestMessage request) {
        StringBuilder text = new StringBuilder(party)
                .append('\n')
                .append(request.method())
                .append('\n')
                .append(request.targetUri())
                .append('\n')
                .append(Base64Url.encode(request.content().sha256()));
        IDENTIFYING.forEach(name -> text.append('\n')
                .append(name)
                .append(": ")
                .append(request.headers().get(name).orElse("")));
        return Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
