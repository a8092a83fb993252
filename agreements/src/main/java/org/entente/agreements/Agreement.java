package org.entente.agreements;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.canonical.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * The document that parties sign. It is complete in itself: {@link #canonical} yields the very bytes under the signatures.
 *
 * @param schema IRI of the JSON Schema it follows
 * @param id {@code urn:uuid:...}; the same for all versions
 * @param supersedes digest of the version before, from version 2 on
 * @param timeZone IANA zone in which the document's days begin
 */
public record Agreement(
        String schema,
        String id,
        int version,
        @Nullable String supersedes,
        Kind kind,
        Nature nature,
        AuthenticForm authenticForm,
        List<AuthenticText> authenticTexts,
        Languages languages,
        Text title,
        @Nullable Parent parent,
        String timeZone,
        List<Party> parties,
        AreaList areas,
        List<Definition> definitions,
        List<Leg> legs,
        Terms terms,
        @Nullable CrisisClause crisis,
        @Nullable Accession accession,
        @Nullable Federation federation,
        Course course,
        List<Article> articles) {
    /** The schema that this version of the library writes. */
    public static final String SCHEMA = "https://w3id.org/entente/schema/agreement-1.json";

    public Agreement {
        authenticTexts = Copies.of(authenticTexts);
        parties = Copies.of(parties);
        definitions = Copies.of(definitions);
        legs = Copies.of(legs);
        articles = Copies.of(articles);
    }

    /**
     * Reads signed bytes: they must be canonical (RFC 8785), follow the schema, pass the semantic checks and be held by this model
     * without loss.
     */
    public static Agreement parse(byte[] canonical) throws InvalidAgreementException {
        return AgreementReader.signed(canonical);
    }

    /** Reads an author's JSON or YAML; the same checks, but any layout. */
    public static Agreement author(byte[] jsonOrYaml) throws InvalidAgreementException {
        return AgreementReader.authored(jsonOrYaml);
    }

    /** The canonical bytes (RFC 8785) of the document. */
    public byte[] canonical() {
        return AgreementReader.canonical(this);
    }

    /** The document as YAML, for people to read and edit; {@link #author} reads it back as the same agreement. */
    public byte[] yaml() {
        return AgreementReader.yaml(this);
    }

    /** Base64url SHA-256 of {@link #canonical}; names this text in instruments, headers and records. */
    public String digest() {
        return AgreementReader.digest(canonical());
    }

    /**
     * Checks that a state could stand among the parties: that the text with this entry would be as sound as it is without.
     *
     * @param entry the state as the list of parties would hold it
     * @param more areas that the agreement's list would gain
     * @throws InvalidAgreementException naming what does not fit
     */
    public void requireAdmissible(Party entry, List<AreaList.Area> more) throws InvalidAgreementException {
        List<Party> with = new ArrayList<>(parties);
        with.removeIf(p -> p.id().equals(entry.id()));
        with.add(entry);
        List<AreaList.Area> named = new ArrayList<>(areas.list());
        named.addAll(more);
        Agreement extended = new Agreement(
                schema,
                id,
                version,
                supersedes,
                kind,
                nature,
                authenticForm,
                authenticTexts,
                languages,
                title,
                parent,
                timeZone,
                with,
                new AreaList(named, areas.disclaimer()),
                definitions,
                legs,
                terms,
                crisis,
                accession,
                federation,
                course,
                articles);
        AgreementReader.model(CanonicalJson.parseStrict(extended.canonical()));
    }

    /** The party with this id. */
    public Optional<Party> party(String partyId) {
        return parties.stream().filter(p -> p.id().equals(partyId)).findFirst();
    }

    /** The leg with this id. */
    public Optional<Leg> leg(String legId) {
        return legs.stream().filter(l -> l.id().equals(legId)).findFirst();
    }
}
