package org.entente.agreements.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.Framework;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Party;
import org.entente.agreements.Sample;
import org.entente.crypto.canonical.CanonicalJson;

/** A framework of PHL, ITA and the secretariat ADD, open to others, with members' legs that anybody may stay out of. */
public final class Frameworks {
    /** From each member to the secretariat. */
    public static final String TO_SECRETARIAT = Sample.STOCK;
    /** From each member to each other. */
    public static final String AMONG_MEMBERS = Sample.DEPARTURES;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Frameworks() {}

    /** Indefinite, open to all with the depositary's acceptance, exclusion by majority. */
    public static Agreement text(Consumer<ObjectNode> edit) {
        try {
            ObjectNode d =
                    (ObjectNode) CanonicalJson.parseStrict(Framework.agreement().canonical());
            d.put("nature", "MOU");
            ((ObjectNode) d.get("course")).remove("validity");
            ObjectNode accession = (ObjectNode) d.get("accession");
            accession.remove("openTo");
            accession
                    .put("withdrawalNoticeDays", 30)
                    .put("acceptance", "DEPOSITARY")
                    .put("exclusionBy", "MAJORITY");
            ObjectNode among = Sample.leg(d, 1);
            among.put("provider", "@MEMBERS").put("consumer", "@MEMBERS");
            areas(d, "MD", "LK", "JO", "AE");
            edit.accept(d);
            return Agreement.parse(CanonicalJson.encode(d));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    /** Adds areas to the list of the document. */
    public static void areas(ObjectNode d, String... codes) {
        var list = (com.fasterxml.jackson.databind.node.ArrayNode) d.at("/areas/list");
        for (String code : codes) {
            ObjectNode area = list.addObject();
            area.put("code", code).putObject("name").put("en", "Area " + code);
        }
    }

    /** A state as the list of parties holds it. */
    public static Party state(String id, String area) {
        ObjectNode tree = (ObjectNode)
                MAPPER.<JsonNode>valueToTree(Sample.agreement().parties().get(0));
        tree.put("id", id)
                .put("rootCard", (id.charAt(0) + "").repeat(43))
                .putArray("areas")
                .add(area);
        try {
            return MAPPER.readValue(CanonicalJson.encode(tree), Party.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
