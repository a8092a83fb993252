-- What comes after an answer: recalls, deletion and its proof, copies that left the gateway. Instants are epoch microseconds (UTC); digests
-- are raw SHA-256.

ALTER TABLE answered_exchange
  ADD COLUMN release_id VARCHAR(36) NULL COMMENT 'what was sliced; null for a refusal',
  ADD KEY answered_exchange_release (release_id);

ALTER TABLE holding
  ADD COLUMN release_id VARCHAR(36) NULL COMMENT 'the provider''s release, from its journal record',
  ADD COLUMN duties LONGTEXT NULL COMMENT 'what the agreement asks of who has the figures, JSON',
  ADD KEY holding_release (partner, release_id),
  ADD KEY holding_body (body_digest),
  ADD KEY holding_retention (retain_until_us);

-- Provider side: releases that an approver of this node has recalled. Officers' signed recalls stand with the agreements.
CREATE TABLE release_recall (
  release_id    VARCHAR(36)  NOT NULL,
  reason        TEXT         NOT NULL,
  person        VARCHAR(200) NOT NULL,
  recalled_us   BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (release_id)
) ENGINE = InnoDB;

-- Consumer side: holdings whose figures were deleted. Digest and proofs stay.
CREATE TABLE holding_deletion (
  exchange      BINARY(16)   NOT NULL,
  partner       VARCHAR(16)  NOT NULL,
  cause         VARCHAR(16)  NOT NULL COMMENT 'retention or recall',
  because       VARCHAR(200) NOT NULL COMMENT 'the date, or the recall',
  body_digest   BINARY(32)   NOT NULL,
  length        BIGINT       NOT NULL COMMENT 'bytes of the body',
  deleted_us    BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (exchange)
) ENGINE = InnoDB;

-- Consumer side: deletion records that the provider has not yet accepted. A row leaves only when it has.
CREATE TABLE deletion_outbox (
  exchange      BINARY(16)  NOT NULL,
  partner       VARCHAR(16) NOT NULL,
  journal_index BIGINT      NOT NULL COMMENT 'of the deleted entry, which is proved',
  attempts      INT         NOT NULL,
  next_us       BIGINT      NOT NULL,
  problem       TEXT        NULL,
  PRIMARY KEY (exchange),
  KEY deletion_outbox_next (next_us)
) ENGINE = InnoDB;

-- Provider side: what a consumer has proved to have deleted.
CREATE TABLE deletion_record (
  partner       VARCHAR(16)  NOT NULL,
  id            BINARY(16)   NOT NULL,
  cause         VARCHAR(16)  NOT NULL,
  because       VARCHAR(200) NOT NULL,
  deleted       VARCHAR(40)  NOT NULL COMMENT 'when, by the consumer''s clock',
  proof         LONGBLOB     NOT NULL COMMENT 'tlog-proof of the record in the consumer''s journal',
  recorded_us   BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (partner, id)
) ENGINE = InnoDB;

-- Copies of figures that a named person took out of the gateway, and what that person attests when retention is over.
CREATE TABLE figure_export (
  id              BINARY(16)   NOT NULL,
  exchange        BINARY(16)   NOT NULL,
  person          BINARY(16)   NOT NULL,
  username        VARCHAR(100) NOT NULL,
  name            VARCHAR(200) NOT NULL,
  exported_us     BIGINT       NOT NULL,
  retain_until_us BIGINT       NOT NULL,
  journal_index   BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY figure_export_exchange (exchange),
  KEY figure_export_due (retain_until_us)
) ENGINE = InnoDB;

CREATE TABLE export_attestation (
  export        BINARY(16)  NOT NULL,
  verdict       VARCHAR(8)  NOT NULL COMMENT 'deleted or kept',
  reason        TEXT        NULL COMMENT 'why it is kept',
  attested_us   BIGINT      NOT NULL,
  journal_index BIGINT      NOT NULL,
  PRIMARY KEY (export)
) ENGINE = InnoDB;

CREATE TABLE export_reminder (
  export        BINARY(16)  NOT NULL,
  stage         VARCHAR(16) NOT NULL,
  reminded_us   BIGINT      NOT NULL,
  journal_index BIGINT      NOT NULL,
  PRIMARY KEY (export, stage)
) ENGINE = InnoDB;
