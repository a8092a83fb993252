-- A library of profiles made elsewhere, and what partners' libraries hold. Instants are epoch microseconds (UTC); digests are raw SHA-256.
CREATE TABLE library_entry (
  id            BINARY(16)   NOT NULL,
  document      BLOB         NOT NULL COMMENT 'canonical JSON, as it stands in the signed list',
  entered_by    VARCHAR(64)  NOT NULL COMMENT 'staff user',
  changed_us    BIGINT       NOT NULL COMMENT 'when it was entered, or withdrawn; the datestamp of harvesting',
  withdrawn     VARCHAR(400) NULL COMMENT 'why; null while it stands',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY library_entry_changed (changed_us, id)
) ENGINE = InnoDB;

-- Signed lists that brought something, as they came.
CREATE TABLE library_list (
  party         VARCHAR(16)  NOT NULL,
  digest        BINARY(32)   NOT NULL,
  document      LONGBLOB     NOT NULL COMMENT 'JWS over the canonical list, signed by the party''s node',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (party, digest)
) ENGINE = InnoDB;

CREATE TABLE library_harvested (
  party         VARCHAR(16)  NOT NULL COMMENT 'whose entry it is',
  id            BINARY(16)   NOT NULL,
  document      BLOB         NOT NULL COMMENT 'canonical JSON',
  changed_us    BIGINT       NOT NULL COMMENT 'by the party''s clock',
  withdrawn     VARCHAR(400) NULL,
  site          VARCHAR(400) NOT NULL COMMENT 'public address of the party''s node; empty if it has none',
  list          BINARY(32)   NOT NULL COMMENT 'the signed list that says so',
  PRIMARY KEY (party, id)
) ENGINE = InnoDB;

CREATE TABLE library_harvest (
  party         VARCHAR(16)  NOT NULL,
  resumption    VARCHAR(80)  NOT NULL COMMENT 'where the next harvest goes on; empty for the beginning',
  made_us       BIGINT       NOT NULL COMMENT 'when the party has signed the newest list that was taken',
  next_us       BIGINT       NOT NULL,
  failures      INT          NOT NULL DEFAULT 0,
  problem       TEXT         NULL,
  PRIMARY KEY (party)
) ENGINE = InnoDB;
