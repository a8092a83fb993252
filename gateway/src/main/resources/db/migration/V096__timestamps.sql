-- Time attested by others (RFC 3161). Instants are epoch microseconds (UTC).

-- Tokens over checkpoints. Sequence 0 stamps the note as this node has signed it, each later one the token before it.
CREATE TABLE journal_timestamp (
  size          BIGINT       NOT NULL COMMENT 'entries under the stamped checkpoint',
  sequence      INT          NOT NULL,
  note          BLOB         NOT NULL COMMENT 'what sequence 0 stamps; the same in every row of a chain',
  token         BLOB         NOT NULL,
  anchor        BLOB         NOT NULL COMMENT 'the trusted certificate behind the token',
  authority     VARCHAR(400) NOT NULL COMMENT 'where it was asked for',
  time_us       BIGINT       NOT NULL COMMENT 'the time in the token',
  good_until_us BIGINT       NOT NULL COMMENT 'end of the certificate that signed the token',
  PRIMARY KEY (size, sequence)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row, from the day on which an authority is first configured. What it counts outlives every restart.
CREATE TABLE timestamp_watch (
  id         TINYINT NOT NULL PRIMARY KEY CHECK (id = 1),
  since_us   BIGINT  NOT NULL COMMENT 'entries older than this are not missed',
  failures   BIGINT  NOT NULL DEFAULT 0 COMMENT 'rounds without a token since the last one',
  last_error TEXT    NULL,
  alarmed_us BIGINT  NULL COMMENT 'when the present outage was journaled'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Exchanges that a declared crisis let through while the outage of all authorities stopped the others.
CREATE TABLE unattested_exchange (
  side       VARCHAR(16) NOT NULL COMMENT 'consumer or provider: this node''s',
  partner    VARCHAR(16) NOT NULL,
  exchange   BINARY(16)  NOT NULL,
  subject    VARCHAR(40) NOT NULL COMMENT 'the exchange as its journal entries name it',
  marked_us  BIGINT      NOT NULL,
  stamped_us BIGINT      NULL COMMENT 'time of the token that covers its entries, once there is one',
  PRIMARY KEY (side, partner, exchange),
  KEY unattested_open (stamped_us)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
