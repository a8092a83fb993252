-- Standing requests: what a named analyst wants asked again by itself whenever a partner tells of a newer release, or on the due days of the
-- leg's calendar. Instants are epoch microseconds (UTC).

CREATE TABLE subscription (
  id            BINARY(16)   NOT NULL,
  provider      VARCHAR(31)  NOT NULL,
  agreement_id  VARCHAR(64)  NOT NULL,
  leg           VARCHAR(64)  NOT NULL,
  query         TEXT         NOT NULL COMMENT 'SDMX REST path and parameters',
  person        VARCHAR(100) NOT NULL COMMENT 'staff user in whose name is asked',
  role          VARCHAR(32)  NOT NULL,
  on_release    BOOLEAN      NOT NULL,
  on_calendar   BOOLEAN      NOT NULL,
  until_day     DATE         NOT NULL COMMENT 'last day (UTC)',
  most          INT          NOT NULL COMMENT 'requests that it may make',
  used          INT          NOT NULL DEFAULT 0 COMMENT 'requests that it has made',
  made_us       BIGINT       NOT NULL,
  approved_by   VARCHAR(100) NULL,
  approved_us   BIGINT       NULL,
  ended_us      BIGINT       NULL,
  end_code      VARCHAR(32)  NULL,
  end_reason    TEXT         NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY subscription_ended (ended_us)
) ENGINE = InnoDB;

-- What made a subscription ask, once for each cause, with the one exchange under which it asks.
CREATE TABLE subscription_turn (
  subscription  BINARY(16)   NOT NULL,
  cause         VARCHAR(80)  NOT NULL COMMENT 'notice:ID of the notice, or day:DATE of the calendar',
  exchange      BINARY(16)   NOT NULL,
  state         VARCHAR(16)  NOT NULL,
  tries         INT          NOT NULL DEFAULT 0,
  next_us       BIGINT       NOT NULL,
  code          VARCHAR(64)  NULL COMMENT 'why there is no answer, from the catalogue of errors',
  sentence      TEXT         NULL,
  made_us       BIGINT       NOT NULL,
  done_us       BIGINT       NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (subscription, cause),
  KEY subscription_turn_next (state, next_us)
) ENGINE = InnoDB;
