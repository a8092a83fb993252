-- What a comparison of both sides' records of their exchanges has found. Instants are epoch microseconds (UTC).
CREATE TABLE reconciliation (
  id            BINARY(16)  NOT NULL PRIMARY KEY,
  partner       VARCHAR(16) NOT NULL,
  from_us       BIGINT      NOT NULL,
  to_us         BIGINT      NOT NULL,
  exchanges     BIGINT      NOT NULL COMMENT 'that at least one side knows',
  differences   BIGINT      NOT NULL,
  report        LONGBLOB    NOT NULL COMMENT 'the differences, JSON',
  done_us       BIGINT      NOT NULL,
  done_by       VARCHAR(128) NOT NULL COMMENT 'staff user, or schedule',
  journal_index BIGINT      NOT NULL,
  KEY reconciliation_partner (partner, done_us)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
