-- Warnings that a certificate or a card ends: each given once, 60, 30 and 7 days ahead. Instants are epoch microseconds (UTC).
CREATE TABLE expiry_warning (
  subject   VARCHAR(64) NOT NULL COMMENT 'party and what ends: ITA/tls, PHL/card, ...',
  ends_us   BIGINT      NOT NULL,
  days      SMALLINT    NOT NULL COMMENT '60, 30 or 7',
  warned_us BIGINT      NOT NULL,
  PRIMARY KEY (subject, ends_us, days)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
