-- Notices by which a provider tells entitled partners of a release that was published or recalled. Instants are epoch microseconds (UTC);
-- digests are raw SHA-256. A notice holds no figures.

-- Provider side: one notice per partner, leg, release and event.
CREATE TABLE notice_made (
  id            BINARY(16)   NOT NULL,
  partner       VARCHAR(31)  NOT NULL,
  agreement_id  VARCHAR(64)  NOT NULL,
  leg           VARCHAR(64)  NOT NULL,
  dataset       VARCHAR(64)  NOT NULL,
  release_id    VARCHAR(64)  NOT NULL,
  event         VARCHAR(16)  NOT NULL COMMENT 'published or recalled',
  document      LONGBLOB     NOT NULL COMMENT 'as it is sent',
  made_us       BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY notice_made_once (partner, agreement_id, leg, release_id, event),
  KEY notice_made_release (release_id)
) ENGINE = InnoDB;

-- Provider side: notices that the partner has not yet taken. A row leaves when it has, or when the notice is withdrawn.
CREATE TABLE notice_outbox (
  id       BINARY(16) NOT NULL,
  attempts INT        NOT NULL DEFAULT 0,
  next_us  BIGINT     NOT NULL,
  problem  TEXT       NULL,
  PRIMARY KEY (id),
  KEY notice_outbox_next (next_us)
) ENGINE = InnoDB;

-- Provider side: how a notice ended.
CREATE TABLE notice_settled (
  id            BINARY(16)  NOT NULL,
  outcome       VARCHAR(16) NOT NULL COMMENT 'delivered or withdrawn',
  proof         LONGBLOB    NULL COMMENT 'tlog-proof of the record in the partner''s journal',
  reason        TEXT        NULL COMMENT 'why it was withdrawn',
  settled_us    BIGINT      NOT NULL,
  journal_index BIGINT      NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB;

-- Consumer side: notices as they came.
CREATE TABLE notice_received (
  partner         VARCHAR(31)  NOT NULL,
  id              BINARY(16)   NOT NULL,
  agreement_id    VARCHAR(64)  NOT NULL,
  leg             VARCHAR(64)  NOT NULL,
  release_id      VARCHAR(64)  NOT NULL,
  event           VARCHAR(16)  NOT NULL,
  document        LONGBLOB     NOT NULL,
  request_message LONGBLOB     NOT NULL COMMENT 'method, url and headers as received, JSON',
  published_us    BIGINT       NOT NULL COMMENT 'or recalled, by the partner''s clock',
  received_us     BIGINT       NOT NULL,
  journal_index   BIGINT       NOT NULL,
  PRIMARY KEY (partner, id),
  UNIQUE KEY notice_received_once (partner, agreement_id, leg, release_id, event),
  KEY notice_received_leg (partner, agreement_id, leg, published_us),
  KEY notice_received_time (received_us)
) ENGINE = InnoDB;

-- Consumer side: the partner's releases that a notice makes out of date; what is held of them is marked.
CREATE TABLE notice_replaced (
  partner    VARCHAR(31) NOT NULL,
  notice     BINARY(16)  NOT NULL,
  release_id VARCHAR(64) NOT NULL,
  PRIMARY KEY (partner, notice, release_id),
  KEY notice_replaced_release (partner, release_id)
) ENGINE = InnoDB;
