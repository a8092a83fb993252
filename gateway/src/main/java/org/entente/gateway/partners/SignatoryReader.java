package org.entente.gateway.partners;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.entente.crypto.VerificationException;

/** Reads a signatory in a card's text as strictly as on the card. */
final class SignatoryReader extends JsonDeserializer<Card.Signatory> {
    @Override
    public Card.Signatory deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode node = context.readTree(parser);
        try {
            return CardCodec.signatory("signatory", node);
        } catch (VerificationException e) {
            throw JsonMappingException.from(parser, e.sentence(), e);
        }
    }
}
