-- Recurring collections of a regional process and their rounds. Instants are epoch microseconds (UTC); digests are raw SHA-256.
CREATE TABLE programme (
  id            VARCHAR(64)  NOT NULL,
  version       INT          NOT NULL,
  agreement_id  VARCHAR(64)  NOT NULL COMMENT 'the framework that it belongs to',
  document      MEDIUMBLOB   NOT NULL COMMENT 'canonical JSON',
  digest        BINARY(32)   NOT NULL,
  responsible   VARCHAR(64)  NOT NULL COMMENT 'the staff user in whose name rounds are opened by schedule',
  declared_us   BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (id, version)
) ENGINE = InnoDB;

CREATE TABLE collection_round (
  id            BINARY(16)   NOT NULL,
  programme     VARCHAR(64)  NOT NULL,
  version       INT          NOT NULL COMMENT 'of the programme',
  year          INT          NOT NULL COMMENT 'that the figures are wanted for',
  due_day       VARCHAR(10)  NULL COMMENT 'the day of the calendar that has opened it; null if a person has',
  opened_us     BIGINT       NOT NULL,
  opened_by     VARCHAR(64)  NOT NULL COMMENT 'staff user',
  deadline_us   BIGINT       NOT NULL,
  turn_until_us BIGINT       NOT NULL DEFAULT 0 COMMENT 'until when a process of the node works on it',
  closed_us     BIGINT       NULL,
  closed_by     VARCHAR(64)  NULL,
  journal_index BIGINT       NOT NULL COMMENT 'of the round-opened entry',
  PRIMARY KEY (id),
  UNIQUE KEY collection_round_due (programme, due_day),
  KEY collection_round_open (closed_us, deadline_us),
  CONSTRAINT collection_round_programme FOREIGN KEY (programme, version) REFERENCES programme (id, version)
) ENGINE = InnoDB;

-- One table wanted of one member in one round.
CREATE TABLE round_task (
  round     BINARY(16)   NOT NULL,
  party     VARCHAR(16)  NOT NULL,
  tbl       VARCHAR(64)  NOT NULL,
  exchange  BINARY(16)   NOT NULL COMMENT 'chosen when the round is opened; another one once a stand-in or a new try takes its place',
  state     VARCHAR(16)  NOT NULL,
  code      VARCHAR(64)  NULL COMMENT 'why there is no answer',
  sentence  TEXT         NULL,
  attempts  INT          NOT NULL DEFAULT 0,
  tried_us  BIGINT       NULL,
  done_us   BIGINT       NULL COMMENT 'when the answer was verified; of a stand-in, when that was',
  PRIMARY KEY (round, party, tbl),
  KEY round_task_exchange (exchange),
  CONSTRAINT round_task_round FOREIGN KEY (round) REFERENCES collection_round (id)
) ENGINE = InnoDB;
