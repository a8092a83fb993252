package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.MediaType;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Problem;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.treaties.Treaties;

/** Leads the requests in a sealed file to whoever answers them, be it a node or a desk in a folder (docs/protocol.md section 12). */
public final class FiledCalls {
    private FiledCalls() {}

    /** Who answers. */
    public interface Door {
        /**
         * Lets a message in.
         *
         * @param exchange whether it asks for data under an agreement
         * @throws EntenteException naming the check that failed
         */
        AuthenticatedCall admit(String from, HttpRequestMessage request, byte[] body, boolean exchange);

        /** The answer to a request for data, signed and proved. */
        Filed.Response data(AuthenticatedCall call, URI target);

        /** The report of the release that has answered a request for data, if it has one. */
        default Optional<byte[]> report(AuthenticatedCall call) {
            return Optional.empty();
        }

        /** Takes an act in; what is said to its sender, as JSON. */
        Object act(AuthenticatedCall call);

        /** Takes receipts in. */
        ReceiptMessage.Verdict receipts(AuthenticatedCall call, ReceiptMessage.Batch batch);

        /** Signs the answer to a call that is no exchange. */
        HttpResponseMessage sign(AuthenticatedCall call, int status, Headers headers, byte[] body);
    }

    /**
     * Deals with every request in a file.
     *
     * @param own the party that answers
     * @return the file with a response to each
     * @throws EntenteException {@code file-unusable}; for a message that is not let in, what the door says; for a request for data that
     *     cannot be answered, why
     */
    public static SealedFile answer(SealedFile file, String own, Door door, ObjectMapper mapper) {
        if (!file.to().equals(own)) {
            throw SealedFile.unusable("The file is for " + file.to() + ", and this is " + own + ".", null);
        }
        List<SealedFile.Letter> answered = new ArrayList<>();
        for (SealedFile.Letter letter : file.letters()) {
            answered.add(respond(file.from(), letter.request(), door, mapper));
        }
        return SealedFile.of(file.from(), file.to(), answered);
    }

    private static SealedFile.Letter respond(String from, Filed.Request filed, Door door, ObjectMapper mapper) {
        HttpRequestMessage request;
        byte[] body;
        try {
            request = filed.message();
            body = filed.content();
        } catch (VerificationException e) {
            throw SealedFile.unusable("A request in the file cannot be read: " + e.sentence() + ".", e);
        }
        URI target = target(request);
        boolean exchange = isData(target);
        AuthenticatedCall call = door.admit(from, request, body, exchange);
        if (exchange) {
            Filed.Response response = door.data(call, target);
            String report = door.report(call)
                    .map(document -> Base64Url.encode(document))
                    .orElse(null);
            return new SealedFile.Letter(filed, response, report);
        }
        int status = 200;
        String type = MediaType.APPLICATION_JSON;
        byte[] content;
        try {
            content = call(call, target, door, mapper);
        } catch (EntenteException e) {
            Problem problem = Problem.of(e);
            status = problem.status();
            type = Problem.MEDIA_TYPE;
            content = CanonicalJson.encode(problem);
        }
        return new SealedFile.Letter(
                filed,
                Filed.Response.of(door.sign(call, status, Headers.of("content-type", type), content), content),
                null);
    }

    private static byte[] call(AuthenticatedCall call, URI target, Door door, ObjectMapper mapper) {
        if (target.getRawPath().endsWith(Treaties.ACTS_PATH)) {
            return CanonicalJson.encode(door.act(call));
        }
        if (!target.getRawPath().endsWith(ReceiptMessage.PATH)) {
            throw SealedFile.unusable(
                    "A file holds requests for data, receipts and acts, and no " + target + ".", null);
        }
        try {
            return mapper.writeValueAsBytes(
                    door.receipts(call, mapper.readValue(call.body(), ReceiptMessage.Batch.class)));
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The receipts are not in the agreed form.", e);
        }
    }

    /** The address that a request was signed for. */
    public static URI target(HttpRequestMessage request) {
        try {
            return URI.create(request.targetUri());
        } catch (IllegalArgumentException e) {
            throw SealedFile.unusable("A request in the file has no address: " + request.targetUri(), e);
        }
    }

    /** Whether an address is one of data. */
    public static boolean isData(URI target) {
        return target.getRawPath() != null && target.getRawPath().contains(WireQuery.BASE + "/data/");
    }
}
