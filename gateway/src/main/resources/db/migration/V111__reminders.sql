-- Reminders that were given, each once. Instants are epoch microseconds (UTC).
CREATE TABLE reminder (
  kind          VARCHAR(32)  NOT NULL,
  subject       VARCHAR(200) NOT NULL COMMENT 'agreement, leg, party and day, or round and member',
  party         VARCHAR(31)  NOT NULL COMMENT 'of whom something is due',
  due           VARCHAR(40)  NOT NULL COMMENT 'day or moment',
  sentence      TEXT         NOT NULL,
  given_us      BIGINT       NOT NULL,
  over_us       BIGINT       NULL COMMENT 'when nothing was due any more',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (kind, subject),
  KEY reminder_over (over_us)
) ENGINE = InnoDB;
