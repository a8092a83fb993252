package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.MediaType;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/**
 * Everything that two nodes say to each other, where no network leads from one to the other: the same signed messages as sealed files,
 * with the same checks, the same journal entries and the same receipts (docs/protocol.md section 12).
 */
@Singleton
public class SealedFiles {
    private final StaffData data;
    private final FileAsking asking;
    private final Answering answering;
    private final ReceiptDesk desk;
    private final Receipts receipts;
    private final Treaties treaties;
    private final NodeDoor door;
    private final Partners partners;
    private final PartnerClient client;
    private final NodeIdentity identity;
    private final ExchangeSettings settings;
    private final Provider<KeyRing> keys;
    private final GivenReports given;
    private final ReceivedReports received;
    private final ObjectMapper mapper;

    SealedFiles(
            StaffData data,
            FileAsking asking,
            Answering answering,
            ReceiptDesk desk,
            Receipts receipts,
            Treaties treaties,
            NodeDoor door,
            Partners partners,
            PartnerClient client,
            NodeIdentity identity,
            ExchangeSettings settings,
            Provider<KeyRing> keys,
            GivenReports given,
            ReceivedReports received,
            ObjectMapper mapper) {
        this.data = data;
        this.asking = asking;
        this.answering = answering;
        this.desk = desk;
        this.receipts = receipts;
        this.treaties = treaties;
        this.door = door;
        this.partners = partners;
        this.client = client;
        this.identity = identity;
        this.settings = settings;
        this.keys = keys;
        this.given = given;
        this.received = received;
        this.mapper = mapper;
    }

    /**
     * What a response in a file has led to.
     *
     * @param what {@code figures}, {@code receipts} or {@code act}
     * @param sentence for the person who handed the file in
     * @param figures for {@code figures}: what the partner has given
     */
    public record Taken(String what, String sentence, Asking.@Nullable Figures figures) {}

    /** The bytes of a file as they leave this node: in an envelope that only whoever gets it next can open, if its card names a key. */
    public byte[] close(SealedFile file) {
        return SealedEnvelope.close(
                file, partners.require(SealedEnvelope.recipient(file)).card());
    }

    /**
     * Opens a file that has come to this node.
     *
     * @throws EntenteException {@code file-unusable}
     */
    public SealedFile open(byte[] bytes) {
        return SealedEnvelope.open(bytes, identity.party(), keys.get().sealing());
    }

    /**
     * A request for data, decided on at home, signed and journaled.
     *
     * @throws EntenteException {@code request-malformed} unless the query asks exactly one partner; else as {@link Asking#ask}
     */
    public SealedFile ask(DataQuery query, Question.Asker asker) {
        return asking.ask(data.single(query, asker));
    }

    /** The receipts that a partner has not yet accepted; nothing if there are none. */
    public Optional<SealedFile> receipts(String party) {
        return receipts.forFile(partners.require(party))
                .map(call -> SealedFile.of(identity.party(), party, List.of(letter(call))));
    }

    /** The acts on agreements that a partner has not yet got, oldest first; nothing if there are none. */
    public Optional<SealedFile> acts(String party) {
        Partner partner = partners.require(party);
        List<SealedFile.Letter> letters = treaties.waitingFor(party).stream()
                .limit(SealedFile.MOST_LETTERS)
                .map(act -> letter(client.prepare(
                        partner,
                        "POST",
                        Treaties.ACTS_PATH,
                        Headers.of("content-type", MediaType.APPLICATION_JSON),
                        act,
                        false)))
                .toList();
        return letters.isEmpty() ? Optional.empty() : Optional.of(SealedFile.of(identity.party(), party, letters));
    }

    private static SealedFile.Letter letter(PartnerClient.Prepared call) {
        return SealedFile.Letter.of(Filed.Request.of(call.request(), call.body()));
    }

    /**
     * Deals with every request in a file as the node listener would.
     *
     * @return the file with a response to each
     * @throws EntenteException {@code file-unusable}; for a message that is not let in, what the door says; for a request for data that
     *     cannot be answered, as {@link Answering#answer}
     */
    public SealedFile answer(byte[] bytes) {
        return FiledCalls.answer(open(bytes), identity.party(), new Door(), mapper);
    }

    /** This node as files reach it. */
    private final class Door implements FiledCalls.Door {
        @Override
        public AuthenticatedCall admit(String from, HttpRequestMessage request, byte[] body, boolean exchange) {
            return door.authenticateFiled(from, request, body, exchange, settings.fileValidity());
        }

        @Override
        public Filed.Response data(AuthenticatedCall call, URI target) {
            Answering.Answer answer =
                    answering.answer(call, WireQuery.below(target.getRawPath()), target.getRawQuery());
            return Filed.Response.of(answer.status(), answer.headers(), answer.body());
        }

        @Override
        public Optional<byte[]> report(AuthenticatedCall call) {
            UUID exchange = ExchangeHeaders.of(call.request().headers()).exchange();
            return given.ofExchange(call.partner().party(), exchange);
        }

        @Override
        public Object act(AuthenticatedCall call) {
            return treaties.receive(call);
        }

        @Override
        public ReceiptMessage.Verdict receipts(AuthenticatedCall call, ReceiptMessage.Batch batch) {
            return desk.take(call, batch);
        }

        @Override
        public HttpResponseMessage sign(AuthenticatedCall call, int status, Headers headers, byte[] body) {
            return door.sign(call, status, headers, body);
        }
    }

    /**
     * Takes in the responses to requests of this node.
     *
     * @throws EntenteException {@code file-unusable}, {@code partner-answer-invalid}; for figures as {@link Asking#ask}, a refusal by the
     *     partner included, which is taken in all the same
     */
    public List<Taken> receive(byte[] bytes) {
        SealedFile file = open(bytes);
        if (!file.from().equals(identity.party())) {
            throw SealedFile.unusable(
                    "The requests in the file are by " + file.from() + ", and this is " + identity.party() + ".", null);
        }
        List<Taken> taken = new ArrayList<>();
        for (SealedFile.Letter letter : file.letters()) {
            taken.add(receive(file.to(), letter));
        }
        return taken;
    }

    private Taken receive(String party, SealedFile.Letter letter) {
        Filed.Response filed = letter.response();
        if (filed == null) {
            throw SealedFile.unusable(party + " has not answered this file yet.", null);
        }
        try {
            HttpRequestMessage request = letter.request().message();
            HttpResponseMessage response = filed.message();
            URI target = FiledCalls.target(request);
            if (FiledCalls.isData(target)) {
                Asking.Figures figures = asking.receive(request, response, filed.content());
                String report = report(party, figures, letter.report());
                return new Taken("figures", "exchange " + figures.exchange() + " is received" + report, figures);
            }
            PartnerClient.Answered answer =
                    client.open(partners.require(party), request, false, response, filed.content());
            return target.getRawPath().endsWith(Treaties.ACTS_PATH)
                    ? act(party, letter.request().content(), answer)
                    : receipts(party, answer);
        } catch (VerificationException e) {
            throw SealedFile.unusable("A message in the file cannot be read: " + e.sentence() + ".", e);
        }
    }

    /** What is to be said of the report that came beside figures; figures stand without it. */
    private String report(String party, Asking.Figures figures, @Nullable String report) {
        if (report == null) {
            return "";
        }
        try {
            received.take(party, figures.release(), Base64Url.decode(report));
            return " with its report";
        } catch (EntenteException | IllegalArgumentException e) {
            return "; the report beside it was not taken: " + e.getMessage();
        }
    }

    private Taken receipts(String party, PartnerClient.Answered answer) {
        ReceiptMessage.Verdict verdict = receipts.taken(answer, party);
        return new Taken(
                "receipts",
                party + " has accepted " + verdict.accepted().size() + " receipts and refused "
                        + verdict.refused().size(),
                null);
    }

    private Taken act(String party, byte[] act, PartnerClient.Answered answer) {
        if (answer.response().status() != 200) {
            return new Taken(
                    "act",
                    party + " refuses the act: "
                            + CanonicalJson.parseStrict(answer.body())
                                    .path("detail")
                                    .asText(),
                    null);
        }
        treaties.delivered(party, act, answer.body());
        return new Taken("act", party + " has got the act", null);
    }
}
