-- Crisis packs (clause 32): the agreed wider slice of a release, delivered sealed, opened by the consumer's declaration alone.
-- Instants are epoch microseconds (UTC); digests are raw SHA-256.

-- Provider side: one pack per text, leg, consumer and release.
CREATE TABLE pack_made (
  id            BINARY(16)  NOT NULL,
  consumer      VARCHAR(31) NOT NULL,
  agreement_id  VARCHAR(64) NOT NULL,
  text_digest   BINARY(32)  NOT NULL COMMENT 'digest of the agreement''s text',
  leg           VARCHAR(64) NOT NULL,
  release_id    VARCHAR(64) NOT NULL,
  body_digest   BINARY(32)  NOT NULL COMMENT 'the document as it is sent, in the body store',
  made_us       BIGINT      NOT NULL,
  journal_index BIGINT      NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY pack_made_once (text_digest, leg, consumer, release_id)
) ENGINE = InnoDB;

-- Provider side: packs that the consumer has not yet confirmed. A row leaves only when it has.
CREATE TABLE pack_outbox (
  id       BINARY(16) NOT NULL,
  attempts INT        NOT NULL DEFAULT 0,
  next_us  BIGINT     NOT NULL,
  problem  TEXT       NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB;

-- Provider side: the consumer's proof that its journal holds the pack.
CREATE TABLE pack_delivered (
  id            BINARY(16) NOT NULL,
  proof         LONGBLOB   NOT NULL,
  delivered_us  BIGINT     NOT NULL,
  journal_index BIGINT     NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB;

-- Consumer side: packs as they came, still sealed.
CREATE TABLE pack_held (
  id              BINARY(16)  NOT NULL,
  partner         VARCHAR(31) NOT NULL,
  agreement_id    VARCHAR(64) NOT NULL,
  text_digest     BINARY(32)  NOT NULL,
  leg             VARCHAR(64) NOT NULL,
  release_id      VARCHAR(64) NOT NULL,
  request_message LONGBLOB    NOT NULL COMMENT 'method, url and headers as received, JSON',
  body_digest     BINARY(32)  NOT NULL COMMENT 'the document as it was sent',
  sealed_digest   BINARY(32)  NOT NULL COMMENT 'the document encrypted, in the body store',
  received_us     BIGINT      NOT NULL,
  journal_index   BIGINT      NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY pack_held_once (text_digest, leg, partner, release_id)
) ENGINE = InnoDB;

-- Consumer side: packs that an officer's declaration has opened; each is a holding under the same id.
CREATE TABLE pack_opened (
  id            BINARY(16) NOT NULL,
  act           VARCHAR(64) NOT NULL COMMENT 'the declaration',
  opened_us     BIGINT      NOT NULL,
  journal_index BIGINT      NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB;
