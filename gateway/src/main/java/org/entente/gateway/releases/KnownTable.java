package org.entente.gateway.releases;

import java.time.Instant;
import java.util.UUID;

/**
 * Figures of a dataset's source that are public elsewhere. Whoever attacks is assumed to have them.
 *
 * @param address where they are
 * @param date of the edition, as exact as its publisher says it
 * @param file SHA-256 of the file as it was registered, base64url
 * @param digest of the figures, base64url
 * @param observations number of cells
 */
public record KnownTable(
        UUID id,
        String dataset,
        String address,
        String date,
        String file,
        String digest,
        long observations,
        UUID registeredBy,
        Instant registeredAt) {}
