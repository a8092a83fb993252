-- Addresses outside that are told of new public editions. Instants are epoch microseconds (UTC).

CREATE TABLE webhook (
  id            BINARY(16)    NOT NULL,
  url           VARCHAR(1000) NOT NULL,
  programme     VARCHAR(64)   NULL COMMENT 'of which it is told; null for all',
  made_by       VARCHAR(100)  NOT NULL,
  made_us       BIGINT        NOT NULL,
  ended_us      BIGINT        NULL,
  end_reason    TEXT          NULL,
  journal_index BIGINT        NOT NULL,
  PRIMARY KEY (id),
  KEY webhook_ended (ended_us)
) ENGINE = InnoDB;

-- One message to one address about one edition, from the moment that it is owed.
CREATE TABLE webhook_delivery (
  id            BINARY(16)   NOT NULL,
  webhook       BINARY(16)   NOT NULL,
  programme     VARCHAR(64)  NOT NULL,
  edition       INT          NOT NULL,
  state         VARCHAR(16)  NOT NULL COMMENT 'WAITING, DELIVERED or GIVEN_UP',
  tries         INT          NOT NULL DEFAULT 0,
  next_us       BIGINT       NOT NULL,
  problem       TEXT         NULL COMMENT 'why the last try failed',
  made_us       BIGINT       NOT NULL,
  done_us       BIGINT       NULL,
  PRIMARY KEY (id),
  UNIQUE KEY webhook_delivery_once (webhook, programme, edition),
  KEY webhook_delivery_next (state, next_us)
) ENGINE = InnoDB;
