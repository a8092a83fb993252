-- Agreements, the acts on them, and acts on their way to partners. Digests are raw SHA-256; instants are epoch microseconds (UTC).

-- One text of an agreement. Texts are never changed; an amendment is another row with the next version.
CREATE TABLE treaty (
  digest       BINARY(32)  NOT NULL COMMENT 'SHA-256 of the document',
  agreement_id VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version      INT         NOT NULL,
  document     LONGBLOB    NOT NULL COMMENT 'canonical JSON, exactly the bytes that are signed',
  received_us  BIGINT      NOT NULL,
  revision     BIGINT      NOT NULL COMMENT 'counts the acts, so that each act is checked against all before it',
  effect_entry BIGINT      NULL COMMENT 'journal entry that notes its coming into effect',
  PRIMARY KEY (digest),
  UNIQUE KEY treaty_version (agreement_id, version)
) ENGINE = InnoDB;

-- The acts on a text, in the order of the journal.
CREATE TABLE treaty_act (
  id          BINARY(16)  NOT NULL,
  digest      BINARY(32)  NOT NULL,
  position    BIGINT      NOT NULL COMMENT 'journal entry',
  instrument  LONGBLOB    NOT NULL COMMENT 'canonical JSON',
  message     LONGBLOB    NOT NULL COMMENT 'the act as nodes exchange it, with its signature',
  source      VARCHAR(31) NULL COMMENT 'partner that sent it; null for acts of this node''s own officers',
  received_us BIGINT      NOT NULL,
  PRIMARY KEY (id),
  KEY treaty_act_order (digest, position),
  CONSTRAINT treaty_act_text FOREIGN KEY (digest) REFERENCES treaty (digest)
) ENGINE = InnoDB;

-- Acts that a partner must get; a row stays as the proof that it was delivered.
CREATE TABLE treaty_outbox (
  act          BINARY(16)  NOT NULL,
  partner      VARCHAR(31) NOT NULL,
  digest       BINARY(32)  NOT NULL,
  position     BIGINT      NOT NULL,
  tries        INT         NOT NULL,
  next_us      BIGINT      NOT NULL COMMENT 'not tried again before',
  last_error   TEXT        NULL,
  delivered_us BIGINT      NULL,
  PRIMARY KEY (act, partner),
  KEY treaty_outbox_due (delivered_us, next_us)
) ENGINE = InnoDB;

-- Counts every change of texts and acts, so that other processes notice.
CREATE TABLE treaty_change (
  id      TINYINT NOT NULL,
  version BIGINT  NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB;
INSERT INTO treaty_change (id, version) VALUES (1, 0);
