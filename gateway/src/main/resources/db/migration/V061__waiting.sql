-- Requests that a person decides (clause 16), on both sides. Instants are epoch microseconds (UTC); digests are raw SHA-256.

-- Provider side: a request that waits, or has waited. It is decided once answered_exchange holds its answer.
CREATE TABLE waiting_request (
  partner          VARCHAR(16)  NOT NULL,
  id               BINARY(16)   NOT NULL,
  fingerprint      BINARY(32)   NOT NULL COMMENT 'what makes a repeat the same request',
  agreement_id     VARCHAR(64)  NOT NULL,
  leg              VARCHAR(64)  NOT NULL,
  persons          INT          NOT NULL COMMENT 'how many must approve: 2 where the leg wants four eyes',
  request_message  LONGBLOB     NOT NULL COMMENT 'method, url and headers as received, JSON',
  request_part     TEXT         NOT NULL COMMENT 'what the journal says of the request, JSON',
  card             VARCHAR(64)  NOT NULL COMMENT 'digest of the card whose key signed the request',
  response_message LONGBLOB     NOT NULL COMMENT 'status and headers of the 202 as signed, JSON',
  body_digest      BINARY(32)   NOT NULL,
  asked_us         BIGINT       NOT NULL,
  due_us           BIGINT       NOT NULL COMMENT 'end of the due day in the agreement''s time zone',
  due_day          VARCHAR(10)  NOT NULL,
  journal_index    BIGINT       NOT NULL COMMENT 'of the deferred entry',
  PRIMARY KEY (partner, id),
  KEY waiting_request_due (due_us)
) ENGINE = InnoDB;

-- What each person said. The primary key lets nobody speak twice.
CREATE TABLE waiting_vote (
  partner       VARCHAR(16)  NOT NULL,
  id            BINARY(16)   NOT NULL,
  person        BINARY(16)   NOT NULL,
  pseudonym     VARCHAR(16)  NOT NULL,
  name          VARCHAR(200) NOT NULL,
  verdict       VARCHAR(8)   NOT NULL COMMENT 'approved or refused',
  ground        VARCHAR(64)  NULL COMMENT 'of the agreed grounds of refusal',
  note          TEXT         NULL COMMENT 'for this node only',
  voted_us      BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (partner, id, person)
) ENGINE = InnoDB;

-- One refusal is enough, so there is at most one.
CREATE TABLE waiting_refusal (
  partner VARCHAR(16) NOT NULL,
  id      BINARY(16)  NOT NULL,
  PRIMARY KEY (partner, id)
) ENGINE = InnoDB;

-- Reminders that were given, each once.
CREATE TABLE waiting_reminder (
  partner       VARCHAR(16) NOT NULL,
  id            BINARY(16)  NOT NULL,
  stage         VARCHAR(16) NOT NULL,
  reminded_us   BIGINT      NOT NULL,
  journal_index BIGINT      NOT NULL,
  PRIMARY KEY (partner, id, stage)
) ENGINE = InnoDB;

-- Consumer side: an exchange whose answer waits for a person of the provider. It is over once closed_exchange has the exchange.
CREATE TABLE deferred_exchange (
  id               BINARY(16)   NOT NULL,
  partner          VARCHAR(16)  NOT NULL,
  agreement_id     VARCHAR(64)  NOT NULL,
  leg              VARCHAR(64)  NOT NULL,
  question         LONGTEXT     NOT NULL COMMENT 'who asked what, so that it can be asked again, JSON',
  due_day          VARCHAR(10)  NOT NULL,
  persons          INT          NOT NULL,
  response_message LONGBLOB     NOT NULL COMMENT 'status and headers of the 202 as received, proof included, JSON',
  body_digest      BINARY(32)   NOT NULL,
  deferred_us      BIGINT       NOT NULL,
  journal_index    BIGINT       NOT NULL COMMENT 'of the deferral-received entry',
  PRIMARY KEY (id),
  KEY deferred_exchange_leg (partner, agreement_id, leg, deferred_us)
) ENGINE = InnoDB;

-- When to look again. Apart from the exchange itself, since it changes with every look and is no evidence.
CREATE TABLE deferred_poll (
  id       BINARY(16) NOT NULL,
  attempts INT        NOT NULL,
  next_us  BIGINT     NOT NULL,
  problem  TEXT       NULL COMMENT 'why the last look found nothing',
  PRIMARY KEY (id),
  KEY deferred_poll_next (next_us)
) ENGINE = InnoDB;
