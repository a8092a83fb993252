-- What came with the figures of a release that an office protected and sealed itself: the manifest with the digests of all
-- parts, the signature over it, and the specification. The protected table is the release's figures.
CREATE TABLE release_package (
    release_id    BINARY(16) NOT NULL PRIMARY KEY,
    digest        BINARY(32) NOT NULL,               -- SHA-256 of the manifest
    manifest      MEDIUMBLOB NOT NULL,               -- canonical JSON
    signature     MEDIUMBLOB NULL,                   -- JWS in JSON; null if it is sealed by its digest only
    specification MEDIUMBLOB NOT NULL                -- YAML
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
