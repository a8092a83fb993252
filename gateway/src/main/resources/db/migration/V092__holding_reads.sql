-- How often staff have looked at what partners sent: by day, answer and role, so that an audit can say by which roles received figures are used.
CREATE TABLE holding_read (
  day      INT         NOT NULL COMMENT 'days since 1970-01-01, UTC',
  exchange BINARY(16)  NOT NULL,
  role     VARCHAR(64) NOT NULL,
  times    BIGINT      NOT NULL,
  PRIMARY KEY (day, exchange, role),
  KEY holding_read_exchange (exchange)
) ENGINE = InnoDB;
