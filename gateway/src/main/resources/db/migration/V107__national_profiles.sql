-- Editions of the state's own migration profile. Instants are epoch microseconds (UTC); digests are raw SHA-256.
CREATE TABLE national_profile (
  edition       INT          NOT NULL,
  document      LONGBLOB     NOT NULL COMMENT 'JWS over the canonical profile, signed by this node',
  digest        BINARY(32)   NOT NULL COMMENT 'of the canonical profile',
  made_us       BIGINT       NOT NULL,
  made_by       VARCHAR(64)  NOT NULL COMMENT 'staff user',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (edition)
) ENGINE = InnoDB;
