-- Regional profiles, every edition of them. Instants are epoch microseconds (UTC); digests are raw SHA-256.
CREATE TABLE profile_edition (
  programme     VARCHAR(64)  NOT NULL,
  edition       INT          NOT NULL,
  round         BINARY(16)   NOT NULL,
  document      LONGBLOB     NOT NULL COMMENT 'JWS over the canonical profile',
  digest        BINARY(32)   NOT NULL COMMENT 'of the canonical profile',
  made_us       BIGINT       NOT NULL,
  made_by       BINARY(16)   NOT NULL COMMENT 'staff user; somebody else publishes',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (programme, edition),
  CONSTRAINT profile_edition_round FOREIGN KEY (round) REFERENCES collection_round (id)
) ENGINE = InnoDB;

-- An edition that the public may see.
CREATE TABLE profile_publication (
  programme     VARCHAR(64)  NOT NULL,
  edition       INT          NOT NULL,
  published_us  BIGINT       NOT NULL,
  published_by  BINARY(16)   NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (programme, edition),
  CONSTRAINT profile_publication_edition FOREIGN KEY (programme, edition) REFERENCES profile_edition (programme, edition)
) ENGINE = InnoDB;
