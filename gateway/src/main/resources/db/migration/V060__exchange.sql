-- Asking and answering, receipts, holdings and the content-addressed body store.
-- Instants are epoch microseconds (UTC); digests are raw SHA-256.

-- Bodies by content. A body is cut into chunks so that no single packet outgrows the server's limit.
CREATE TABLE body (
  digest BINARY(32) NOT NULL,
  chunk  INT        NOT NULL,
  bytes  LONGBLOB   NOT NULL,
  PRIMARY KEY (digest, chunk)
) ENGINE = InnoDB;

-- Provider side: one row per exchange that was answered, permit and refusal alike.
CREATE TABLE answered_exchange (
  partner          VARCHAR(16)   NOT NULL,
  id               BINARY(16)    NOT NULL,
  fingerprint      BINARY(32)    NOT NULL COMMENT 'what makes a repeat the same request',
  outcome          VARCHAR(16)   NOT NULL COMMENT 'permit or refusal',
  agreement_id     VARCHAR(64)   NOT NULL,
  leg              VARCHAR(64)   NOT NULL,
  request_message  LONGBLOB      NOT NULL COMMENT 'method, url and headers as received, JSON',
  response_message LONGBLOB      NOT NULL COMMENT 'status and headers as signed, JSON',
  body_digest      BINARY(32)    NOT NULL,
  answered_us      BIGINT        NOT NULL,
  journal_index    BIGINT        NOT NULL COMMENT 'of the answered entry',
  PRIMARY KEY (partner, id),
  KEY answered_exchange_time (answered_us)
) ENGINE = InnoDB;

-- Provider side: the consumer's receipt, once it was accepted. Rows are only ever added, so that they travel in bulk.
CREATE TABLE exchange_receipt (
  partner       VARCHAR(16) NOT NULL,
  id            BINARY(16)  NOT NULL,
  kind          VARCHAR(16) NOT NULL COMMENT 'received or rejected',
  proof         LONGBLOB    NOT NULL COMMENT 'tlog-proof of the record in the consumer''s journal',
  receipted_us  BIGINT      NOT NULL,
  PRIMARY KEY (partner, id)
) ENGINE = InnoDB;

-- Consumer side: one row per exchange that was asked.
CREATE TABLE asked_exchange (
  id               BINARY(16)    NOT NULL,
  partner          VARCHAR(16)   NOT NULL,
  agreement_id     VARCHAR(64)   NOT NULL,
  leg              VARCHAR(64)   NOT NULL,
  requester        VARCHAR(64)   NOT NULL COMMENT 'staff user, never sent',
  purpose          VARCHAR(64)   NOT NULL,
  target_uri       TEXT          NOT NULL,
  asked_us         BIGINT        NOT NULL,
  PRIMARY KEY (id),
  KEY asked_exchange_time (asked_us)
) ENGINE = InnoDB;

-- Consumer side: how an exchange ended. The primary key lets it end only once.
CREATE TABLE closed_exchange (
  id               BINARY(16)    NOT NULL,
  state            VARCHAR(16)   NOT NULL COMMENT 'received, rejected or never-received',
  outcome          VARCHAR(16)   NULL     COMMENT 'permit or refusal, as the partner answered',
  response_message LONGBLOB      NULL     COMMENT 'status and headers as received, proof included, JSON',
  body_digest      BINARY(32)    NULL,
  closed_us        BIGINT        NOT NULL,
  journal_index    BIGINT        NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB;

-- Every request that was sent for an exchange. A repeat is signed anew, and the provider's record names the one that reached it.
CREATE TABLE asked_attempt (
  exchange  BINARY(16) NOT NULL,
  sent_us   BIGINT     NOT NULL,
  message   LONGBLOB   NOT NULL COMMENT 'method, url and headers as sent, JSON',
  part      TEXT       NOT NULL COMMENT 'what the journal says of it, JSON',
  PRIMARY KEY (exchange, sent_us)
) ENGINE = InnoDB;

-- Receipts that the provider has not yet accepted. A row leaves only when it has.
CREATE TABLE receipt_outbox (
  exchange   BINARY(16)  NOT NULL,
  partner    VARCHAR(16) NOT NULL,
  journal_index BIGINT   NOT NULL COMMENT 'of the entry that is proved',
  queued_us  BIGINT      NOT NULL,
  attempts   INT         NOT NULL DEFAULT 0,
  next_us    BIGINT      NOT NULL,
  problem    TEXT        NULL,
  PRIMARY KEY (partner, exchange),
  KEY receipt_outbox_next (next_us)
) ENGINE = InnoDB;

-- What partners have answered, kept until its retention date.
CREATE TABLE holding (
  exchange         BINARY(16)   NOT NULL,
  partner          VARCHAR(16)  NOT NULL,
  agreement_id     VARCHAR(64)  NOT NULL,
  leg              VARCHAR(64)  NOT NULL,
  purpose          VARCHAR(64)  NOT NULL,
  dataflow         VARCHAR(255) NOT NULL,
  selection        LONGTEXT     NOT NULL COMMENT 'what was asked, as JSON: dimension to codes, and the period',
  body_digest      BINARY(32)   NOT NULL,
  received_us      BIGINT       NOT NULL,
  retain_until_us  BIGINT       NULL,
  PRIMARY KEY (exchange),
  KEY holding_leg (partner, agreement_id, leg, received_us)
) ENGINE = InnoDB;

-- Quota windows (UTC). The row is charged in the transaction of the answer.
CREATE TABLE quota_use (
  agreement_id VARCHAR(64) NOT NULL,
  leg          VARCHAR(64) NOT NULL,
  window_us    BIGINT      NOT NULL,
  requests     BIGINT      NOT NULL,
  cells        BIGINT      NOT NULL,
  PRIMARY KEY (agreement_id, leg, window_us)
) ENGINE = InnoDB;
