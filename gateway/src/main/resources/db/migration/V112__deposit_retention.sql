-- The end of the retention of deposits. Instants are epoch microseconds (UTC); digests are raw SHA-256.
ALTER TABLE deposit_draft
  ADD COLUMN deleted_us BIGINT NULL COMMENT 'when the last of it was deleted, with the name and contact of whoever put it in';

CREATE TABLE deposit_deletion (
  draft         BINARY(16)   NOT NULL,
  part          VARCHAR(64)  NOT NULL COMMENT 'the table; empty for the workbook that came back',
  content       BINARY(32)   NOT NULL COMMENT 'of what was deleted',
  cause         VARCHAR(16)  NOT NULL COMMENT 'retention, or unconfirmed when its round was closed',
  because       VARCHAR(40)  NOT NULL COMMENT 'the last day of retention, or when the round was closed',
  deleted_us    BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (draft, part),
  CONSTRAINT deposit_deletion_draft FOREIGN KEY (draft) REFERENCES deposit_draft (id)
) ENGINE = InnoDB;
