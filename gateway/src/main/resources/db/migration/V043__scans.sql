-- Scans of signatures on paper, where an office wants to keep them here; the act carries the digest in any case.
CREATE TABLE treaty_scan (
  digest    BINARY(32)   NOT NULL COMMENT 'SHA-256 of the bytes',
  media     VARCHAR(100) NOT NULL,
  bytes     LONGBLOB     NOT NULL,
  stored_by VARCHAR(128) NOT NULL,
  stored_us BIGINT       NOT NULL,
  entry     BIGINT       NOT NULL COMMENT 'journal entry',
  PRIMARY KEY (digest)
) ENGINE = InnoDB;
