-- Figures of members without a node. Instants are epoch microseconds (UTC); digests are raw SHA-256.
CREATE TABLE deposit_draft (
  id            BINARY(16)   NOT NULL,
  round         BINARY(16)   NOT NULL,
  party         VARCHAR(16)  NOT NULL COMMENT 'the member',
  depositor     BLOB         NOT NULL COMMENT 'canonical JSON: name, post, contact of its focal point',
  workbook      BINARY(32)   NOT NULL COMMENT 'the file that came back; a body',
  sums          MEDIUMBLOB   NOT NULL COMMENT 'canonical JSON: control sums and content of each table',
  uploaded_us   BIGINT       NOT NULL,
  confirmed_us  BIGINT       NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY deposit_draft_of (round, party),
  CONSTRAINT deposit_draft_round FOREIGN KEY (round) REFERENCES collection_round (id)
) ENGINE = InnoDB;

-- Confirmed figures of one table.
CREATE TABLE deposit (
  id            BINARY(16)   NOT NULL,
  draft         BINARY(16)   NOT NULL,
  round         BINARY(16)   NOT NULL,
  party         VARCHAR(16)  NOT NULL,
  tbl           VARCHAR(64)  NOT NULL,
  document      MEDIUMBLOB   NOT NULL COMMENT 'JWS over the canonical deposit, signed by this node',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY deposit_of (round, party, tbl),
  CONSTRAINT deposit_of_draft FOREIGN KEY (draft) REFERENCES deposit_draft (id)
) ENGINE = InnoDB;

CREATE TABLE deposit_link (
  token         BINARY(32)   NOT NULL COMMENT 'SHA-256 of what was given out',
  round         BINARY(16)   NOT NULL,
  party         VARCHAR(16)  NOT NULL,
  depositor     BLOB         NOT NULL COMMENT 'whom it was given to, as in deposit_draft',
  issued_us     BIGINT       NOT NULL,
  expires_us    BIGINT       NOT NULL,
  draft         BINARY(16)   NULL COMMENT 'what was uploaded by it last',
  used_us       BIGINT       NULL COMMENT 'when that was confirmed',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (token),
  CONSTRAINT deposit_link_round FOREIGN KEY (round) REFERENCES collection_round (id)
) ENGINE = InnoDB;
