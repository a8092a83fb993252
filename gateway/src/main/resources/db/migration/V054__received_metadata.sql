-- Reports about data that partners' answers named by their digest, fetched from the partner and kept as long as figures of the release are
-- held. Instants are epoch microseconds (UTC).
CREATE TABLE received_metadata (
  partner    VARCHAR(31) NOT NULL,
  release_id VARCHAR(64) NOT NULL COMMENT 'the provider''s release',
  digest     BINARY(32)  NOT NULL COMMENT 'SHA-256 of the document, from the provider''s journal record',
  document   MEDIUMBLOB  NULL COMMENT 'SDMX-JSON 2.0.0 metadata message; null until it was fetched',
  attempts   INT         NOT NULL DEFAULT 0,
  next_us    BIGINT      NOT NULL,
  PRIMARY KEY (partner, release_id, digest),
  KEY received_metadata_next (next_us)
) ENGINE = InnoDB;
